"""What two people do at the same instant. Each guard is also taken off, to see that it is the one that protects."""

import itertools
import threading
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from alliances.audit.models import AuditEvent
from alliances.tenancy.scope import alliance_scope
from alliances.workflow.engine import MoveRefused
from projects.awards import services as awards
from projects.awards.workflow import AWARD
from projects.dossier import services as dossier
from projects.followup import services as followup
from projects.followup.models import Instalment
from projects.followup.workflow import INSTALMENT
from projects.register.models import Project
from projects.register.workflow import PROJECT
from regions.money import services as ledger
from regions.money.models import Posting
from regions.money.services import InsufficientBalance
from tests.awards.rooms import DECIDED, Team, asked, awarded, started, to_pay
from tests.races.together import at_once, in_scope, take_locks_off, without
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small():
    """An alliance whose branch holds exactly 100,00."""
    return build.agreement(amount="111.11", years=(2021,))


@pytest.fixture
def agreed():
    return build.agreement(years=(2021,))


@pytest.fixture
def team():
    return Team()


def approvals(agreed, team, amounts) -> list:
    with alliance_scope(agreed.alliance_id):
        waiting = [
            asked(agreed, team, amount=amount, number=f"APS-04-2021-{place:04}")[1]
            for place, amount in enumerate(amounts)
        ]
    act = partial(awards.approve, actor=team.manager, decided_on=DECIDED)
    return [in_scope(agreed.alliance_id, act, award=award) for award in waiting]


def held(agreed, state: str) -> Decimal:
    with alliance_scope(agreed.alliance_id):
        return build.balance(build.envelope(agreed), state)


def refusals(results) -> list:
    return [result for result in results if isinstance(result, Exception)]


# --- the last dollars --------------------------------------------------------------------------------------------


def test_two_awards_on_the_last_dollars(small, team):
    results = at_once(approvals(small, team, ["60", "60"]))
    (refused,) = refusals(results)
    assert isinstance(refused, InsufficientBalance)
    assert (refused.available, refused.missing) == (Decimal("40.00"), Decimal("20.00"))
    assert (held(small, "appropriated"), held(small, "committed")) == (Decimal("40.00"), Decimal("60.00"))
    with alliance_scope(small.alliance_id):
        assert sorted(Project.objects.values_list("state", flat=True)) == ["approved", "draft"]


def test_fifty_awards_of_three_on_a_hundred(small, team):
    results = at_once(approvals(small, team, ["3"] * 50))
    refused = refusals(results)
    assert {type(error) for error in refused} == {InsufficientBalance}
    assert len(refused) == 17
    assert (held(small, "appropriated"), held(small, "committed")) == (Decimal("1.00"), Decimal("99.00"))
    assert held(small, "reserved") == 0


def test_control_without_the_check_the_branch_is_overdrawn(small, team):
    tasks = approvals(small, team, ["60", "60"])
    with without(("account", "account_not_overdrawn")):
        assert refusals(at_once(tasks)) == []
        assert held(small, "appropriated") == Decimal("-20.00")


# --- the double click --------------------------------------------------------------------------------------------


def test_twenty_identical_approvals_make_one_posting(agreed, team):
    (task,) = approvals(agreed, team, ["78000"])
    results = at_once([task] * 20)
    refused = refusals(results)
    assert len(refused) == 19
    assert {error.verdict.code for error in refused} == {"E69"}
    with alliance_scope(agreed.alliance_id):
        assert Posting.objects.filter(cause="commitment").count() == 1
        assert AuditEvent.objects.filter(verb="award.approved").count() == 1
    assert held(agreed, "committed") == Decimal("78000")


def payment(agreed, team, *, amount="31200") -> tuple[Project, Instalment]:
    with alliance_scope(agreed.alliance_id):
        project, (first, *_) = started(agreed, team, amount, "100")
        to_pay(team, first)
    return project, first


def pay(agreed, team, instalment):
    given = {"paid_on": date(2021, 9, 15), "reference": "DD-1", "tries": 0}
    return in_scope(agreed.alliance_id, followup.pay, actor=team.finance, instalment=instalment, **given)


def test_twenty_identical_payments_make_one_posting(agreed, team):
    project, first = payment(agreed, team)
    refused = refusals(at_once([pay(agreed, team, first)] * 20))
    assert len(refused) == 19
    assert {error.verdict.code for error in refused} == {"E69"}
    with alliance_scope(agreed.alliance_id):
        assert Posting.objects.filter(cause="payment").count() == 1
        assert Project.objects.get(pk=project.pk).paid == Decimal("31200")


def test_without_locks_the_key_of_the_ledger_still_makes_one_posting(agreed, team, monkeypatch):
    project, first = payment(agreed, team)
    take_locks_off(monkeypatch, (INSTALMENT, "paid"))
    at_once([pay(agreed, team, first)] * 2)
    with alliance_scope(agreed.alliance_id):
        assert Posting.objects.filter(cause="payment").count() == 1
        assert Project.objects.get(pk=project.pk).paid == Decimal("31200")


def test_control_without_locks_and_without_a_key_it_is_paid_twice(agreed, team, monkeypatch):
    project, first = payment(agreed, team)
    take_locks_off(monkeypatch, (INSTALMENT, "paid"))
    real, n = ledger.pay, itertools.count()
    monkeypatch.setattr(ledger, "pay", lambda key, **kwargs: real(key=f"{key}:{next(n)}", **kwargs))
    assert refusals(at_once([pay(agreed, team, first)] * 2)) == []
    with alliance_scope(agreed.alliance_id):
        assert Posting.objects.filter(cause="payment").count() == 2
        assert Project.objects.get(pk=project.pk).paid == Decimal("62400")


# --- payment against cancellation --------------------------------------------------------------------------------


def cancellation(agreed, team, project):
    return in_scope(agreed.alliance_id, dossier.cancel, actor=team.manager, project=project, reason="Abandon")


@pytest.mark.parametrize("order", [1, -1])
def test_a_payment_and_a_cancellation_come_one_after_the_other(agreed, team, order):
    project, first = payment(agreed, team)
    tasks = [pay(agreed, team, first), cancellation(agreed, team, project)]
    results = at_once(tasks[::order])[::order]
    with alliance_scope(agreed.alliance_id):
        now, row = Project.objects.get(pk=project.pk), Instalment.objects.get(pk=first.pk)
        back = Posting.objects.get(cause="deobligation").entries.aggregate(most=Sum("amount"))["most"]
    assert (now.state, now.committed, back) == ("cancelled", 0, 0)
    if isinstance(results[0], Exception):  # the cancellation came first
        assert isinstance(results[0], MoveRefused)
        assert (row.state, now.paid) == ("cancelled", 0)
    else:
        assert (row.state, now.paid) == ("paid", Decimal("31200"))
    assert held(agreed, "committed") == 0
    assert held(agreed, "paid") == now.paid


def test_control_without_locks_and_check_money_leaves_a_cancelled_project(agreed, team, monkeypatch):
    project, first = payment(agreed, team)
    with alliance_scope(agreed.alliance_id):
        awarded(agreed, team, number="APS-04-2021-0002")  # the branch holds committed money of another
    tasks = [pay(agreed, team, first), cancellation(agreed, team, project)]
    with without(("project", "project_money")):
        take_locks_off(monkeypatch, (INSTALMENT, "paid"), (PROJECT, "cancelled"))
        assert refusals(at_once(tasks)) == []
        with alliance_scope(agreed.alliance_id):
            now, row = Project.objects.get(pk=project.pk), Instalment.objects.get(pk=first.pk)
        assert (now.state, now.paid) == ("cancelled", Decimal("31200"))
        # either an instalment that is cancelled and paid, or more paid than was committed
        assert row.state == "cancelled" or now.committed < 0


# --- two approvers -----------------------------------------------------------------------------------------------


def requested(agreed, team) -> Instalment:
    with alliance_scope(agreed.alliance_id):
        _, (first,) = started(agreed, team, "31200")
        return followup.request(actor=team.finance, instalment=first)


def test_two_approvers_at_once_and_one_reads_that_it_is_done(agreed, team):
    first = requested(agreed, team)
    address = reverse("alliance:instalment_move", args=["mauricie", first.pk, "approuver"])
    clients = [Client(), Client()]
    for client, who in zip(clients, ("manager", "other"), strict=True):
        client.force_login(team.people[who])
    pages = at_once([partial(client.post, address, follow=True) for client in clients])
    told = [page.content.decode() for page in pages]
    assert sum("a déjà approuvé ce versement le" in page for page in told) == 1
    assert sum("Versement de 31\u00a0200,00\u00a0$ approuvé." in page for page in told) == 1
    with alliance_scope(agreed.alliance_id):
        assert AuditEvent.objects.filter(verb="payment.approved").count() == 1


def test_control_without_locks_both_approve(agreed, team, monkeypatch):
    first = requested(agreed, team)
    take_locks_off(monkeypatch, (INSTALMENT, "approved"))
    tasks = [
        in_scope(agreed.alliance_id, followup.approve, actor=who, instalment=first)
        for who in (team.manager, team.other)
    ]
    assert refusals(at_once(tasks)) == []
    with alliance_scope(agreed.alliance_id):
        assert AuditEvent.objects.filter(verb="payment.approved").count() == 2


def test_control_without_locks_two_managers_both_approve_an_award(agreed, team, monkeypatch):
    with alliance_scope(agreed.alliance_id):
        _, award = asked(agreed, team)
    take_locks_off(monkeypatch, (AWARD, "approved"))
    act = partial(awards.approve, award=award, decided_on=DECIDED)
    tasks = [in_scope(agreed.alliance_id, act, actor=who) for who in (team.manager, team.other)]
    at_once(tasks)
    with alliance_scope(agreed.alliance_id):
        # the ledger’s key still holds: one posting
        assert Posting.objects.filter(cause="commitment").count() == 1


# --- two plans ---------------------------------------------------------------------------------------------------


def plans(agreed, team, project) -> list:
    act = partial(followup.plan, actor=team.officer, project=project)
    return [in_scope(agreed.alliance_id, act, rows=[(date(2021, 9, day), Decimal("50000"))]) for day in (1, 2)]


def planned(agreed) -> Decimal:
    with alliance_scope(agreed.alliance_id):
        return Instalment.objects.aggregate(total=Sum("amount"))["total"]


def test_two_plans_at_once_never_exceed_the_award(agreed, team):
    with alliance_scope(agreed.alliance_id):
        project = awarded(agreed, team)
    assert refusals(at_once(plans(agreed, team, project))) == []
    assert planned(agreed) == Decimal("50000")


def test_control_without_locks_two_plans_exceed_the_award(agreed, team, monkeypatch):
    with alliance_scope(agreed.alliance_id):
        project = awarded(agreed, team)
    tasks = plans(agreed, team, project)
    with without(("instalment", "instalment_rank")):
        take_locks_off(monkeypatch)
        _meet_before_writing(monkeypatch)
        assert refusals(at_once(tasks)) == []
        assert planned(agreed) == Decimal("100000")


def _meet_before_writing(monkeypatch) -> None:
    met, real = threading.Barrier(2), followup._branch_of

    def branch_of(project):
        met.wait(timeout=20)
        return real(project)

    monkeypatch.setattr(followup, "_branch_of", branch_of)


def test_no_guard_is_left_off():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE conname IN "
            "('account_not_overdrawn', 'project_money', 'instalment_rank')"
        )
        assert cursor.fetchone()[0] == 3
