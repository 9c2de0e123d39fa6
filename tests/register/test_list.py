"""The list of projects: filters, totals, pages by cursor, a delegate's view, garbage in the address, its cost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.tenancy.access import portal_for
from alliances.tenancy.scope import alliance_scope
from projects.models import Contribution, Project, ProjectPriority, ProjectTerritory
from projects.register import cursors
from projects.register.filters import Filters
from projects.register.listing import PAGE, page_of
from regions.models import Priority, Territory
from regions.money.services import commit, pay
from tests.support import build

pytestmark = pytest.mark.django_db
MAURICIE = ("350", "360", "371", "372", "510", "900")


@pytest.fixture
def agreed():
    return build.agreement()


@pytest.fixture
def tenant(agreed):
    return build.alliance()


def many(agreed, count: int, **changes) -> list[Project]:
    """Projects whose keys tie by fives, so that every page break falls within a tie."""
    now = timezone.now().replace(microsecond=0)
    base = build.project(agreed, title="Projet 000", number="APS-04-2021-9000")
    rows = [
        Project(
            alliance_id=agreed.alliance_id,
            agreement=agreed,
            organisation_id=base.organisation_id,
            number=f"APS-04-2021-{number:04d}",
            title=f"Projet {number // 5:03d}",
            starts_on=base.starts_on,
            ends_on=base.ends_on + timedelta(days=number // 5),
            fund_amount=Decimal(1000 + number),
            state="draft",
            state_since=now,
            updated_at=now - timedelta(minutes=number // 5),
            **changes,
        )
        for number in range(1, count)
    ]
    return [base, *Project.objects.bulk_create(rows)]


def url(name="projects", **query):
    return reverse(f"alliance:{name}", args=["mauricie"], query=query or None)


@pytest.mark.parametrize("sort", ["-modif", "modif", "titre", "-titre", "accorde", "-accorde", "fin", "-fin"])
def test_pages_by_cursor_show_each_project_once_both_ways(agreed, sort):
    with alliance_scope(agreed.alliance_id):
        many(agreed, 2 * PAGE + 7)
        filters, today = Filters(sort=sort), timezone.localdate()
        pages, cursor = [], None
        while True:
            page = page_of(agreed.alliance_id, None, filters, cursor, today)
            pages.append([row.pk for row in page.rows])
            if page.after is None:
                break
            cursor = cursors.read({"apres": page.after.write()}, filters.column)
        seen = [pk for rows in pages for pk in rows]
        assert [len(rows) for rows in pages] == [PAGE, PAGE, 7]
        assert len(set(seen)) == len(seen) == page.totals.n
        assert (page.first, page.last) == (101, 107)
        back = page_of(
            agreed.alliance_id, None, filters, cursors.read({"avant": page.before.write()}, filters.column), today
        )
        assert [row.pk for row in back.rows] == pages[1]
        assert (back.first, back.after is not None, back.before is not None) == (51, True, True)
        start = page_of(
            agreed.alliance_id, None, filters, cursors.read({"avant": back.before.write()}, filters.column), today
        )
        assert [row.pk for row in start.rows] == pages[0]
        assert start.before is None


@pytest.mark.parametrize(
    "query",
    [
        {"apres": "x"},
        {"apres": "A" * 5000},
        {"apres": "W10"},
        {"apres": "WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwxLDFd"},
        {"apres": "WzFlOTk5LDEsMV0", "tri": "accorde"},
        {"avant": "WyJcdWQ4MDAiLDEsMV0", "tri": "titre"},
        {"avant": "WyJcdTAwMDAiLDEsMV0", "tri": "titre"},
        {"apres": "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5LDEsMV0", "tri": "-accorde"},
        {"apres": "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwxLDFd"},
        {"tri": "password", "etat": "x", "exercice": "99999", "territoire": "9" * 40, "priorite": "-1"},
        {"territoire": "9" * 18, "priorite": "9" * 18, "exercice": "1"},
        {"q": "%_\\'\"", "organisme": "%%%"},
        {"q": "a" * 100_000},
        {"q": "ab"},
        {"q": "É" * 120, "organisme": "É" * 120},
    ],
)
def test_garbage_in_the_address_is_a_page(client, agreed, query):
    client.force_login(build.member("officer"))
    assert client.get(reverse("alliance:projects", args=["mauricie"]), query).status_code == 200


@pytest.mark.parametrize("raw", ["q=%00", "q=%ED%A0%80", "apres=%00"])
def test_control_characters_never_break(client, agreed, raw):
    client.force_login(build.member("officer"))
    assert client.get(f"{url()}?{raw}").status_code in {200, 400}


@pytest.fixture
def varied(agreed):
    """Twelve projects over two territories and two priorities, some awarded, paid and with partners."""
    with alliance_scope(agreed.alliance_id):
        actor, branch = portal_for(agreed.alliance_id), build.envelope(agreed)
        places = list(Territory.objects.ever_of_alliance(agreed.alliance_id)[:2])
        aims = list(Priority.objects.all()[:2])
        rows = []
        for number in range(12):
            state = "draft" if number % 3 == 0 else "in_progress"
            row = build.project(agreed, title=f"Cuisine {number}", number=f"APS-04-2021-{number:04d}", state=state)
            here = places if number % 4 == 0 else [places[number % 2]]
            for place in here:
                ProjectTerritory.objects.create(
                    alliance_id=row.alliance_id, project=row, territory=place, share=Decimal(100) / len(here)
                )
            ProjectPriority.objects.create(alliance_id=row.alliance_id, project=row, priority=aims[number % 2])
            Contribution.objects.create(
                alliance_id=row.alliance_id,
                project=row,
                partner="Caisse",
                kind="business",
                form="cash",
                state="confirmed" if number % 2 else "promised",
                amount=Decimal("10.25") * (number + 1),
                effective_on=row.starts_on,
            )
            if state == "in_progress":
                move = {"actor": actor, "envelope": branch, "subject_id": row.pk, "effective_on": row.starts_on}
                commit(amount=Decimal(1000 + number), key=f"c{number}", **move)
                pay(amount=Decimal(number + 1), key=f"p{number}", **move)
            rows.append(row)
    return agreed, rows, places, aims


def live(agreed, chosen):
    """The same sums, added row by row in Python."""
    rows = Project.objects.filter(alliance_id=agreed.alliance_id, pk__in=[row.pk for row in chosen])
    rows = list(rows)
    awarded = [row for row in rows if row.state not in {"draft", "cancelled"}]
    return (
        len(rows),
        sum((row.committed + row.paid for row in rows), Decimal(0)),
        sum((row.paid for row in rows), Decimal(0)),
        sum((row.partners_secured for row in awarded), Decimal(0)),
    )


def totals(agreed, filters, territories=None):
    found = page_of(agreed.alliance_id, territories, filters, None, timezone.localdate())
    return (found.totals.n, found.totals.engaged, found.totals.paid, found.totals.partners), [
        row.pk for row in found.rows
    ]


def test_totals_are_the_sums_of_the_rows_whatever_is_filtered(varied):
    agreed, rows, places, aims = varied
    with alliance_scope(agreed.alliance_id):
        for row in rows:
            row.refresh_from_db()
        cases = [
            (Filters(), rows),
            (Filters(state="draft"), [row for row in rows if row.state == "draft"]),
            (Filters(territory=places[0].pk), [row for row in rows if places[0].pk in row.territory_ids]),
            (Filters(priority=aims[1].pk), [row for row in rows if aims[1].pk in row.priority_ids]),
            (Filters(year=2021), rows),
            (Filters(year=2020), []),
            (Filters(words="cuisine 1"), [row for row in rows if "1" in row.title or "1" in row.number]),
            (Filters(promoter=rows[0].organisation.name[:6]), rows),
            (
                Filters(state="in_progress", territory=places[1].pk, priority=aims[1].pk, year=2021),
                [
                    row
                    for row in rows
                    if row.state == "in_progress"
                    and places[1].pk in row.territory_ids
                    and aims[1].pk in row.priority_ids
                ],
            ),
        ]
        for filters, wanted in cases:
            if filters.words:  # « 1 » is too short for the index of words: « cuisine » alone decides
                wanted = rows
            sums, shown = totals(agreed, filters)
            assert sums == live(agreed, wanted), filters
            assert set(shown) == {row.pk for row in wanted}, filters


def test_totals_follow_every_change(varied):
    agreed, rows, places, _aims = varied
    with alliance_scope(agreed.alliance_id):
        Contribution.objects.filter(project=rows[1]).update(amount=Decimal("99.99"))
        ProjectTerritory.objects.filter(project=rows[2]).update(territory=places[1])
        Project.objects.filter(pk=rows[3].pk).update(fund_amount=Decimal(5))
        sums, _ = totals(agreed, Filters(territory=places[1].pk))
        wanted = Project.objects.filter(territory_ids__contains=[places[1].pk])
        assert sums == live(agreed, wanted)


def test_a_delegate_sees_its_territory_alone(client, varied):
    agreed, rows, places, _aims = varied
    client.force_login(build.delegate_of(places[0].code))
    page = client.get(url())
    text = page.content.decode()
    with alliance_scope(agreed.alliance_id):
        mine = [row for row in Project.objects.order_by("pk") if places[0].pk in row.territory_ids]
        others = [row for row in Project.objects.order_by("pk") if places[0].pk not in row.territory_ids]
    assert f"{places[0].name} seulement" in text
    assert all(row.title in text for row in mine)
    assert not any(f">{row.title}<" in text for row in others)
    assert page.context["page"].totals.n == len(mine) < len(rows)
    assert client.get(url("project_new")).status_code == 404
    assert client.get(reverse("alliance:project_edit", args=["mauricie", mine[0].pk])).status_code == 404
    export = client.post(url("projects_export"), {"format": "csv"}).content.decode("utf-8-sig")
    assert export.count("\r\n") == len(mine) + 1
    assert not any(row.number in export for row in others)


def test_another_alliance_sees_nothing(client, varied):
    client.force_login(build.member("officer", of="estrie"))
    assert client.get(url()).status_code == 404
    text = client.get(reverse("alliance:projects", args=["estrie"])).content.decode()
    assert "Cuisine" not in text


def test_the_pages_of_one_row_and_sixty_cost_the_same(client, agreed):
    client.force_login(build.member("officer"))
    with alliance_scope(agreed.alliance_id):
        rows = many(agreed, 1)
    client.get(url())

    def cost(**query):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(url(**query)).status_code == 200
        return len([q for q in seen if "SAVEPOINT" not in q["sql"]])

    one = cost(), cost(q="projet", organisme="entraide")
    with alliance_scope(agreed.alliance_id):
        Project.objects.filter(pk=rows[0].pk)._raw_delete("default")
        many(agreed, 60)
    assert (cost(), cost(q="projet", organisme="entraide")) == one
    assert max(one) <= 12, one


def test_empty_lists_say_what_to_do(client, agreed):
    client.force_login(build.member("officer"))
    assert "Aucun projet." in client.get(url()).content.decode()
    with alliance_scope(agreed.alliance_id):
        build.project(agreed)
    text = client.get(url(etat="closed")).content.decode()
    assert "Aucun projet ne correspond à ces filtres." in text
    assert "Retirer les filtres" in text


def test_htmx_gets_the_results_alone_and_history_the_page(client, agreed):
    client.force_login(build.member("reader"))
    part = client.get(url(etat="draft"), headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert part["HX-Push-Url"].endswith("?etat=draft")
    whole = client.get(url(), headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in whole.content
    assert "Nouveau projet" not in whole.content.decode()
