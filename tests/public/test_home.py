"""What everybody may read: the totals of the programme, the alliances, help and rights; and nothing of a tenant."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.look import formats
from alliances.tenancy import scope
from alliances.tenancy.access import portal_for
from alliances.tenancy.globals import GLOBAL_TABLES
from alliances.tenancy.models import Alliance
from projects.models import Contribution
from regions.models import Territory
from regions.money import services as money
from reporting.figures.programme import programme
from reporting.public import totals
from tests.support import build

pytestmark = pytest.mark.django_db

TEXTS = ("public:help", "public:accessibility", "public:privacy", "public:alternate_format")
WALLED = [m for m in apps.get_models() if m._meta.managed and m._meta.db_table not in GLOBAL_TABLES]


def funded(slug: str, committed: int, paid: int, partners: int, day: date = date(2021, 6, 22)) -> None:
    """A project of an alliance with its money committed, some of it paid, and a partner's contribution."""
    agreed = build.agreement(of=slug)
    with scope.alliance_scope(agreed.alliance_id):
        project = build.project(agreed, amount=str(committed), state="approved")
        common = {
            "actor": portal_for(agreed.alliance_id),
            "envelope": build.envelope(agreed),
            "subject_id": project.pk,
            "effective_on": day,
        }
        money.commit(amount=Decimal(committed), key=f"{slug}-committed", **common)
        if paid:
            money.pay(amount=Decimal(paid), key=f"{slug}-paid", **common)
        Contribution.objects.create(
            alliance_id=agreed.alliance_id,
            project=project,
            partner="Une ville",
            kind="municipal",
            form="cash",
            state="confirmed",
            amount=Decimal(partners),
            effective_on=day,
        )


@pytest.fixture
def two_projects():
    funded("mauricie", 60_000, 20_000, 70_000)
    funded("eeyou-istchee", 40_000, 0, 60_000)


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_home_says_what_the_database_holds(client, two_projects):
    html = text(client.get("/"))
    for words in (
        'Cycle 2017-2023, au <time datetime="2022-03-31">',
        "2<span>projets soutenus",
        "100\u00a0k$",
        "130\u00a0k$",
    ):
        assert words in html
    assert formats.money(Decimal("1.30")) in html
    assert "Se connecter" not in html
    assert reverse("account_login") in html


def test_the_public_totals_are_the_ministrys(two_projects):
    with scope.public_scope():
        public = totals.published_totals()
    with scope.ministry_scope():
        whole = programme(public.cycle, public.day).total
    assert (public.projects, public.engaged, public.paid, public.partners) == (
        whole.projects,
        whole.engaged,
        whole.paid,
        whole.partners,
    )
    assert public.engaged == Decimal("100000.00")
    assert public.paid == Decimal("20000.00")


def test_what_comes_after_the_published_day_is_not_told(two_projects):
    funded("estrie", 50_000, 0, 10_000, day=date(2022, 4, 1))
    with scope.public_scope():
        assert totals.published_totals().engaged == Decimal("100000.00")


def test_a_portal_without_projects_says_so(client):
    html = text(client.get("/"))
    assert "Les chiffres d’un cycle paraissent ici" in html
    assert "Aucun appel n’est publié sur le portail" in html


def test_every_alliance_is_on_the_map_and_in_the_list(client):
    html = text(client.get("/"))
    for alliance in Alliance.objects.all():
        assert html.count(f'href="{reverse("public:alliance", args=[alliance.slug])}"') == 2, alliance
    assert "21 alliances couvrent" in html


def test_the_alliances_are_in_french_order(client):
    html = text(client.get("/"))
    listed = html[html.index('class="regions"') :]
    assert listed.index("Eeyou") > listed.index("Laval")  # apart, after the list
    assert listed.index(">Gaspésie") < listed.index(">Îles-de-la-Madeleine") < listed.index(">Lanaudière")


def test_an_alliances_page_names_its_territories(client):
    html = text(client.get(reverse("public:alliance", args=["mauricie"])))
    mauricie = Territory.objects.of_alliance(build.alliance("mauricie").pk, date(2026, 11, 24))
    assert mauricie
    for territory in mauricie:
        assert territory.name in html
    assert client.get(reverse("public:alliance", args=["atlantide"])).status_code == 404


@pytest.mark.parametrize("name", TEXTS)
def test_the_texts_are_there_light_and_linked_from_every_foot(client, name):
    response = client.get(reverse(name))
    html = text(response)
    assert html.count("<h1") == 1
    assert len(response.content) <= 25_000
    assert f'href="{reverse(name)}"' in text(client.get("/"))


@pytest.mark.parametrize("name", ["public:home", *TEXTS])
def test_public_pages_change_nothing(client, name):
    assert client.post(reverse(name)).status_code == 405


def test_the_home_costs_few_queries(client, two_projects):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/")
    asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 12, asked


@pytest.mark.parametrize("model", WALLED, ids=lambda m: m._meta.db_table)
def test_the_public_reads_no_row_of_a_tenant(two_projects, model):
    with scope.public_scope(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.count()


@pytest.mark.parametrize("space", ["alliance", "committee", "ministry", "audit", "promoter", "person"])
def test_the_totals_are_told_in_the_public_space_alone(space):
    statement = "SELECT * FROM programme_totals(1, '2022-03-31')"
    with (
        scope._scope(space, alliance=1, organisation=1, person=1),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def test_the_totals_are_not_told_without_a_scope():
    statement = "SELECT * FROM programme_totals(1, '2022-03-31')"
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute(statement)
