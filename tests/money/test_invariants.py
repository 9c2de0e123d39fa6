"""verify_invariants speaks: data are corrupted as the owner, behind every wall, and each fault is named."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alliances.tenancy.access import portal_for
from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import alliance_scope
from projects.models import Contribution, ProjectPriority, ProjectTerritory
from regions.models import Priority, Territory
from regions.money.services import commit, pay
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def books():
    """A small honest set of books: a commitment, a payment, a partner, a territory."""
    agreed = build.agreement()
    with alliance_scope(agreed.alliance_id):
        project = build.project(agreed, state="approved")
        act = {"actor": portal_for(agreed.alliance_id), "envelope": build.envelope(agreed), "subject_id": project.pk}
        commit(amount=Decimal(500), key="c", effective_on=date(2021, 6, 22), **act)
        pay(amount=Decimal(200), key="p", effective_on=date(2021, 9, 1), **act)
        here = {"alliance_id": agreed.alliance_id, "project": project}
        ProjectTerritory.objects.create(territory=Territory.objects.get(code="371"), share=100, **here)
        ProjectPriority.objects.create(priority=Priority.objects.first(), **here)
        Contribution.objects.create(
            partner="Ville",
            kind="municipal",
            form="cash",
            state="confirmed",
            amount=300,
            effective_on=date(2021, 7, 1),
            **here,
        )
    return agreed


def verify() -> str:
    out = StringIO()
    try:
        call_command("verify_invariants", stdout=out)
    except CommandError as error:
        out.write(f"ERROR {error}")
    return out.getvalue()


def corrupt(table: str, statement: str) -> None:
    """As somebody with the owner's password and bad intentions: walls lowered, triggers off, then put back."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER; ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def test_honest_books_hold(books):
    assert verify().endswith("Everything holds.\n")


@pytest.mark.parametrize(
    ("table", "statement", "says"),
    [
        (
            "account",
            "UPDATE account SET balance = balance + 1 WHERE state = 'committed'",
            "says 301.00, its entries 300.00",
        ),
        ("entry", "UPDATE entry SET amount = amount + 5 WHERE amount = 200", "sums to 5.00"),
        (
            "entry",
            "DELETE FROM entry WHERE posting_id = (SELECT max(posting_id) FROM entry)",
            "has no entry",
        ),
        ("money_day", "UPDATE money_day SET amount = amount + 1 WHERE state = 'paid'", "tally 201.00, entries 200.00"),
        ("project", "UPDATE project SET paid = 201", "the ledger 0.00/300.00/200.00"),
        ("project", "UPDATE project SET partners_secured = 0", "contributions 0/300.00"),
        ("project", "UPDATE project SET territory_ids = '{}'", "territories {}"),
        ("project_territory", "UPDATE project_territory SET share = 90", "shares total 90.00"),
        ("project_tally", "DELETE FROM project_tally", "tally 0 projects"),
        ("project_day", "UPDATE project_day SET partners = 1 WHERE kind <> ''", "live 0, 300.00"),
        ("money_month", "UPDATE money_month SET amount = amount + 1 WHERE state = 'paid'", "month 201.00, days 200.00"),
        ("project_month", "UPDATE project_month SET n = 5 WHERE kind = ''", "month 5, 0.00; days 1, 0.00"),
        (
            "instalment_tally",
            "INSERT INTO instalment_tally (alliance_id, state, n, amount) SELECT id, 'paid', 1, 5 FROM alliance LIMIT 1"
            "; SET CONSTRAINTS ALL IMMEDIATE",
            "tally 1, 5.00; live 0, 0",
        ),
        (
            "posting",
            "UPDATE posting SET effective_on = '2019-04-01' WHERE cause = 'commitment'",
            "of 2019-04-01, awarded",
        ),
        ("posting", "UPDATE posting SET subject_id = NULL WHERE cause = 'payment'", "for no project"),
        ("agreement_year", "UPDATE agreement_year SET amount = amount - 1", "its years 5735677.00"),
        ("agreement", "UPDATE agreement SET administration_rate = 9", "limit 103242.28"),
    ],
)
def test_each_corruption_is_named(books, table, statement, says):
    corrupt(table, statement)
    told = verify()
    assert "FAULT" in told
    assert says in told, told
    assert told.rpartition("ERROR ")[2].endswith("rows are at fault.")
