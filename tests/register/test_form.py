"""Entering and changing a project: the right way, what is refused and how, two writers at once."""

import html
import re
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.models import AuditEvent, Organisation
from alliances.tenancy.access import PORTAL, portal_for
from alliances.tenancy.scope import alliance_scope, ministry_scope
from projects.models import BudgetLine, Contribution, Project
from projects.register.content import content_of
from projects.register.services import create
from regions.agreements.services import sign
from regions.models import Cycle, Territory
from tests.register.posted import first_budget, good, territories
from tests.support import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return build.agreement()


@pytest.fixture
def officer(client):
    user = build.member("officer")
    client.force_login(user)
    return user


def new_url():
    return reverse("alliance:project_new", args=["mauricie"])


def edit_url(project):
    return reverse("alliance:project_edit", args=["mauricie", project.pk])


def entered(client, agreed, **changes) -> Project:
    response = client.post(new_url(), good(agreed, **changes))
    assert response.status_code == 302, errors_of(response)
    with alliance_scope(agreed.alliance_id):
        return Project.objects.latest("pk")


def errors_of(response) -> str:
    text = html.unescape(response.content.decode())
    found = re.search(r'<div class="errors".*?</div>', text, re.DOTALL)
    return re.sub(r"<[^>]+>", " ", found[0]).replace("\u00a0", " ").replace("\u202f", " ") if found else ""


def test_a_project_is_entered_whole(client, officer, agreed):
    project = entered(client, agreed)
    with alliance_scope(agreed.alliance_id):
        assert project.number == f"APS-04-{timezone.localdate().year}-0001"
        assert (project.state, project.version, project.fund_amount) == ("draft", 1, Decimal(8000))
        assert project.agreement_id == agreed.pk
        assert [part.share for part in project.territories.all()] == [Decimal(50), Decimal(50)]
        assert list(project.priorities.values_list("rank", flat=True)) == [0, 1]
        assert sum(line.amount for line in project.budget.all()) == Decimal(11000)
        assert project.partners_secured == Decimal(3000)
        assert [(row.label, row.target) for row in project.results.all()] == [("Personnes rejointes", 1200)]
        event = AuditEvent.objects.get(verb="project.created", object_id=project.pk)
        assert (event.person_id, event.facts["number"]) == (officer.pk, project.number)
    assert client.get(edit_url(project)).status_code == 200


def test_an_organisation_is_found_by_part_of_its_name_or_by_number(client, officer, agreed):
    with alliance_scope(agreed.alliance_id):
        Organisation.objects.create(name="École de la Batiscan", neq="1199000028", city="Sainte-Thècle")
    for words in ("ecole de la", "BATISCAN", "1199 0000 28"):
        page = client.post(new_url(), {**good(agreed), "organisation": "", "words": words, "find": "1"})
        assert page.status_code == 200
        text = page.content.decode()
        assert "École de la Batiscan" in text
        assert 'class="errors"' not in text
        assert "Cuisine collective de Mékinac" in text


def test_a_new_organisation_is_entered_with_its_project(client, officer, agreed):
    fresh = {"organisation": "", "new_name": "Frigos partagés", "new_city": "Shawinigan", "new_neq": "1199 0000 28"}
    project = entered(client, agreed, **fresh, new_legal_form="nonprofit")
    with alliance_scope(agreed.alliance_id):
        assert project.organisation.name == "Frigos partagés"
        assert AuditEvent.objects.filter(verb="organisation.created").count() == 1
    again = client.post(new_url(), good(agreed, **fresh, new_legal_form="nonprofit"))
    assert "déjà inscrit avec ce NEQ" in errors_of(again)
    assert "Frigos partagés" in errors_of(again)


def test_a_doubtful_neq_is_confirmed_and_a_wrong_one_refused(client, officer, agreed):
    fresh = {"organisation": "", "new_name": "Frigos", "new_city": "Shawinigan"}
    assert "NEQ à vérifier" in errors_of(client.post(new_url(), good(agreed, **fresh, new_neq="1199000011")))
    assert "compte 10 chiffres" in errors_of(client.post(new_url(), good(agreed, **fresh, new_neq="44")))
    entered(client, agreed, **fresh, **{"new_neq": "1199000011", "new_neq-confirmed": "1"})


def test_shares_must_total_one_hundred(client, officer, agreed):
    first, second, third = territories(agreed)[:3]
    bad = {f"part-{first.pk}": "60", f"part-{second.pk}": "30,5"}
    assert "90,5 %" in errors_of(client.post(new_url(), good(agreed, **bad)))
    thirds = {"territory": [str(each.pk) for each in (first, second, third)]}
    split = client.post(new_url(), {**good(agreed, **thirds), "split": "1"})
    assert "33,34" in split.content.decode()
    project = entered(client, agreed, **thirds)
    with alliance_scope(agreed.alliance_id):
        assert sorted(part.share for part in project.territories.all()) == [
            Decimal("33.33"), Decimal("33.33"), Decimal("33.34"),
        ]  # fmt: skip


def test_budget_out_of_balance_is_said_and_saved(client, officer, agreed):
    draft = good(agreed, **{first_budget(): "500"})
    page = client.post(new_url(), {**draft, "refresh": "1"})
    assert "diffèrent de" in page.content.decode()
    assert client.post(new_url(), draft).status_code == 302


def test_the_agreement_is_the_one_of_the_start(client, officer, agreed):
    refused = client.post(new_url(), good(agreed, starts_on="2031-01-01", ends_on="2031-02-01"))
    assert "Aucune entente" in errors_of(refused)


def test_a_row_more_keeps_everything_and_judges_nothing(client, officer, agreed):
    data = {**good(agreed), "contributions-0-amount": "x", "contributions-add": "1", "title": ""}
    page = client.post(new_url(), data)
    text = page.content.decode()
    assert page.status_code == 200
    assert "field__error" not in text
    assert 'name="contributions-2-partner"' in text
    assert "MRC de Mékinac" in text


NUL, HALF, MILLION = "a\x00b", "a\ud800b", "x" * 1_000_000
AMOUNTS = [
    ("1e999", "Ce montant n’est pas reconnu"),
    ("NaN", "Ce montant n’est pas reconnu"),
    ("douze", "Ce montant n’est pas reconnu"),
    ("12,345.67", "se lire de deux façons"),
    ("1.234,56", "se lire de deux façons"),
    ("12.345", "se lire de deux façons"),
    ("12,345", "plus de deux décimales"),
    ("-5", "ne peut pas être négatif"),
    ("−5,00 $", "ne peut pas être négatif"),
    ("9" * 13, "dépasse"),
    ("9" * 1_000_000, "dépasse"),
    (NUL, "Ce montant n’est pas reconnu"),
]
POISON = [
    *[("fund_amount", value, said) for value, said in AMOUNTS],
    ("fund_amount", "0", "supérieur à 0,00"),
    ("fund_amount", "", "Inscrivez le montant demandé au FQIS"),
    *[("budget", value, said) for value, said in AMOUNTS],
    *[("contributions-0-amount", value, said) for value, said in AMOUNTS],
    *[
        (name, NUL, "caractère invisible")
        for name in ("title", "summary", "contributions-0-partner", "results-0-label")
    ],
    *[(name, HALF, "caractère invisible") for name in ("title", "summary", "contributions-0-partner", "words")],
    *[(name, MILLION, "Votre texte compte 1 000 000") for name in ("title", "summary", "results-0-label", "words")],
    ("summary", "x" * 501, "Retirez-en 1"),
    ("title", "", "Inscrivez le titre du projet"),
    ("title", "   ", "Inscrivez le titre du projet"),
    ("starts_on", "2021-02-30", "n’existe pas au calendrier"),
    ("ends_on", "2021-02-30", "n’existe pas au calendrier"),
    ("contributions-0-effective_on", "2021-02-30", "n’existe pas au calendrier"),
    ("starts_on", "30/02/2021", "année-mois-jour"),
    ("starts_on", NUL, "année-mois-jour"),
    ("ends_on", "2021-01-01", "La fin précède le début"),
    ("starts_on", "9999-12-31", "Inscrivez une date comprise"),
    ("nature", "autre", "n’est plus offert"),
    ("nature", NUL, "n’est plus offert"),
    ("priority", "999999", "n’est plus offert"),
    ("priority", NUL, "n’est plus offert"),
    ("priority", "9" * 40, "n’est plus offert"),
    ("priority", "", "Sélectionnez une réponse"),
    ("more_priorities", "999999", "n’est plus offert"),
    ("target_groups", HALF, "n’est plus offert"),
    ("organisation", "999999999", "n’est plus offert"),
    ("organisation", "9" * 40, "n’est plus offert"),
    ("organisation", NUL, "n’est plus offert"),
    ("organisation", "", "Cherchez l’organisme"),
    ("territory", "999999", "n’est plus offert"),
    ("territory", NUL, "n’est plus offert"),
    ("territory", "", "n’est plus offert"),
    ("part", "101", "pourcentage de 0 à 100"),
    ("part", "1e3", "pourcentage de 0 à 100"),
    ("part", "33,333", "pourcentage de 0 à 100"),
    ("agreement", "999999", "n’est plus offert"),
    ("agreement", NUL, "n’est plus offert"),
    ("contributions-0-kind", "x", "n’est plus offert"),
    ("contributions-0-state", NUL, "n’est plus offert"),
    ("contributions-0-partner", "", "Inscrivez le nom du partenaire"),
    ("results-0-target", "12,5", "nombre entier"),
    ("results-0-target", "9" * 30, "dépasse"),
    ("contributions-TOTAL_FORMS", "x", ""),
    ("contributions-TOTAL_FORMS", "9" * 9, ""),
    ("results-INITIAL_FORMS", NUL, ""),
]


@pytest.mark.parametrize(("name", "value", "said"), POISON, ids=[f"{n}={v[:12]!r}" for n, v, _ in POISON])
def test_poison_is_refused_at_its_field_and_nothing_is_lost(client, officer, agreed, name, value, said):
    place = territories(agreed)[0]
    name = {"budget": first_budget(), "part": f"part-{place.pk}"}.get(name, name)
    body = urlencode(good(agreed, **{name: value}), doseq=True, encoding="utf-8", errors="surrogatepass")
    response = client.post(new_url(), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    text = errors_of(response)
    assert said in text, text
    kept = html.unescape(response.content.decode())
    sent = good(agreed)
    others = set(sent) & {"title", "summary", "contributions-0-partner", "results-0-label"} - {name}
    # a table that came without its count has no rows to show again
    assert name.endswith("_FORMS") or all(sent[other] in kept for other in others)
    with alliance_scope(agreed.alliance_id):
        assert not Project.objects.exists()
        assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "amount", ["12 345,67 $", "12\u00a0345,67\u00a0$", "12\u202f345,67 $", "12345.67", "12345,67", "$12345.67"]
)
def test_amounts_are_read_as_people_type_them(client, officer, agreed, amount):
    assert entered(client, agreed, fund_amount=amount).fund_amount == Decimal("12345.67")


def test_ids_of_another_alliance_are_no_choice(client, officer, agreed):
    theirs = build.agreement(of="estrie")
    foreign = Territory.objects.of_alliance(theirs.alliance_id, date(2021, 9, 1)).first()
    assert "n’est plus offert" in errors_of(client.post(new_url(), good(agreed, agreement=str(theirs.pk))))
    assert "n’est plus offert" in errors_of(client.post(new_url(), good(agreed, territory=[str(foreign.pk)])))
    shared = {f"part-{foreign.pk}": "10"}
    assert "n’est plus offert" in errors_of(client.post(new_url(), good(agreed, **shared)))
    with alliance_scope(theirs.alliance_id):
        other = build.project(theirs, number="APS-05-2021-0001")
    assert client.get(edit_url(other)).status_code == 404
    assert client.post(edit_url(other), good(agreed)).status_code == 404


def test_a_contribution_of_another_project_is_not_taken_over(client, officer, agreed):
    first = entered(client, agreed)
    second = entered(client, agreed)
    with alliance_scope(agreed.alliance_id):
        row = first.contributions.get()
    data = {**good(agreed), "version": "1", "contributions-0-pk": str(row.pk), "contributions-0-partner": "Vol"}
    assert client.post(edit_url(second), data).status_code == 302
    with alliance_scope(agreed.alliance_id):
        assert first.contributions.get().partner == "MRC de Mékinac"
        assert second.contributions.get().partner == "Vol"


def test_every_field_of_the_model_posted_at_once_changes_nothing_more(client, officer, agreed):
    forged = {
        "id": "77", "alliance": "1", "alliance_id": "1", "number": "APS-99", "state": "closed", "state_reason": "x",
        "state_since": "2020-01-01", "awarded_on": "2020-01-01", "cancelled_on": "2020-01-01", "followed_by": "1",
        "created_by": "1", "updated_by": "1", "updated_at": "2020-01-01", "fiscal_year": "1999", "title_norm": "x",
        "reserved": "9", "committed": "9", "paid": "9", "partners_promised": "9", "partners_secured": "9",
        "territory_ids": "9", "priority_ids": "9", "engaged_cents": "9", "counts_from": "2020-01-01",
    }  # fmt: skip
    project = entered(client, agreed, **forged)
    client.post(edit_url(project), good(agreed, **forged, version="1", title="Autre titre"))
    with alliance_scope(agreed.alliance_id):
        project = Project.objects.get(pk=project.pk)
    assert (project.state, project.title, project.version) == ("draft", "Autre titre", 2)
    assert (project.reserved, project.committed, project.paid, project.engaged_cents) == (0, 0, 0, 0)
    assert (project.created_by_id, project.updated_by_id) == (officer.pk, officer.pk)
    assert project.awarded_on is project.cancelled_on is project.followed_by_id is None
    assert (project.number[:3], project.fiscal_year, project.partners_promised) == ("APS", 2021, 0)


def test_what_did_not_change_writes_nothing(client, officer, agreed):
    project = entered(client, agreed)
    page = client.get(edit_url(project))
    same = posted_of(page)
    assert client.post(edit_url(project), same).status_code == 302
    with alliance_scope(agreed.alliance_id):
        assert Project.objects.get(pk=project.pk).version == 1
        assert not AuditEvent.objects.filter(verb="project.changed").exists()


def posted_of(page) -> dict:
    """What a browser would post from the page as it is."""
    entry = page.context["form"]
    return {**{key: entry.data.getlist(key) for key in entry.data}, "version": [str(page.context["version"])],
            "opened": [page.context["opened"]]}  # fmt: skip


def test_changes_are_written_with_the_fields_that_changed(client, officer, agreed):
    project = entered(client, agreed)
    with alliance_scope(agreed.alliance_id):
        before = project.contributions.get().pk
    data = posted_of(client.get(edit_url(project)))
    data |= {"title": ["Nouveau titre"], "contributions-0-state": ["received"], first_budget(): ["9 000"]}
    assert client.post(edit_url(project), data).status_code == 302
    with alliance_scope(agreed.alliance_id):
        project.refresh_from_db()
        event = AuditEvent.objects.get(verb="project.changed")
        assert event.facts["fields"] == ["title", "budget", "contributions"]
        assert (event.facts["before"]["title"], event.facts["after"]["title"]) == (
            "Cuisine collective de Mékinac",
            "Nouveau titre",
        )
        row = project.contributions.get()
        assert (row.pk, row.state) == (before, "received")
        assert BudgetLine.objects.filter(project=project).order_by("-amount").first().amount == Decimal(9000)


def test_the_second_writer_chooses_and_nothing_is_overwritten(client, officer, agreed):
    project = entered(client, agreed)
    mine = posted_of(client.get(edit_url(project)))
    theirs = {**mine, "title": ["Le leur"], "summary": ["Le leur aussi"]}
    assert client.post(edit_url(project), theirs).status_code == 302
    mine |= {"title": ["Le mien"], "fund_amount": ["9 000"]}
    page = client.post(edit_url(project), mine)
    text = html.unescape(page.content.decode())
    assert page.status_code == 409
    assert "Rien n’est perdu" in text
    assert [(row.section, row.choice) for row in page.context["differences"]] == [
        ("title", ""), ("summary", "theirs"), ("fund_amount", "mine"),
    ]  # fmt: skip
    chosen = {**dict_of(page), "keep-summary": "theirs", "keep-fund_amount": "mine"}
    undecided = client.post(edit_url(project), chosen)
    assert undecided.status_code == 409
    assert "Il reste à choisir" in html.unescape(undecided.content.decode())
    again = client.post(edit_url(project), {**chosen, "keep-title": "mine", "again": "1"})
    assert again.status_code == 200
    assert "Le leur aussi" in again.content.decode()
    assert client.post(edit_url(project), {**chosen, "keep-title": "mine"}).status_code == 302
    with alliance_scope(agreed.alliance_id):
        project.refresh_from_db()
    assert (project.title, project.summary, project.fund_amount, project.version) == (
        "Le mien", "Le leur aussi", Decimal(9000), 3,
    )  # fmt: skip


def dict_of(page) -> dict:
    data: dict = {}
    for key, value in page.context["posted"]:
        data.setdefault(key, []).append(value)
    differs = [row.section for row in page.context["differences"]]
    return {**data, "mixing": "1", "version": str(page.context["project"].version),
            "opened": page.context["opened"], "differs": differs}  # fmt: skip


def test_money_and_organisation_are_frozen_once_awarded(client, officer, agreed):
    with alliance_scope(agreed.alliance_id):
        project = build.project(agreed, state="in_progress")
        other = Organisation.objects.create(name="Un autre organisme")
    page = client.get(edit_url(project))
    assert 'name="fund_amount"' not in page.content.decode()
    data = good(agreed, version="1", fund_amount="1", organisation=str(other.pk), title="Titre corrigé")
    assert client.post(edit_url(project), data).status_code == 302
    with alliance_scope(agreed.alliance_id):
        project.refresh_from_db()
    assert (project.title, project.fund_amount) == ("Titre corrigé", Decimal(78000))
    assert project.organisation_id != other.pk


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_what_is_over_no_longer_changes(client, officer, agreed, state):
    with alliance_scope(agreed.alliance_id):
        project = build.project(agreed)
        ended = {"cancelled_on": date(2022, 1, 1)} if state == "cancelled" else {"awarded_on": date(2021, 6, 1)}
        Project.objects.filter(pk=project.pk).update(state=state, **ended)
    assert client.get(edit_url(project)).status_code == 409
    assert client.post(edit_url(project), good(agreed, version="1")).status_code == 409


@pytest.mark.parametrize("role", ["finance", "reader", "privacy", "delegate"])
def test_who_reads_does_not_write(client, agreed, role):
    with alliance_scope(agreed.alliance_id):
        project = build.project(agreed)
    client.force_login(build.member(role))
    remove = reverse("alliance:project_delete", args=["mauricie", project.pk])
    for address in (new_url(), edit_url(project), remove):
        assert client.get(address).status_code == 404
        assert client.post(address, good(agreed)).status_code == 404


def test_a_draft_is_deleted_with_its_parts_and_only_a_draft(client, officer, agreed):
    project = entered(client, agreed)
    with alliance_scope(agreed.alliance_id):
        kept = build.project(agreed, state="in_progress")
    address = reverse("alliance:project_delete", args=["mauricie", project.pk])
    assert "Supprimer ce brouillon" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert client.post(reverse("alliance:project_delete", args=["mauricie", kept.pk])).status_code == 409
    with alliance_scope(agreed.alliance_id):
        assert list(Project.objects.values_list("pk", flat=True)) == [kept.pk]
        assert not Contribution.objects.exists()
        assert AuditEvent.objects.filter(verb="project.deleted").count() == 1


def test_several_agreements_on_the_day_ask_which(client, officer, agreed):
    with ministry_scope():
        second = sign(
            actor=PORTAL,
            years=[2021],
            alliance_id=agreed.alliance_id,
            cycle=Cycle.objects.get(code="2017-2023"),
            number="APS-2021-04",
            starts_on=date(2021, 4, 1),
            ends_on=date(2022, 3, 31),
            amount=Decimal(1000),
        )
    assert "Entente : Sélectionnez une réponse" in errors_of(client.post(new_url(), good(agreed)))
    assert entered(client, agreed, agreement=str(second.pk)).agreement_id == second.pk


def test_a_form_sent_again_leads_to_the_project_it_entered(client, officer, agreed):
    page = client.get(new_url()).content.decode()
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', page)
    refused = client.post(new_url(), good(agreed, title="", form_key=key))
    assert f'value="{key}"' in refused.content.decode(), "the key stays with what was typed"
    project = entered(client, agreed, form_key=key)
    again = client.post(new_url(), good(agreed, title="", form_key=key), follow=True)
    assert again.redirect_chain == [(f"/a/mauricie/projets/{project.pk}/", 302)]
    assert f"il a inscrit le projet {project.number}" in again.content.decode()
    with alliance_scope(agreed.alliance_id):
        assert Project.objects.count() == 1
    # what is no key is none: the form serves as often as it is sent
    assert entered(client, agreed, form_key="x\x00").pk != entered(client, agreed, form_key="y").pk


def test_the_key_of_another_alliance_leads_nowhere(client, officer, agreed):
    other = build.agreement(of="estrie")
    with alliance_scope(other.alliance_id):
        content, key = content_of(build.project(other)), uuid4()
        theirs = create(
            actor=portal_for(other.alliance_id), alliance=build.alliance("estrie"), content=content, form_key=key
        )
    assert entered(client, agreed, form_key=str(key)).pk != theirs.pk


def test_an_alliance_without_territories_is_asked_for_none(client):
    agreed = build.agreement(of="premieres-nations")
    client.force_login(build.member("officer", of="premieres-nations"))
    address = reverse("alliance:project_new", args=["premieres-nations"])
    page = html.unescape(client.get(address).content.decode())
    assert "L’alliance n’a aucun territoire à la date de début" in page
    assert 'name="territory"' not in page
    response = client.post(address, good(agreed, territory=[]), follow=True)
    assert response.status_code == 200, errors_of(response)
    with alliance_scope(agreed.alliance_id):
        project = Project.objects.get()
        assert (project.territory_ids, project.territories.count()) == ([], 0)
    assert "À préciser" in client.get(reverse("alliance:projects", args=["premieres-nations"])).content.decode()
    # nothing is asked, and nothing is taken either
    outsider = Territory.objects.get(code="371")
    forged = client.post(address, good(agreed, territory=[str(outsider.pk)]))
    assert forged.status_code == 422
