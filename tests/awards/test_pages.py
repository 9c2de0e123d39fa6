"""The pages of money and of a project, as each role meets them: what opens, what it says, how many queries it costs."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.look import formats
from alliances.tenancy.scope import alliance_scope
from projects.awards.models import Award
from projects.awards.policies import four_eyes_text
from projects.followup import services
from projects.followup.models import Instalment
from projects.followup.proposal import proposal
from projects.register.models import (
    BudgetLine,
    Contribution,
    ExpectedResult,
    ExpenseCategory,
    Project,
    ProjectTerritory,
)
from regions.models import Territory
from regions.money.models import Posting
from tests.awards.rooms import DECIDED, Team, asked, awarded, paid, started, to_pay
from tests.support import build

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture
def agreed():
    return build.agreement()


@pytest.fixture
def team(agreed):
    return Team()


@pytest.fixture
def world(agreed, team):
    with alliance_scope(agreed.alliance_id):
        return started(agreed, team, "31200", "31200", "15600")


def url(name, **kwargs):
    return reverse(f"alliance:{name}", kwargs={"alliance": "mauricie", **kwargs})


def queries(captured) -> int:
    return sum(not re.match(r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT", row["sql"]) for row in captured)


def text(response) -> str:
    return re.sub(r"[ \n\t]+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def seen(client, team, role, address):
    client.force_login(team.people[role])
    return client.get(address)


def test_the_page_of_a_project_tells_its_money(client, team, world):
    project, (first, *_) = world
    with alliance_scope(project.alliance_id):
        paid(team, first)
    page = seen(client, team, "officer", url("project", project=project.pk))
    assert page.status_code == 200
    said = text(page)
    for words in (
        f"78{NBSP}000,00{NBSP}$ engagés",
        f"31{NBSP}200,00{NBSP}$",
        f"46{NBSP}800,00{NBSP}$",
        "Officer Exemple a demandé un engagement de 78\u00a0000,00\u00a0$, résolution 2021-118",
        "Manager Exemple a approuvé le versement de 31\u00a0200,00\u00a0$",
        f"Au tour des finances{NBSP}: demander le versement de 31{NBSP}200,00{NBSP}$",
    ):
        assert words in said, words


def test_the_card_says_once_that_a_payment_is_planned(client, agreed, team):
    with alliance_scope(agreed.alliance_id):
        project, _ = started(agreed, team)
        day = timezone.localdate() + timedelta(days=30)
        services.plan(actor=team.officer, project=project, rows=[(day, Decimal("78000"))])
    card = text(seen(client, team, "officer", url("project", project=project.pk)))
    card = card.split(f"Prochain versement{NBSP}: 78{NBSP}000,00{NBSP}$")[1].split(" Situation ")[0]
    assert f"Versement 1, prévu le {formats.day(day)}." in card
    assert "Prévu." not in card


def fill(project, many: int):
    categories, territories = list(ExpenseCategory.objects.all()), list(Territory.objects.all()[:many])
    mine = {"alliance_id": project.alliance_id, "project": project}
    for category in categories[:many]:
        BudgetLine.objects.create(**mine, category=category, amount=Decimal("100"))
    for territory in territories:
        ProjectTerritory.objects.create(**mine, territory=territory, share=Decimal(100) / many)
    for place in range(many):
        Contribution.objects.create(
            **mine,
            partner=f"Partenaire {place}",
            kind="municipal",
            form="cash",
            state="confirmed",
            amount=Decimal("1234.56"),
            effective_on=DECIDED,
        )
        ExpectedResult.objects.create(**mine, label=f"Résultat {place}", target=10 + place, rank=place)


def test_the_page_of_a_project_costs_the_same_however_much_it_holds(client, agreed, team):
    counts = []
    for place, parts in enumerate((("100",), ("100",) * 12)):
        with alliance_scope(agreed.alliance_id):
            project, planned = started(agreed, team, number=f"APS-04-2021-000{place}", amount="78000")
            rows = [(date(2021, 9, 1 + day), Decimal(part)) for day, part in enumerate(parts)]
            planned = services.plan(actor=team.officer, project=project, rows=rows)
            for row in planned[: max(1, len(planned) // 2)]:
                paid(team, row)
            fill(project, len(parts))
        client.force_login(team.people["manager"])
        client.get(url("project", project=project.pk))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("project", project=project.pk)).status_code == 200
        counts.append(queries(captured))
    assert counts[0] == counts[1] <= 12


def test_the_list_of_instalments_costs_the_same_for_one_and_for_many(client, agreed, team):
    counts = []
    for place in range(2):
        with alliance_scope(agreed.alliance_id):
            for number in range(1 + 11 * place):
                started(agreed, team, "100", "100", number=f"APS-04-2021-{place}{number:03}", amount="200")
        client.force_login(team.people["manager"])
        client.get(url("instalments"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("instalments")).status_code == 200
        counts.append(queries(captured))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("name", "open_to"),
    [
        ("instalments", {"manager", "officer", "finance", "reader", "privacy"}),
        ("envelopes", {"manager", "officer", "finance", "reader", "privacy"}),
        ("ledger", {"manager", "officer", "finance", "reader", "privacy"}),
    ],
)
def test_who_opens_the_pages_of_money(client, team, world, name, open_to):
    for role in ("manager", "officer", "finance", "reader", "privacy", "delegate"):
        assert seen(client, team, role, url(name)).status_code == (200 if role in open_to else 404), role


def test_a_delegate_sees_the_projects_of_its_territories_only(client, agreed, team):
    follower = build.delegate_of("371")
    with alliance_scope(agreed.alliance_id):
        here = build.project(agreed, number="APS-04-2021-0001")
        there = build.project(agreed, number="APS-04-2021-0002")
        ProjectTerritory.objects.create(
            alliance_id=agreed.alliance_id, project=here, territory=Territory.objects.get(code="371"), share=100
        )
    client.force_login(follower)
    assert client.get(url("project", project=here.pk)).status_code == 200
    assert client.get(url("project", project=there.pk)).status_code == 404


def test_another_alliance_answers_not_found(client, agreed, team, world):
    project, (first, *_) = world
    stranger = build.member("manager", of="estrie")
    client.force_login(stranger)
    for address in (
        url("project", project=project.pk),
        url("instalments"),
        url("instalment_move", instalment=first.pk, move="demander"),
        reverse("alliance:project", kwargs={"alliance": "estrie", "project": project.pk}),
    ):
        assert client.get(address).status_code == 404


def test_asking_and_approving_on_the_pages(client, agreed, team):
    with alliance_scope(agreed.alliance_id):
        project, branch = build.project(agreed), build.envelope(agreed)
    client.force_login(team.people["officer"])
    form = client.get(url("award_request", project=project.pk))
    assert f"Solde{NBSP}: 1{NBSP}032{NBSP}422,76{NBSP}$" in text(form)
    typed = {"envelope": branch.pk, "amount": "78 000,01", "resolution": "2021-118"}
    refused = client.post(url("award_request", project=project.pk), typed)
    assert f"L’organisme a demandé 78{NBSP}000,00{NBSP}$. Accordez ce montant ou moins." in text(refused)
    assert 'value="78 000,01"' in refused.content.decode()
    typed["amount"] = "78 000"
    assert client.post(url("award_request", project=project.pk), typed).status_code == 302
    with alliance_scope(agreed.alliance_id):
        award = Award.objects.get()
    client.force_login(team.people["manager"])
    question = client.get(url("award_approve", award=award.pk))
    assert f"Engager 78{NBSP}000,00{NBSP}$?" in text(question)
    assert f"passera de 1{NBSP}032{NBSP}422,76{NBSP}$ à 954{NBSP}422,76{NBSP}$." in text(question)
    assert "Ne rien changer" in text(question)
    done = client.post(url("award_approve", award=award.pk), {"decided_on": "2021-06-22"}, follow=True)
    assert f"78{NBSP}000,00{NBSP}$ engagés pour École citoyenne." in text(done)
    again = client.post(url("award_approve", award=award.pk), {"decided_on": "2021-06-22"}, follow=True)
    assert "Manager Exemple a déjà approuvé cet engagement le" in text(again)
    assert "Rien n’a été fait une seconde fois." in text(again)
    with alliance_scope(agreed.alliance_id):
        assert Posting.objects.filter(subject_id=project.pk).count() == 1


@pytest.mark.parametrize(("taken", "short"), [("992422.76", True), ("972422.76", False)])
def test_asking_more_than_the_branch_holds_is_open_and_warned_of(client, agreed, team, taken, short):
    with alliance_scope(agreed.alliance_id):
        awarded(agreed, team, amount=taken, number="APS-04-2021-0009")
        project, branch = build.project(agreed, amount="60000"), build.envelope(agreed)
    client.force_login(team.people["officer"])
    typed = {"envelope": branch.pk, "amount": "60 000", "resolution": "2021-118"}
    done = text(client.post(url("award_request", project=project.pk), typed, follow=True))
    assert f"Engagement de 60{NBSP}000,00{NBSP}$ demandé." in done
    assert (f"«{NBSP}{branch.name}{NBSP}» dispose de 40{NBSP}000,00{NBSP}${NBSP}:" in done) is short
    assert ("l’engagement ne pourra pas être approuvé" in done) is short
    with alliance_scope(agreed.alliance_id):
        assert Award.objects.get(project=project).state == "requested"


def test_the_last_dollars_are_refused_in_words(client, agreed, team):
    with alliance_scope(agreed.alliance_id):
        awarded(agreed, team, amount="992422.76", number="APS-04-2021-0009")
        project, award = asked(agreed, team, amount="60000", number="APS-04-2021-0002", title="Jardins partagés")
    client.force_login(team.people["manager"])
    page = client.post(url("award_approve", award=award.pk), {"decided_on": "2021-06-22"})
    assert page.status_code == 200
    assert (
        f"Solde insuffisant{NBSP}: 40{NBSP}000,00{NBSP}$. «{NBSP}Projets 2021-2022{NBSP}» ne permet pas d’engager "
        f"60{NBSP}000,00{NBSP}$; il manque 20{NBSP}000,00{NBSP}$."
    ) in text(page)
    with alliance_scope(agreed.alliance_id):
        assert Project.objects.get(pk=project.pk).state == "draft"
        assert Award.objects.get(pk=award.pk).state == "requested"


def test_whoever_asked_reads_who_may_approve(client, agreed, team, world):
    project, (first, *_) = world
    both = build.member("officer", email="manager@mauricie.test")  # the manager is an officer too
    with alliance_scope(agreed.alliance_id):
        services.request(actor=build.actor(both, "officer", "manager"), instalment=first)
    page = seen(client, team, "manager", url("project", project=project.pk))
    assert f"Vous avez fait cette demande{NBSP}: une autre personne doit l’approuver." in text(page)
    assert f"Les personnes suivantes le peuvent{NBSP}: Manager Exemple." in text(page)
    html = page.content.decode()
    assert f'aria-describedby="v{first.pk}-approved-why"' in html
    assert f'id="v{first.pk}-approved-why"' in html
    refused = client.post(url("instalment_move", instalment=first.pk, move="approuver"), follow=True)
    assert f"Les personnes suivantes le peuvent{NBSP}: Manager Exemple." in text(refused)


def test_paying_on_the_pages_and_a_page_that_served_already(client, agreed, team, world):
    project, (first, *_) = world
    address = url("instalment_move", instalment=first.pk, move="verser")
    with alliance_scope(agreed.alliance_id):
        to_pay(team, first)
    client.force_login(team.people["finance"])
    typed = {"paid_on": "2021-08-30", "reference": "DD-20210830-01", "tries": "0"}
    assert "Ne rien changer" in text(client.get(address))
    assert client.post(address, {**typed, "reference": ""}).status_code == 200
    client.post(address, typed)
    again = client.post(address, typed, follow=True)
    assert "Finance Exemple a déjà inscrit comme versé ce versement" in text(again)
    client.post(
        url("instalment_move", instalment=first.pk, move="retourner"),
        {"returned_on": "2021-09-02", "reason": "Compte fermé"},
    )
    client.post(url("instalment_move", instalment=first.pk, move="remettre"))
    with alliance_scope(agreed.alliance_id):
        to_pay(team, first)
    stale = client.post(address, typed)
    assert "Cette page a déjà servi à une autre opération." in text(stale)
    client.post(address, {**typed, "tries": "1", "paid_on": "2021-09-10"})
    with alliance_scope(agreed.alliance_id):
        now = Instalment.objects.get(pk=first.pk)
        causes = Posting.objects.filter(subject_id=project.pk).order_by("id").values_list("cause", flat=True)
        assert (now.state, now.tries) == ("paid", 2)
        assert list(causes) == ["commitment", "payment", "return", "payment"]


def test_planning_beyond_the_award_is_refused_and_kept(client, agreed, team):
    with alliance_scope(agreed.alliance_id):
        project = awarded(agreed, team)
    client.force_login(team.people["officer"])
    address = url("instalment_plan", project=project.pk)
    proposal = client.get(address).content.decode()
    for amount in ("31\u00a0200,00", "15\u00a0600,00"):
        assert f'value="{amount}"' in proposal
    rows = {"v-TOTAL_FORMS": "2", "v-INITIAL_FORMS": "0", "v-MIN_NUM_FORMS": "1", "v-MAX_NUM_FORMS": "24"}
    rows |= {"v-0-due_on": "2021-09-01", "v-0-amount": "50000", "v-1-due_on": "2022-01-31", "v-1-amount": "28000,01"}
    refused = client.post(address, rows)
    assert f"78{NBSP}000,00{NBSP}$ sont engagés. Retirez-en 0,01{NBSP}$." in text(refused)
    assert 'value="28000,01"' in refused.content.decode()
    rows["v-1-amount"] = "28000"
    assert client.post(address, rows).status_code == 302


def test_a_row_of_the_plan_that_is_emptied_is_taken_out(client, agreed, team):
    with alliance_scope(agreed.alliance_id):
        project = awarded(agreed, team)
    client.force_login(team.people["officer"])
    address = url("instalment_plan", project=project.pk)
    rows = {"v-TOTAL_FORMS": "2", "v-INITIAL_FORMS": "2", "v-MIN_NUM_FORMS": "1", "v-MAX_NUM_FORMS": "24"}
    nothing = rows | {f"v-{row}-{name}": "" for row in (0, 1) for name in ("due_on", "amount")}
    assert "Ajoutez au moins une ligne." in text(client.post(address, nothing))
    assert client.post(address, nothing | {"v-1-due_on": "2021-09-01", "v-1-amount": "78000"}).status_code == 302
    with alliance_scope(agreed.alliance_id):
        assert [row.amount for row in Instalment.objects.filter(project=project)] == [Decimal("78000.00")]


def test_a_plan_proposed_for_a_project_under_way_starts_today(agreed, team):
    today = timezone.localdate()
    with alliance_scope(agreed.alliance_id):
        project = awarded(agreed, team)
        project.starts_on, project.ends_on = today - timedelta(days=30), today + timedelta(days=100)
        rows, _ = proposal(project)
        assert [row["due_on"] for row in rows] == [today, today + timedelta(days=50), project.ends_on]
        project.ends_on = today - timedelta(days=1)
        assert proposal(project)[0][0]["due_on"] == project.starts_on


def test_whoever_manages_alone_is_told_to_invite(agreed):
    alone = build.member("manager")
    with alliance_scope(agreed.alliance_id):
        told = four_eyes_text(agreed.alliance_id, alone.pk)
    assert "Personne d’autre ne le peut pour l’instant" in told


@pytest.mark.parametrize("junk", ["", "x", "0", "9" * 40, "1' OR 1=1", "\u0661", "2021-13-45_1", "\x00"])
def test_what_is_typed_in_an_address_never_breaks_a_page(client, team, world, junk):
    project, _ = world
    client.force_login(team.people["manager"])
    for address, name in (
        (url("instalments"), "etat apres"),
        (url("ledger"), "exercice branche etat projet avant"),
        (url("project", project=project.pk), "avant"),
    ):
        for key in name.split():
            assert client.get(address, {key: junk}).status_code in {200, 400}, (address, key)


def test_every_act_has_its_page_and_its_dialogue(client, agreed, team, world):
    project, (first, *_) = world
    client.force_login(team.people["manager"])
    for word in ("suspendre", "annuler", "terminer", "desengager", "preparer", "signer", "reprendre", "fermer"):
        page = client.get(url("project_move", project=project.pk, move=word))
        assert page.status_code == 200, word
        assert "<h1" in page.content.decode()
        dialogue = client.get(url("project_move", project=project.pk, move=word), headers={"HX-Request": "true"})
        assert dialogue.content.decode().count("<dialog") == 1
        assert "<html" not in dialogue.content.decode()
    assert client.get(url("project_move", project=project.pk, move="voler")).status_code == 404
    assert client.get(url("instalment_move", instalment=first.pk, move="voler")).status_code == 404
    assert client.get(url("instalment_move", instalment=10**30, move="payer")).status_code == 404


def test_cancelling_shows_its_figures_and_gives_back(client, agreed, team, world):
    project, (first, *_) = world
    with alliance_scope(agreed.alliance_id):
        paid(team, first)
    client.force_login(team.people["manager"])
    address = url("project_move", project=project.pk, move="annuler")
    assert f"46{NBSP}800,00{NBSP}$ seront désengagés" in text(client.get(address))
    done = client.post(address, {"reason": "Abandon"}, follow=True)
    assert f"Projet annulé. 46{NBSP}800,00{NBSP}$ désengagés." in text(done)
