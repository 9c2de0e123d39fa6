"""The pages of the ledger: each figure is the sum of the entries behind its link, and opens on them."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.tenancy.access import portal_for
from alliances.tenancy.scope import alliance_scope
from regions.money import listing
from regions.money.enums import SOURCES, Cause
from regions.money.models import Entry, Posting
from regions.money.services import commit, pay, spend
from regions.money.services import reverse as reverse_posting
from tests.support import build

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 22)
LOOK_UPS = {
    "exercice": "account__envelope__fiscal_year",
    "du": "posting__effective_on__gte",
    "au": "posting__effective_on__lte",
    "sorte": "account__envelope__kind__in",
    "cause": "posting__cause__in",
}


def url(name, **kwargs):
    return reverse(f"alliance:{name}", kwargs={"alliance": "mauricie", **kwargs})


def typed(text: str) -> Decimal:
    return Decimal(re.sub("[^0-9,−]", "", text).replace(",", ".").replace("−", "-"))


@pytest.fixture
def agreed():
    return build.agreement()


@pytest.fixture
def filled(agreed, client):
    """60 000 committed and 30 000 paid, sent back, on the branch of 2021; 1 000 of administration spent."""
    reader = build.member("reader")
    with alliance_scope(agreed.alliance_id):
        actor, branch, project = portal_for(agreed.alliance_id), build.envelope(agreed), build.project(agreed)
        mine = {"actor": actor, "envelope": branch, "subject_id": project.pk, "effective_on": DAY}
        commit(amount=Decimal("60000"), key="c", label=f"{project.number} {project.title}", **mine)
        pay(amount=Decimal("10000.10"), key="p", **mine)
        paid = pay(amount=Decimal("30000"), key="q", **mine)
        reverse_posting(actor=actor, posting=paid, key="r", effective_on=DAY, cause=Cause.RETURN, reason="Compte fermé")
        office = build.envelope(agreed, 2021, "administration")
        spend(actor=actor, envelope=office, amount=Decimal("1000"), key="s", effective_on=DAY)
    client.force_login(reader)
    return project


def test_each_figure_of_the_envelopes_is_the_sum_of_what_it_opens(client, filled):
    page = client.get(url("envelopes")).content.decode()
    year = page[page.index('id="exercice-2021"') : page.index('id="exercice-2020"')]
    links = re.findall(r'<a href="([^"]*grand-livre/\?[^"]*)">([^<]+)</a>', year)
    assert len(links) == 4 + 2 * 5
    for address, shown in links:
        ledger = client.get(html.unescape(address))
        assert ledger.status_code == 200
        rows, total = 0, Decimal(0)
        while True:
            rows += len(ledger.context["rows"])
            total += sum((row.entry.amount for row in ledger.context["rows"]), Decimal(0))
            following = ledger.context["next"]
            if not following:
                break
            ledger = client.get(html.unescape(address) + f"&avant={following}")
        assert total == typed(shown), (address, shown)


def test_the_figures_of_the_year(client, filled):
    (year,) = [one for one in client.get(url("envelopes")).context["years"] if one.envelope.fiscal_year == 2021]
    assert (year.credits, year.engaged, year.paid) == (
        Decimal("1147136.40"),
        Decimal("61000.00"),
        Decimal("11000.10"),
    )
    assert year.free == Decimal("1086136.40")


def test_a_page_goes_on_where_the_one_before_ended(client, filled, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 3)
    address, seen, running = url("ledger"), [], []
    query = {"etat": "engaged"}
    while True:
        page = client.get(address, query)
        seen += [row.entry.pk for row in page.context["rows"]]
        running += [row.running for row in page.context["rows"]]
        if not page.context["next"]:
            break
        query["avant"] = page.context["next"]
    assert seen == sorted(set(seen), reverse=True)
    assert running[0] == Decimal("61000.00")
    # the first entry of all: the running total is its own amount
    assert running[-1] == Decimal("60000.00")


def test_the_entries_of_a_project(client, filled):
    page = client.get(url("ledger"), {"projet": filled.pk, "etat": "paid"})
    assert page.context["total"] == Decimal("10000.10")
    assert {row.entry.posting.subject_id for row in page.context["rows"]} == {filled.pk}
    assert url("project", project=filled.pk) in page.content.decode()


def test_a_posting_says_who_when_and_what_it_reverses(client, agreed, filled):
    with alliance_scope(agreed.alliance_id):
        paid, back = (Posting.objects.get(idempotency_key=key) for key in ("q", "r"))
    page = client.get(url("posting", posting=back.pk)).content.decode()
    for words in ("Retour de la banque", "Le portail", "Compte fermé", f"Écriture {paid.pk}", "Contrepasse"):
        assert words in page
    assert "Clé d’unicité" in page
    assert f"Écriture {back.pk}" in client.get(url("posting", posting=paid.pk)).content.decode()
    assert client.get(url("posting", posting=10**15)).status_code == 404
    assert client.get(f"/a/mauricie/ecritures/{10**30}/").status_code == 404


def test_another_alliance_does_not_open_it(client, agreed, filled):
    with alliance_scope(agreed.alliance_id):
        posting = Posting.objects.get(idempotency_key="c")
    client.force_login(build.member("manager", of="estrie"))
    assert client.get(url("posting", posting=posting.pk)).status_code == 404
    elsewhere = reverse("alliance:posting", kwargs={"alliance": "estrie", "posting": posting.pk})
    assert client.get(elsewhere).status_code == 404
    ledger = reverse("alliance:ledger", kwargs={"alliance": "estrie"})
    assert client.get(ledger, {"projet": filled.pk}).context["rows"] == []


FILTERS = [
    {},
    {"etat": "paid"},
    {"etat": "engaged", "exercice": "2021"},
    {"au": "2021-06-30"},
    {"du": "2021-06-22", "au": "2021-06-22", "etat": "paid"},
    {"du": "2021-04-02", "sorte": "projects,year", "etat": "appropriated"},
    {"cause": "payment,return", "etat": "committed"},
    {"au": "2020-03-31", "cause": "appropriation"},
    {"etat": "paid", "du": "2021-06-23"},
]


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_totals_and_pages_are_those_of_the_entries(client, agreed, filled, monkeypatch, query):
    """Balances and sums by day say what the entries say, whichever the filters; pages go from the last to the first."""
    monkeypatch.setattr(listing, "SIZE", 4)
    with alliance_scope(agreed.alliance_id):
        expected = Entry.objects.exclude(account__state__in=SOURCES)
        states = {"engaged": ["committed", "paid"]}.get(
            query.get("etat", ""), [query["etat"]] if "etat" in query else []
        )
        expected = expected.filter(account__state__in=states) if states else expected
        for name, look_up in LOOK_UPS.items():
            if name in query:
                value = query[name].split(",") if look_up.endswith("in") else query[name]
                expected = expected.filter(**{look_up: value})
        expected = dict(expected.order_by("-id").values_list("id", "amount"))
    seen, running, after = [], [], ""
    while True:
        page = client.get(url("ledger"), {**query, "avant": after}).context
        assert page["total"] == sum(expected.values())
        seen += [row.entry.pk for row in page["rows"]]
        running += [row.running for row in page["rows"]]
        if not (after := page["next"]):
            break
    assert seen == list(expected)
    if "etat" in query:
        assert running == [sum(list(expected.values())[place:]) for place in range(len(expected))]


@pytest.mark.parametrize("name", ["envelopes", "ledger"])
def test_it_costs_the_same_for_many_postings(client, agreed, filled, name):
    def cost() -> int:
        client.get(url(name))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(name)).status_code == 200
        return sum(not re.match(r"(RELEASE )?SAVEPOINT", row["sql"]) for row in captured)

    before = cost()
    with alliance_scope(agreed.alliance_id):
        actor, branch = portal_for(agreed.alliance_id), build.envelope(agreed)
        for place in range(30):
            commit(
                actor=actor,
                envelope=branch,
                amount=Decimal(1),
                subject_id=filled.pk,
                key=f"n{place}",
                effective_on=DAY,
            )
    assert before == cost() <= 12
