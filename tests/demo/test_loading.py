"""How the data set is loaded: twice the same, once only, never in production."""

import hashlib
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import upkeep_scope
from projects.demo.figures import TARGETS, YEARS, plan, totals
from tests.conftest import empty
from tests.demo.conftest import fresh

KEY_TABLES = {
    "project": "number, title, summary, fund_amount, state, state_since, awarded_on, committed, paid, partners_secured",
    "contribution": "partner, kind, state, amount, effective_on, counts_from",
    "instalment": "rank, amount, due_on, state, paid_on",
    "posting": "cause, effective_on, idempotency_key, label",
    "entry": "amount",
    "budget_line": "amount",
    "organisation": "name, neq, city",
    "person": "first_name, last_name",
}


def digest() -> str:
    """Of the rows of the key tables, in their order."""
    found = hashlib.sha256()
    with as_owner(), upkeep_scope(), connection.cursor() as cursor:
        for table, columns in KEY_TABLES.items():
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY id")
            found.update(repr(cursor.fetchall()).encode())
    return found.hexdigest()


def waiting() -> set[str]:
    """States of the notices that have not left; that there are some is checked too."""
    with as_owner(), upkeep_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT state FROM notice")
        states = {state for (state,) in cursor.fetchall()}
    assert states
    return states - {"sent"}


def test_two_loads_give_the_same_rows_and_a_third_is_not_made(django_db_setup, django_db_blocker, settings):
    settings.DEMO, seen, said = True, set(), StringIO()
    try:
        for _ in range(2):
            fresh(django_db_blocker, only=["10-KA", "PN"])
            with django_db_blocker.unblock():
                seen.add(digest())
                assert waiting() == set(), "the worker would send a notice again"
        with django_db_blocker.unblock():
            call_command("load_demo", stdout=said)
            seen.add(digest())
            with pytest.raises(CommandError, match="already"):
                call_command("load_demo", scale=2)
    finally:
        with django_db_blocker.unblock():
            empty()
    assert len(seen) == 1
    assert "are there" in said.getvalue()


def test_production_has_no_demonstration(settings):
    settings.DEMO = False
    for command in ("load_demo", "accounts"):
        with pytest.raises(CommandError, match="production|demo only"):
            call_command(command)


def test_a_scale_is_a_whole_number_of_times(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="1 or more"):
        call_command("load_demo", scale=0)


def test_the_accounts_are_printed_with_their_password(settings):
    settings.DEMO, said = True, StringIO()
    call_command("accounts", stdout=said)
    for words in ("Solidarite-2023", "gestion@mauricie.demo.test", "promoteur@entraide.demo.test", "comite5"):
        assert words in said.getvalue()


@pytest.mark.parametrize("scale", [1, 3])
def test_sums_do_not_move_with_the_scale(scale):
    amounts = {"04": Decimal("5735682")}
    holds = {year: Decimal("1032422.76") for year in YEARS}
    agreements = {code: amounts.get(code, Decimal("6610405")) for code in TARGETS}
    years = plan("04", totals(agreements)["04"], holds, scale)
    assert sum(len(year.amounts) for year in years) == 108 * scale
    assert sum(sum(year.amounts) for year in years) == Decimal("4932700.00")
    assert all(sum(year.amounts) <= holds[year.year] for year in years)
    assert sum(sum(year.partners) for year in years) == Decimal("6849886.00")
    assert all(amount > 0 for year in years for amount in year.amounts)


def test_a_branch_that_is_too_small_is_refused():
    holds = {year: Decimal("900000.00") for year in YEARS}
    with pytest.raises(ValueError, match="more than the branch holds"):
        plan("04", (Decimal("4932700"), Decimal("6849886")), holds, 1)
