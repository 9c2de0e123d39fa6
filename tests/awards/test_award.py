"""Awards: who may, with what money, on which day; and what is posted, to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from alliances.audit.models import AuditEvent
from alliances.tenancy.scope import alliance_scope
from alliances.workflow.engine import MoveRefused
from projects.awards import services as awards
from projects.awards.models import Award
from projects.awards.policies import branches_for, who_may_approve
from regions.money.models import Posting
from regions.money.services import InsufficientBalance
from tests.awards.rooms import DECIDED, Team, asked, awarded
from tests.support import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return build.agreement()


@pytest.fixture
def team(agreed):
    return Team()


@pytest.fixture(autouse=True)
def inside(agreed, team):
    with alliance_scope(agreed.alliance_id, team.manager.person_id):
        yield


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


def test_an_approval_commits_the_money_and_accepts_the_project(agreed, team):
    project = awarded(agreed, team)
    branch = build.envelope(agreed)
    assert (project.state, project.awarded_on, project.fiscal_year) == ("approved", DECIDED, 2021)
    assert (project.committed, project.paid) == (Decimal("78000"), Decimal(0))
    assert build.balance(branch, "appropriated") == Decimal("954422.76")
    assert build.balance(branch, "reserved") == 0
    posting = Posting.objects.get(subject_id=project.pk)
    assert (posting.cause, posting.effective_on) == ("commitment", DECIDED)
    assert verbs()[-3:] == ["award.requested", "award.approved", "project.approved"]


def test_asking_posts_nothing(agreed, team):
    project, award = asked(agreed, team)
    assert not Posting.objects.filter(subject_id=project.pk).exists()
    assert award.state == "requested"


def test_more_than_asked_of_the_fund_is_refused(agreed, team):
    project = build.project(agreed, amount="84500")
    with pytest.raises(ValidationError) as refused:
        awards.request(
            actor=team.officer,
            project=project,
            envelope=build.envelope(agreed),
            amount=Decimal("84500.01"),
            resolution="2021-118",
        )
    assert refused.value.message_dict["amount"] == [
        "L’organisme a demandé 84\u00a0500,00\u00a0$. Accordez ce montant ou moins."
    ]


def test_a_lowered_request_is_seen_at_the_approval(agreed, team):
    project, award = asked(agreed, team)
    project.fund_amount = Decimal("70000")
    project.save(update_fields=["fund_amount"])
    with pytest.raises(ValidationError):
        awards.approve(actor=team.manager, award=award, decided_on=DECIDED)
    award.refresh_from_db()
    assert award.state == "requested"


def test_one_request_at_a_time(agreed, team):
    project, _ = asked(agreed, team)
    with pytest.raises(ValidationError):
        awards.request(
            actor=team.manager, project=project, envelope=build.envelope(agreed), amount=Decimal(1), resolution=""
        )
    assert Award.objects.filter(project=project).count() == 1


def test_whoever_asked_does_not_approve(agreed, team):
    project = build.project(agreed)
    award = awards.request(
        actor=team.manager, project=project, envelope=build.envelope(agreed), amount=Decimal(5), resolution=""
    )
    with pytest.raises(MoveRefused) as refused:
        awards.approve(actor=team.manager, award=award, decided_on=DECIDED)
    assert refused.value.verdict.code == "E55"
    assert who_may_approve(agreed.alliance_id, team.manager.person_id) == ["Manager Exemple"]
    awards.approve(actor=team.other, award=award, decided_on=DECIDED)


def test_the_database_holds_four_eyes_too(agreed, team):
    _, award = asked(agreed, team)
    with pytest.raises(IntegrityError, match="award_four_eyes"), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(
            state="approved", decided_at=timezone.now(), decided_by_id=award.requested_by_id
        )


@pytest.mark.parametrize("day", [date(2021, 3, 31), date(2022, 4, 1)])
def test_the_decision_is_dated_within_the_year_of_the_branch(agreed, team, day):
    project, award = asked(agreed, team)
    with pytest.raises(ValidationError) as refused:
        awards.approve(actor=team.manager, award=award, decided_on=day)
    assert "decided_on" in refused.value.message_dict
    project.refresh_from_db()
    assert project.state == "draft"
    assert not Posting.objects.filter(subject_id=project.pk).exists()


def test_an_empty_branch_refuses_and_everything_is_rolled_back(agreed, team):
    first, award = asked(agreed, team, amount="992422.76")
    awards.approve(actor=team.manager, award=award, decided_on=DECIDED)
    project, award = asked(agreed, team, amount="60000", number="APS-04-2021-0002", title="Table commune")
    with pytest.raises(InsufficientBalance) as refused:
        awards.approve(actor=team.manager, award=award, decided_on=DECIDED)
    assert (refused.value.available, refused.value.missing) == (Decimal("40000.00"), Decimal("20000.00"))
    project.refresh_from_db()
    award.refresh_from_db()
    assert (project.state, project.awarded_on, award.state) == ("draft", None, "requested")
    assert verbs()[-1] == "award.requested"
    awards.note_insufficient(actor=team.manager, award=award, refused=refused.value)
    assert verbs()[-1] == "award.refused_insufficient"


def test_declined_or_withdrawn_may_be_asked_again(agreed, team):
    project, award = asked(agreed, team)
    awards.decline(actor=team.manager, award=award, reason="Résolution à préciser")
    again = awards.request(
        actor=team.officer, project=project, envelope=build.envelope(agreed), amount=Decimal(5), resolution=""
    )
    with pytest.raises(MoveRefused):
        awards.withdraw(actor=team.manager, award=again)
    awards.withdraw(actor=team.officer, award=again)
    assert list(Award.objects.order_by("id").values_list("state", flat=True)) == ["declined", "withdrawn"]


def test_only_branches_with_free_money_are_offered(agreed, team):
    project = build.project(agreed)
    offered = branches_for(project)
    assert [branch.fiscal_year for branch in offered] == [2021, 2020, 2019, 2018, 2017]
    assert offered[0].free == Decimal("1032422.76")
    asked_for, award = asked(agreed, team, amount="1032422.76", number="APS-04-2021-0009")
    awards.approve(actor=team.manager, award=award, decided_on=DECIDED)
    assert build.envelope(agreed) not in branches_for(project)


def test_the_last_dollars_of_a_branch(agreed, team):
    """J12: B and F at 60 000,00 on 100 000,00; the second lacks 20 000,00."""
    _, first = asked(agreed, team, amount="932422.76", number="APS-04-2021-0010")
    awards.approve(actor=team.manager, award=first, decided_on=DECIDED)
    _, b = asked(agreed, team, amount="60000", number="APS-04-2021-0011", title="Table commune")
    _, f = asked(agreed, team, amount="60000", number="APS-04-2021-0012", title="Jardins partagés")
    awards.approve(actor=team.manager, award=b, decided_on=DECIDED)
    with pytest.raises(InsufficientBalance) as refused:
        awards.approve(actor=team.manager, award=f, decided_on=DECIDED)
    assert (refused.value.available, refused.value.missing) == (Decimal("40000.00"), Decimal("20000.00"))
