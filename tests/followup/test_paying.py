"""Instalments: planned, asked, approved by another, paid, sent back by the bank; to the cent. Journeys J14 and J16."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alliances.audit.models import AuditEvent
from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import alliance_scope, upkeep_scope
from alliances.workflow.engine import MoveRefused
from projects.dossier import services as dossier
from projects.followup import services as followup
from projects.followup.chores import fall_due
from projects.followup.models import Instalment
from projects.followup.proposal import proposal
from projects.followup.reading import in_state, judged, totals_by_state
from regions.money.models import Posting
from regions.money.services import KeyReused
from tests.awards.rooms import Team, asked, awarded, paid, started, to_pay
from tests.support import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return build.agreement()


@pytest.fixture
def team(agreed):
    return Team()


@pytest.fixture
def inside(agreed, team):
    with alliance_scope(agreed.alliance_id, team.manager.person_id):
        yield agreed


def verbs(prefix: str) -> list[str]:
    events = AuditEvent.objects.filter(verb__startswith=prefix).order_by("id")
    return list(events.values_list("verb", flat=True))


def causes(project) -> list[tuple[str, Decimal]]:
    """Each posting of a project with the sum of its positive entries on committed, paid or available."""
    found = []
    for posting in Posting.objects.filter(subject_id=project.pk).order_by("id"):
        final = [entry.amount for entry in posting.entries.all() if entry.amount > 0]
        found.append((posting.cause, max(final)))
    return found


def test_the_proposal_is_40_40_20_to_the_cent(inside, team):
    project = awarded(inside, team, amount="78000")
    rows, free = proposal(project)
    assert free == Decimal("78000")
    assert [row["amount"] for row in rows] == [Decimal("31200"), Decimal("31200"), Decimal("15600")]
    odd = awarded(inside, team, amount="0.01", number="APS-04-2021-0002")
    assert [row["amount"] for row in proposal(odd)[0]] == [Decimal("0.01")]


def test_instalments_never_exceed_what_is_committed(inside, team):
    project = awarded(inside, team)
    with pytest.raises(ValidationError, match="Retirez-en 0,01"):
        followup.plan(
            actor=team.officer,
            project=project,
            rows=[(date(2021, 9, 1), Decimal("40000")), (date(2022, 1, 31), Decimal("38000.01"))],
        )
    assert not Instalment.objects.exists()
    followup.plan(actor=team.officer, project=project, rows=[(date(2021, 9, 1), Decimal("78000"))])
    followup.plan(actor=team.officer, project=project, rows=[(date(2021, 9, 1), Decimal("31200"))])
    assert list(Instalment.objects.values_list("amount", flat=True)) == [Decimal("31200.00")]


def test_a_new_plan_keeps_what_is_asked_or_paid(inside, team):
    project, (first, second, _) = started(inside, team, "31200", "31200", "15600")
    paid(team, first)
    followup.request(actor=team.finance, instalment=second)
    with pytest.raises(ValidationError):
        followup.plan(actor=team.officer, project=project, rows=[(date(2022, 6, 1), Decimal("15600.01"))])
    followup.plan(actor=team.officer, project=project, rows=[(date(2022, 6, 1), Decimal("15000"))])
    rows = Instalment.objects.order_by("rank").values_list("rank", "state", "amount")
    assert list(rows) == [
        (1, "paid", Decimal("31200.00")),
        (2, "requested", Decimal("31200.00")),
        (3, "planned", Decimal("15000.00")),
    ]


def test_the_first_instalment_is_paid_by_three_people(inside, team):
    """J14: 78 000,00 in three; the first goes from planned to paid on 30 August."""
    project, (first, *_) = started(inside, team, "31200", "31200", "15600")
    followup.request(actor=team.finance, instalment=first)
    both = build.actor(team.people["finance"], "finance", "manager")
    with pytest.raises(MoveRefused) as refused:
        followup.approve(actor=both, instalment=first)
    assert refused.value.verdict.code == "E55"
    followup.approve(actor=team.manager, instalment=first)
    assert causes(project) == [("commitment", Decimal("78000"))]
    followup.pay(actor=team.finance, instalment=first, paid_on=date(2021, 8, 30), reference="DD-20210830-01", tries=0)
    project.refresh_from_db()
    assert (project.committed, project.paid) == (Decimal("46800"), Decimal("31200"))
    assert causes(project) == [("commitment", Decimal("78000")), ("payment", Decimal("31200"))]
    assert verbs("payment.") == [
        "payment.planned",
        "payment.due",
        "payment.requested",
        "payment.approved",
        "payment.paid",
    ]
    due = AuditEvent.objects.get(verb="payment.due")
    assert (due.person_id, due.actor_name) == (None, "Le portail")


def test_what_is_paid_is_paid_once(inside, team):
    project, (first, *_) = started(inside, team, "31200")
    paid(team, first)
    with pytest.raises(MoveRefused) as refused:
        followup.pay(actor=team.finance, instalment=first, paid_on=date(2021, 9, 15), reference="x", tries=0)
    assert refused.value.verdict.code == "E69"
    project.refresh_from_db()
    assert project.paid == Decimal("31200")


def test_the_bank_sends_the_money_back(inside, team):
    """J16: 30 000,00 paid on 14 March, returned on the 17th, paid again on the 29th; net 60 000,00."""
    project, (first, second) = started(inside, team, "30000", "30000", amount="60000")
    paid(team, first, on=date(2021, 9, 15))
    paid(team, second, on=date(2022, 3, 14))
    back = followup.record_return(
        actor=team.finance, instalment=second, returned_on=date(2022, 3, 17), reason="compte fermé"
    )
    assert back.state == "returned"
    project.refresh_from_db()
    assert (project.engaged, project.paid) == (Decimal("60000"), Decimal("30000"))
    reversal = Posting.objects.get(cause="return")
    assert reversal.reverses.idempotency_key == f"instalment:{second.pk}:pay:1"
    followup.reopen(actor=team.finance, instalment=second)
    ready = to_pay(team, second)
    with pytest.raises(KeyReused):
        followup.pay(actor=team.finance, instalment=ready, paid_on=date(2022, 3, 29), reference="x", tries=0)
    followup.pay(actor=team.finance, instalment=ready, paid_on=date(2022, 3, 29), reference="DD-2", tries=1)
    project.refresh_from_db()
    assert (project.engaged, project.paid, project.committed) == (Decimal("60000"), Decimal("60000"), 0)
    assert causes(project) == [
        ("commitment", Decimal("60000")),
        ("payment", Decimal("30000")),
        ("payment", Decimal("30000")),
        ("return", Decimal("30000")),
        ("payment", Decimal("30000")),
    ]


def test_a_suspended_project_is_not_paid(inside, team):
    project, (first,) = started(inside, team, "31200")
    ready = to_pay(team, first)
    dossier.suspend(actor=team.officer, project=project, reason="Enquête")
    with pytest.raises(MoveRefused) as refused:
        followup.pay(actor=team.finance, instalment=ready, paid_on=date(2021, 9, 15), reference="x", tries=0)
    assert refused.value.verdict.code == "E57"
    dossier.resume(actor=team.officer, project=project)
    followup.pay(actor=team.finance, instalment=ready, paid_on=date(2021, 9, 15), reference="x", tries=0)


def test_a_refused_request_may_be_made_again_by_the_other(inside, team):
    _, (first,) = started(inside, team, "31200")
    followup.request(actor=team.finance, instalment=first)
    back = followup.refuse(actor=team.manager, instalment=first, reason="Pièce manquante")
    assert (back.state, back.reason, back.requested_by_id) == ("due", "Pièce manquante", None)
    followup.request(actor=team.officer, instalment=first)
    assert followup.approve(actor=team.manager, instalment=first).state == "approved"


@pytest.mark.parametrize("day", [date(2021, 6, 21), date(2999, 1, 1)])
def test_a_payment_is_dated_between_the_award_and_today(inside, team, day):
    project, (first,) = started(inside, team, "31200")
    ready = to_pay(team, first)
    with pytest.raises(ValidationError) as refused:
        followup.pay(actor=team.finance, instalment=ready, paid_on=day, reference="x", tries=0)
    assert "paid_on" in refused.value.message_dict
    ready.refresh_from_db()
    assert ready.state == "approved"


def test_unblocking_takes_another_person(inside, team):
    _, (first,) = started(inside, team, "31200")
    both = build.actor(team.people["manager"], "manager", "officer")
    followup.block(actor=both, instalment=first, reason="Rapport d’étape attendu")
    with pytest.raises(MoveRefused):
        followup.unblock(actor=both, instalment=first, reason="Reçu")
    assert followup.unblock(actor=team.other, instalment=first, reason="Reçu").state == "due"


def test_the_database_holds_four_eyes_too(inside, team):
    _, (first,) = started(inside, team, "31200")
    followup.request(actor=team.finance, instalment=first)
    with pytest.raises(IntegrityError, match="instalment_four_eyes"), transaction.atomic():
        Instalment.objects.filter(pk=first.pk).update(
            state="approved", approved_by_id=team.finance.person_id, approved_at=timezone.now()
        )


def test_the_clock_makes_due_what_has_come(agreed, team):
    today = timezone.localdate()
    with alliance_scope(agreed.alliance_id):
        project, _ = started(agreed, team)
        rows = [(today - timedelta(days=1), Decimal(1)), (today, Decimal(2)), (today + timedelta(days=1), Decimal(3))]
        planned = followup.plan(actor=team.officer, project=project, rows=rows)
        mine = Instalment.objects.all()
        # judged at the time of reading: nobody waits for the clock
        assert [judged(row, today).state for row in mine.order_by("rank")] == ["due", "due", "planned"]
        assert in_state(mine, "due", today).count() == 2
        assert totals_by_state(agreed.alliance_id, today) == {"due": (2, Decimal(3)), "planned": (1, Decimal(3))}
    assert fall_due() == 2
    assert fall_due() == 0
    with alliance_scope(agreed.alliance_id):
        assert list(Instalment.objects.order_by("rank").values_list("state", flat=True)) == ["due", "due", "planned"]
        early = followup.declare_due(actor=team.officer, instalment=planned[2])
        assert early.state == "due"


def test_cancelling_a_project_gives_back_what_is_not_paid(inside, team):
    project, (first, *_) = started(inside, team, "31200", "31200", "15600")
    paid(team, first)
    free = build.balance(build.envelope(inside), "appropriated")
    dossier.cancel(actor=team.manager, project=project, reason="Abandon")
    project.refresh_from_db()
    assert (project.state, project.cancelled_on) == ("cancelled", timezone.localdate())
    assert (project.committed, project.paid) == (0, Decimal("31200"))
    assert build.balance(build.envelope(inside), "appropriated") == free + Decimal("46800")
    assert list(Instalment.objects.order_by("rank").values_list("state", flat=True)) == [
        "paid",
        "cancelled",
        "cancelled",
    ]
    assert verbs("payment.cancelled") == ["payment.cancelled"] * 2


def test_a_file_closes_when_nothing_is_left(inside, team):
    """J18: 76 850,35 accepted; the last instalment is 14 450,35 and 1 149,65 goes back."""
    project, rows = started(inside, team, "31200", "31200", "14450.35")
    for row in rows:
        paid(team, row)
    dossier.complete(actor=team.officer, project=project)
    with pytest.raises(MoveRefused, match=r"1\s149,65"):
        dossier.close(actor=team.manager, project=project)
    with pytest.raises(MoveRefused):
        dossier.release(actor=team.officer, project=project, reason="Solde")
    assert dossier.release(actor=team.manager, project=project, reason="Solde") == Decimal("1149.65")
    with pytest.raises(MoveRefused):
        dossier.release(actor=team.manager, project=project, reason="Encore")
    closed = dossier.close(actor=team.manager, project=project)
    closed.refresh_from_db()
    assert (closed.state, closed.committed, closed.paid) == ("closed", 0, Decimal("76850.35"))


def test_what_an_instalment_promises_is_not_given_back(inside, team):
    project, _ = started(inside, team, "31200", "31200", "15600")
    with pytest.raises(MoveRefused, match="rien à désengager"):
        dossier.release(actor=team.manager, project=project, reason="x")


def test_cancelling_a_draft_declines_what_was_asked(inside, team):
    project, award = asked(inside, team)
    dossier.cancel(actor=team.manager, project=project, reason="Abandon")
    award.refresh_from_db()
    assert award.state == "declined"
    assert not Posting.objects.filter(subject_id=project.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_sums_kept_of_instalments_are_those_of_the_rows(agreed, team):
    """Planned, declared due, blocked, paid, returned, cancelled, replaced: each state’s number and amount follow."""
    today = timezone.localdate()
    with alliance_scope(agreed.alliance_id, team.manager.person_id):
        project, _ = started(agreed, team)
        days = [today + timedelta(days=away) for away in (-2, 0, 1, 40)]
        planned = followup.plan(actor=team.officer, project=project, rows=[(day, Decimal(2)) for day in days])
        followup.block(actor=team.officer, instalment=planned[2], reason="Pièce manquante")
        followup.cancel(actor=team.manager, instalment=planned[0], reason="Inutile")
        followup.declare_due(actor=team.officer, instalment=planned[3])
        live: dict = {}
        for row in Instalment.objects.all():
            n, total = live.get(judged(row, today).state, (0, Decimal(0)))
            live[judged(row, today).state] = (n + 1, total + row.amount)
        assert totals_by_state(agreed.alliance_id, today) == live == {
            "due": (2, Decimal(4)), "blocked": (1, Decimal(2)), "cancelled": (1, Decimal(2))
        }  # fmt: skip
        Instalment.objects.filter(pk=planned[1].pk).delete()
        assert totals_by_state(agreed.alliance_id, today)["due"] == (1, Decimal(2))
    with as_owner(), upkeep_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT fold_instalment_tally(%s)", [agreed.alliance_id])
    with alliance_scope(agreed.alliance_id):
        assert totals_by_state(agreed.alliance_id, today)["blocked"] == (1, Decimal(2))
