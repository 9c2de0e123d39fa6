"""An organisation reads its own payments, in the words meant for it; never a draft's, never another's."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.look import formats
from alliances.models import Organisation
from alliances.tenancy.scope import alliance_scope
from projects.awards import services as awards
from projects.dossier import services as dossier
from projects.followup import services
from projects.models import Instalment, Project
from tests.awards.rooms import DECIDED, Team, asked, paid, started
from tests.support import build

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture
def of():
    return build.organisation()


@pytest.fixture
def agreed(of):
    return build.agreement()


@pytest.fixture
def team(agreed):
    return Team()


@pytest.fixture
def home(client, of):
    client.force_login(build.promoter(of=of))
    return lambda: client.get(reverse("promoter:home", args=[of.pk]))


def said(page) -> str:
    return re.sub(r"[ \n\t]+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_each_payment_is_told_to_the_organisation(agreed, team, home):
    later = timezone.localdate() + timedelta(days=30)
    with alliance_scope(agreed.alliance_id):
        project, (first, second, third) = started(agreed, team, "31200", "31200", "10000")
        paid(team, first)
        services.block(actor=team.manager, instalment=second, reason="Il manque le rapport.")
        services.request(actor=team.finance, instalment=third)
    words = said(home())
    for expected in (
        ", 3 versements",
        "2021-09-15",
        f"31{NBSP}200,00",
        f"Versé le {formats.day(date(2021, 9, 15))}, référence DD-1.",
        f"Il attend{NBSP}: Il manque le rapport. ",
        "En cours de traitement.",
    ):
        assert expected in words, expected
    with alliance_scope(agreed.alliance_id):
        Instalment.objects.create(
            alliance_id=agreed.alliance_id,
            project=project,
            envelope=second.envelope,
            rank=9,
            amount=Decimal("5"),
            due_on=later,
            state_since=timezone.now(),
        )
        dossier.suspend(actor=team.officer, project=project, reason="Enquête")
    assert "Les versements sont arrêtés." in said(home())


def test_drafts_and_rows_of_others_are_absent(agreed, team, home):
    with alliance_scope(agreed.alliance_id):
        started(agreed, team, "100", amount="100", title="Le nôtre")
        draft = build.project(agreed, number="APS-04-2021-0002", title="Brouillon secret")
        other, award = asked(agreed, team, amount="77", number="APS-04-2021-0003", title="Celui d’un autre")
        stranger = Organisation.objects.create(name="Autre organisme")
        Project.objects.filter(pk=other.pk).update(organisation=stranger)
        awards.approve(actor=team.manager, award=award, decided_on=DECIDED)
        other.refresh_from_db()
        dossier.prepare(actor=team.officer, project=other)
        dossier.start(actor=team.officer, project=other, signed_on=date(2021, 8, 20))
        services.plan(actor=team.officer, project=other, rows=[(date(2021, 9, 1), Decimal("77"))])
        Instalment.objects.create(
            alliance_id=agreed.alliance_id,
            project=draft,
            envelope=build.envelope(agreed),
            rank=1,
            amount=Decimal("66"),
            due_on=date(2021, 9, 1),
            state_since=timezone.now(),
        )
    page = home()
    assert [project.title for project, _ in page.context["payments"]] == ["Le nôtre"]
    words = said(page)
    assert "Les conditions sont remplies; nous préparons le versement." in words
    for absent in ("Brouillon secret", "Celui d’un autre", "77,00", "66,00"):
        assert absent not in words


def test_the_page_costs_the_same_for_one_project_and_for_many(agreed, team, home):
    home()
    counts = []
    for many in (1, 8):
        with alliance_scope(agreed.alliance_id):
            for place in range(many):
                started(agreed, team, "5", "5", amount="10", number=f"APS-04-2021-{many}{place:03}")
        with CaptureQueriesContext(connection) as queries:
            page = home()
        counts.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    assert len(page.context["payments"]) == 9
    assert counts[0] == counts[1] <= 12, counts
