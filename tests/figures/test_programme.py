"""The programme's figures are sums of what is in the database, the same for whoever may read them."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.tenancy.access import portal_for
from alliances.tenancy.scope import alliance_scope, ministry_scope
from projects.models import Contribution, Project
from regions.models import Cycle
from regions.money.services import commit, deobligate, pay
from reporting.dashboards import tilemap
from reporting.figures.alliance import agreement_of
from reporting.figures.programme import of_agreement, programme, sources
from reporting.figures.rows import project_rows
from tests.support import build

pytestmark = pytest.mark.django_db
AWARD, PAYMENT, CANCEL = date(2021, 6, 22), date(2021, 8, 30), date(2022, 5, 1)


@pytest.fixture
def year():
    """Mauricie and Nunavik (totals only): each a project of 78 000, 31 200 paid, partners 54 000, promised 5 000."""
    for slug in ("mauricie", "nunavik"):
        agreed = build.agreement(of=slug)
        with alliance_scope(agreed.alliance_id):
            project = build.project(agreed, title=f"École citoyenne – {slug}", state="approved")
            act = {
                "actor": portal_for(agreed.alliance_id),
                "envelope": build.envelope(agreed),
                "subject_id": project.pk,
            }
            commit(amount=Decimal(78000), key="c", effective_on=AWARD, **act)
            pay(amount=Decimal(31200), key="p", effective_on=PAYMENT, **act)
            for amount, state, kind in (
                (20000, "confirmed", "municipal"),
                (34000, "received", "philanthropy"),
                (5000, "promised", "canada"),
            ):
                Contribution.objects.create(
                    alliance_id=agreed.alliance_id,
                    project=project,
                    partner=f"Partenaire {kind}",
                    kind=kind,
                    form="cash",
                    state=state,
                    amount=amount,
                    effective_on=date(2021, 5, 1),
                )
    return Cycle.objects.get(code="2017-2023")


def at(cycle, day):
    with ministry_scope():
        return programme(cycle, day)


def test_totals_as_of_a_day(year):
    before, after = at(year, date(2021, 6, 21)), at(year, date(2022, 3, 31))
    assert (before.total.projects, before.total.engaged, before.total.partners) == (0, 0, 0)
    assert after.total.projects == 2
    assert after.total.engaged == 156000
    assert after.total.paid == 62400
    assert after.total.partners == 108000, "promises do not count"
    assert round(after.total.leverage, 2) == Decimal("0.69")
    assert after.total.balance == after.total.envelope - 156000


def test_sources_say_where_the_money_comes_from(year):
    assert sources(at(year, date(2022, 3, 31)).total) == [
        ("Fonds québécois d’initiatives sociales", Decimal(156000)),
        ("Fondations et philanthropie", Decimal(68000)),
        ("MRC et municipalités", Decimal(40000)),
    ]


def test_a_cancelled_project_stops_counting_on_its_day_and_not_before(year):
    with alliance_scope(build.alliance().pk):
        project = Project.objects.get()
        deobligate(
            actor=portal_for(project.alliance_id),
            envelope=build.envelope(agreement_of(project.alliance_id, AWARD)),
            amount=Decimal(46800),
            subject_id=project.pk,
            key="d",
            effective_on=CANCEL,
            reason="Le projet n’aura pas lieu.",
        )
        Project.objects.filter(pk=project.pk).update(state="cancelled", cancelled_on=CANCEL)
    before, after = at(year, date(2022, 4, 30)), at(year, CANCEL)
    assert (before.total.projects, before.total.engaged, before.total.partners) == (2, 156000, 108000)
    assert (after.total.projects, after.total.engaged, after.total.partners) == (1, 109200, 54000)


def test_the_alliance_reads_the_same_figures_as_the_ministry(year):
    day = date(2022, 3, 31)
    theirs = {line.alliance.slug: line for line in at(year, day).lines}
    for slug in ("mauricie", "nunavik"):
        with alliance_scope(build.alliance(slug).pk):
            mine, years = of_agreement(agreement_of(build.alliance(slug).pk, day), day)
            assert sum(year.line.engaged for year in years) == mine.engaged
        for name in ("envelope", "engaged", "paid", "balance", "projects", "partners", "leverage"):
            assert getattr(mine, name) == getattr(theirs[slug], name), name


def test_rows_behind_a_figure_add_up_to_it(year):
    with ministry_scope():
        line = next(line for line in programme(year, PAYMENT).lines if line.alliance.slug == "mauricie")
        rows, following = project_rows(line.alliance.pk, line.agreement_id, PAYMENT)
        assert sum(row.engaged for row in rows) == line.engaged
        assert sum(row.paid for row in rows) == line.paid
        assert sum(row.partners for row in rows) == line.partners
        assert following is None
        earlier, _ = project_rows(line.alliance.pk, line.agreement_id, AWARD)
        assert [row.paid for row in earlier] == [0]


def signed_in(client, user):
    client.force_login(user)
    return client


def test_the_pages_of_the_ministry_and_of_the_auditor(client, year):
    for role, space in (("analyst", "ministry"), ("auditor", "audit")):
        signed_in(client, build.ministry_member(role))
        page = client.get(reverse(f"{space}:home"))
        assert page.status_code == 200
        html = page.content.decode()
        assert "0,69\u00a0$" in html
        assert "156\u00a0000,00" in html
        rows = client.get(reverse(f"{space}:alliance", args=["mauricie"])).content.decode()
        assert "École citoyenne – mauricie" in rows
        totals = client.get(reverse(f"{space}:alliance", args=["nunavik"])).content.decode()
        assert "École citoyenne – nunavik" not in totals
        assert "Cette alliance communique des totaux au Ministère" in totals
        assert "78\u00a0000,00" in totals


@pytest.mark.parametrize(
    "asked",
    ["situation=2021-02-30", "situation=hier", "cycle=x", "mesure=%00", "avant=-1", "avant=9" * 9, "cycle=2010-2016"],
)
def test_unreadable_questions_get_a_page(client, year, asked):
    signed_in(client, build.ministry_member())
    for address in (reverse("ministry:home"), reverse("ministry:alliance", args=["mauricie"])):
        assert client.get(f"{address}?{asked}").status_code in {200, 400}


def test_the_number_of_queries_does_not_grow(client, year):
    signed_in(client, build.ministry_member())
    client.get(reverse("ministry:home"))
    pages = [reverse("ministry:home"), reverse("ministry:alliance", args=["mauricie"])]

    def count():
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
        return counts

    few = count()
    agreed = None
    with alliance_scope(build.alliance().pk):
        agreed = agreement_of(build.alliance().pk, AWARD)
        for n in range(2, 60):
            build.project(agreed, number=f"APS-04-2021-{n:04}", state="approved", amount="10")
    assert count() == few
    assert max(few) <= 12, few


def test_the_dashboard_of_an_alliance(client, year):
    signed_in(client, build.member("manager"))
    page = client.get(reverse("alliance:dashboard", args=["mauricie"]))
    html = page.content.decode()
    assert page.status_code == 200
    assert "78\u00a0000,00\u00a0$" in html
    assert "5\u00a0735\u00a0682\u00a0$" in html
    assert client.get(reverse("alliance:home", args=["mauricie"])).status_code == 302


def test_what_is_written_alike_is_in_one_class_of_the_map():
    shares = ["70.1", "76.2", "80.1", "84.1", "84.2", "84.3", "84.4", "86", "88.1", "88.3"]
    codes = list(tilemap.PLACES)[: len(shares)]
    lines = [
        SimpleNamespace(alliance=SimpleNamespace(code=code, detail_to_ministry=True), share_engaged=Decimal(share))
        for code, share in zip(codes, shares, strict=True)
    ]
    drawn = tilemap.draw(lines, tilemap.MEASURES["engage"])
    shades: dict[str, set[int]] = {}
    for tile in drawn.tiles:
        shades.setdefault(tile.value, set()).add(tile.shade)
    assert all(len(found) == 1 for found in shades.values()), shades
    ends = [label.split(" à ") for _, label in drawn.legend]
    assert all(one[-1] != after[0] for one, after in zip(ends, ends[1:], strict=False)), ends
