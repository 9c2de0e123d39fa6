"""The ledger refuses in the database what must not be: each wall is seen to fire."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from alliances.tenancy.access import portal_for
from alliances.tenancy.scope import alliance_scope, ministry_scope
from regions.agreements.services import open_year
from regions.models import Account, Entry, Posting
from regions.money.services import InsufficientBalance, KeyReused, account_of, commit, pay, post, reverse
from tests.support import build

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 22)


@pytest.fixture
def agreed():
    return build.agreement()


@pytest.fixture
def inside(agreed):
    with alliance_scope(agreed.alliance_id):
        yield agreed


def test_a_year_opens_with_its_share_and_its_administration(inside):
    # journey J01: 5 735 682 over five years is 1 147 136,40 exactly, administration 114 713,64
    assert build.balance(build.envelope(inside, 2021, "year"), "source") == Decimal("-1147136.40")
    assert build.balance(build.envelope(inside, 2021, "administration"), "appropriated") == Decimal("114713.64")
    assert build.balance(build.envelope(inside, 2021), "appropriated") == Decimal("1032422.76")


def test_opening_a_year_twice_changes_nothing(agreed):
    with ministry_scope():
        year = build.year_of(agreed, 2021)
        first, second = (open_year(actor=portal_for(agreed.alliance_id), year=year) for _ in range(2))
    assert first == second
    with alliance_scope(agreed.alliance_id):
        assert Posting.objects.filter(cause="appropriation", idempotency_key=f"agreement-year:{year.pk}").count() == 1


def test_commitment_and_payment_move_the_balances_and_the_project(inside):
    branch, project, actor = build.envelope(inside), build.project(inside), portal_for(inside.alliance_id)
    commit(actor=actor, envelope=branch, amount=Decimal("78000"), subject_id=project.pk, key="a", effective_on=DAY)
    pay(actor=actor, envelope=branch, amount=Decimal("31200"), subject_id=project.pk, key="b", effective_on=DAY)
    project.refresh_from_db()
    assert (project.committed, project.paid, project.engaged) == (Decimal("46800"), Decimal("31200"), Decimal("78000"))
    assert build.balance(branch, "appropriated") == Decimal("954422.76")
    assert build.balance(branch, "reserved") == 0


def test_overspending_is_refused_with_the_balance(inside):
    branch, project, actor = build.envelope(inside), build.project(inside), portal_for(inside.alliance_id)
    with pytest.raises(InsufficientBalance) as refused:
        commit(
            actor=actor, envelope=branch, amount=Decimal("1032462.76"), subject_id=project.pk, key="a", effective_on=DAY
        )
    assert refused.value.available == Decimal("1032422.76")
    assert refused.value.missing == Decimal("40.00")
    assert not Posting.objects.filter(idempotency_key="a").exists()


def test_the_same_key_is_the_same_posting_or_is_refused(inside):
    branch, project, actor = build.envelope(inside), build.project(inside), portal_for(inside.alliance_id)
    act = {"actor": actor, "envelope": branch, "subject_id": project.pk, "key": "a", "effective_on": DAY}
    first, again = (commit(amount=Decimal("100"), **act) for _ in range(2))
    assert first.pk == again.pk
    assert build.balance(branch, "committed") == 100
    with pytest.raises(KeyReused):
        commit(amount=Decimal("200"), **act)


def raw(actor, branch, key, *amounts):
    states = ("appropriated", "reserved", "committed")
    lines = [(account_of(branch, state), Decimal(amount)) for state, amount in zip(states, amounts, strict=False)]
    return post(actor=actor, alliance_id=branch.alliance_id, cause="commitment", key=key, effective_on=DAY, lines=lines)


@pytest.mark.parametrize("amounts", [("-10",), ("-10", "9.99"), ("-10", "10", "1")])
def test_what_does_not_balance_is_refused(inside, amounts):
    with pytest.raises(IntegrityError, match="does not balance"):
        raw(portal_for(inside.alliance_id), build.envelope(inside), "x", *amounts)


def test_the_writer_cannot_forge_a_balance(inside):
    branch = build.envelope(inside)
    account = Account.objects.create(
        alliance_id=inside.alliance_id, envelope=branch, state="interest", balance=Decimal("9")
    )
    account.refresh_from_db()
    assert account.balance == 0
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(balance=5)


def from_a_source(inside, state, cause, key="k", amount="5"):
    root = build.envelope(inside, 2021, "projects")
    lines = [(account_of(root, state), -Decimal(amount)), (account_of(root, "appropriated"), Decimal(amount))]
    return post(
        actor=portal_for(inside.alliance_id),
        alliance_id=inside.alliance_id,
        cause=cause,
        key=key,
        effective_on=DAY,
        lines=lines,
    )


@pytest.mark.parametrize(
    ("state", "cause"),
    [
        ("source", "appropriation"),
        ("interest", "interest"),
        ("recovery", "recovery"),
        ("opening", "carry_forward"),
        ("opening", "split"),
    ],
)
def test_an_alliance_draws_on_no_source_of_money(inside, state, cause):
    before = build.balance(build.envelope(inside), "appropriated")
    for amount in ("5", "-5"):
        with pytest.raises(DatabaseError, match="ministry alone"), transaction.atomic():
            from_a_source(inside, state, cause, amount=amount)
    assert build.balance(build.envelope(inside), "appropriated") == before


def test_an_alliance_cannot_take_back_its_appropriation(inside):
    given = Posting.objects.filter(cause="appropriation").first()
    with pytest.raises(DatabaseError, match="ministry alone"), transaction.atomic():
        reverse(
            actor=portal_for(inside.alliance_id),
            posting=given,
            key="back",
            effective_on=DAY,
            cause="reversal",
            reason="x",
        )


def test_an_alliance_opens_no_envelope(inside):
    """A year opened by hand would pass for one that the ministry has given: its money would never come."""
    branch = build.envelope(inside)
    branch.pk, branch.fiscal_year = None, 2022
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        branch.save(force_insert=True)


@pytest.mark.parametrize("model", [Posting, Entry])
def test_nothing_is_changed_or_deleted(inside, model):
    rows = model.objects.all()
    for act in (lambda: rows._raw_delete(rows.db), lambda: rows.update(alliance_id=1)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act()
