"""What the page of a project says: whose turn it is, the journal in words, the drawing, shares that add up."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from alliances.audit.services import record
from alliances.tenancy.scope import alliance_scope
from projects.awards import services as awards
from projects.awards.workflow import AWARD
from projects.dossier import history, services, timeline
from projects.dossier.content import Given, gather, sources
from projects.dossier.turn import turn_of
from projects.followup import services as followup
from projects.followup.listing import told
from projects.followup.workflow import INSTALMENT
from projects.register.workflow import PROJECT
from tests.awards.rooms import Team, asked, awarded, paid, started
from tests.support import build

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


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


def turn(project):
    project.refresh_from_db()
    return turn_of(gather(project, timezone.localdate()))


def test_whose_turn_it_is_from_the_draft_to_the_end(agreed, team):
    draft = build.project(agreed, number="APS-04-2021-0009")
    assert turn(draft).title.startswith(f"Au tour de l’équipe{NBSP}: demander l’engagement")
    project, award = asked(agreed, team, amount="300")
    assert turn(project).title == f"Au tour de la gestion{NBSP}: approuver l’engagement de 300,00{NBSP}$"
    awards.approve(actor=team.manager, award=award, decided_on=date(2021, 6, 22))
    assert "préparer l’entente" in turn(project).title
    services.prepare(actor=team.officer, project=project)
    assert "signer l’entente" in turn(project).title
    services.start(actor=team.officer, project=project, signed_on=date(2021, 8, 20))
    assert "planifier les versements" in turn(project).title
    (row,) = followup.plan(actor=team.officer, project=project, rows=[(date(2021, 9, 1), Decimal("200"))])
    now = turn(project)
    assert (now.title, now.late) == (
        f"Au tour des finances{NBSP}: demander le versement de 200,00{NBSP}$",
        date(2021, 9, 1),
    )
    followup.request(actor=team.finance, instalment=row)
    assert "approuver le versement" in turn(project).title
    followup.approve(actor=team.manager, instalment=row)
    assert turn(project).title == f"Au tour des finances{NBSP}: verser 200,00{NBSP}$"
    services.suspend(actor=team.officer, project=project, reason="Enquête")
    assert "reprendre ou annuler" in turn(project).title
    services.resume(actor=team.officer, project=project)
    followup.pay(actor=team.finance, instalment=row, paid_on=date(2021, 9, 2), reference="x", tries=0)
    assert "planifier les versements" in turn(project).title
    services.complete(actor=team.officer, project=project)
    assert turn(project).title == f"Au tour de la gestion{NBSP}: désengager 100,00{NBSP}$"
    services.release(actor=team.manager, project=project, reason="Solde")
    assert "fermer le dossier" in turn(project).title
    services.close(actor=team.manager, project=project)
    assert turn(project) is None


@pytest.mark.parametrize(("reason", "end"), [("Compte fermé", "Compte fermé."), ("Compte fermé.", "Compte fermé.")])
@pytest.mark.parametrize("state", ["blocked", "returned", "cancelled", "due"])
def test_a_reason_ends_with_one_mark(state, reason, end):
    row = SimpleNamespace(state=state, reason=reason, project=SimpleNamespace(state="in_progress"))
    said = told(row, {}).removesuffix(" À demander de nouveau.")
    assert said.endswith(f"{NBSP}: {end}")


def test_the_journal_is_told_by_what_is_known():
    def told(verb, **facts):
        return history.tell(SimpleNamespace(verb=verb, facts=facts, actor_name="Dominique Témoin"))

    assert told("payment.requested", amount="31200.00") == (
        f"Dominique Témoin a demandé le versement de 31{NBSP}200,00{NBSP}$"
    )
    assert told("payment.paid", amount="5", reference="") == f"Dominique Témoin a inscrit comme versés 5,00{NBSP}$"
    assert told("payment.paid", amount="5", reference="DD-1").endswith(", référence DD-1")
    assert told("payment.returned", amount="5", reason="{who}") == f"La banque a retourné 5,00{NBSP}${NBSP}: {{who}}"
    assert told("something.else", amount="x") == "Dominique Témoin a agi sur le dossier"
    assert told("payment.requested", amount="x") == "Dominique Témoin a demandé le versement de —"


def test_every_move_is_told():
    verbs = {f"{table.kind}.{name}" for table in (AWARD, INSTALMENT, PROJECT) for name in table.moves}
    assert verbs - set(history.SILENT) <= set(history.TOLD)


def test_the_journal_goes_on_from_where_it_stopped(agreed, team):
    project = build.project(agreed)
    for place in range(30):
        record(actor=team.officer, verb="project.changed", subject=project, alliance_id=agreed.alliance_id, n=place)
    seen, before = [], None
    while True:
        lines, before = history.lines(
            alliance_id=agreed.alliance_id, project_id=project.pk, awards=[], instalments=[], before=before
        )
        seen += [line.id for line in lines]
        if before is None:
            break
    assert len(seen) == 30
    assert seen == sorted(set(seen), reverse=True)


def test_shares_of_the_sources_add_up():
    project = SimpleNamespace(engaged=Decimal("100"), fund_amount=Decimal("100"))
    given = [Given(partner=f"P{place}", amount=Decimal("100"), form="cash", state="received") for place in range(2)]
    found = sources(project, given)
    assert [source.share for source in found] == [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]
    assert sum(Decimal(source.width.rstrip("%")) for source in found) == 100


@pytest.mark.parametrize("years", [0, 1, 3, 12])
def test_the_drawing_stays_within_its_frame(years):
    start = date(2021, 9, 1)
    end = start + timedelta(days=365 * years + 1)
    events = [(start + timedelta(days=30 * n), "done", f"V{n}", f"10{NBSP}000{NBSP}$") for n in range(1, 6)]
    for today in (date(2020, 1, 1), start, end, date(2040, 1, 1)):
        line = timeline.draw(start, end, events, today)
        places = [line.start, line.end, *(tick.x for tick in line.ticks), *(mark.x for mark in line.marks)]
        assert min(places) >= timeline.LEFT
        assert max(places) <= timeline.RIGHT
        assert all(isinstance(place, int) for place in places)
        assert 0 <= line.past <= line.width
        gaps = [b.x - a.x for a, b in zip(line.ticks, line.ticks[1:], strict=False)]
        assert min(gaps, default=99) >= 35


def test_what_the_page_counts(agreed, team):
    project, rows = started(agreed, team, "31200", "31200", "15000")
    paid(team, rows[0])
    project.refresh_from_db()
    dossier = gather(project, timezone.localdate())
    assert (dossier.promised, dossier.free) == (Decimal("46200.00"), Decimal("600.00"))
    assert (dossier.paid_count, dossier.alive_count) == (1, 3)
    assert awarded(agreed, team, number="APS-04-2021-0002").engaged == Decimal("78000")
