"""The report equals the ledger, to the cent, on every day; and costs as many queries for forty projects as for one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from alliances.tenancy.scope import alliance_scope
from projects.models import Project
from regions.models import Entry
from regions.money.services import deobligate
from reporting.accountability import figures
from reporting.accountability.gather import NOWHERE, gather
from reporting.accountability.years import year_of, years_of
from tests.accountability import rows
from tests.support import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def report(alliance_id, number=2021, today=TODAY):
    year = year_of(alliance_id, number, today)
    moment = datetime(2022, 6, 2, 14, 30, tzinfo=UTC)
    content = gather(year=year, version=1, moment=moment, code="APS-2222-3333", url="https://portail.test/verifier/x/")
    content.check()
    return content


def held(alliance_id, day) -> Decimal:
    """Straight from the entries: what the envelope holds at the end of a day."""
    entries = Entry.objects.filter(
        alliance_id=alliance_id,
        account__state__in=["appropriated", "reserved", "committed"],
        posting__effective_on__lte=day,
    )
    return entries.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def test_the_envelope_is_the_ledger_to_the_cent():
    agreed, _ = rows.small()
    with alliance_scope(agreed.alliance_id):
        envelope = report(agreed.alliance_id).envelope
        assert envelope.opening == held(agreed.alliance_id, date(2021, 3, 31)) == Decimal("4578545.60")
        assert envelope.closing == held(agreed.alliance_id, date(2022, 3, 31))
    assert envelope.appropriated == Decimal("1147136.40")
    assert envelope.other_receipts == 0
    assert envelope.paid_to_projects == Decimal("5033.34")
    assert envelope.administration == Decimal("110250.00")
    assert envelope.mobilisation == envelope.carried == 0
    assert envelope.committed_in_year == Decimal("100.01")
    assert envelope.committed_unpaid == Decimal("15066.67")
    assert envelope.closing == Decimal("5610398.66")


def test_interest_and_recoveries_are_other_receipts(monkeypatch):
    """Sources that no screen draws on yet: read from sums as they will stand."""
    zero = Decimal(0)
    held = {
        ("projects", "interest"): (Decimal(-1), Decimal("-1876.42")),
        ("projects", "recovery"): (zero, Decimal("-0.58")),
        ("projects", "appropriated"): (Decimal(1), Decimal("1877.00")),
    }
    monkeypatch.setattr(figures, "held_around", lambda first, last, agreement: held)
    envelope = figures.envelope_of(SimpleNamespace(first=None, as_of=None, agreement=None))
    assert envelope.other_receipts == Decimal("1876.00")
    assert (envelope.opening, envelope.closing) == (1, Decimal("1877.00"))


def test_the_closing_of_a_year_is_the_opening_of_the_next():
    agreed, _ = rows.small()
    with alliance_scope(agreed.alliance_id):
        envelopes = [report(agreed.alliance_id, number).envelope for number in range(2017, 2023)]
    for before, after in zip(envelopes, envelopes[1:], strict=False):
        assert before.closing == after.opening
    assert envelopes[0].opening == 0


def test_the_year_that_lasts_is_as_of_today():
    agreed, _ = rows.small()
    with alliance_scope(agreed.alliance_id):
        envelope = report(agreed.alliance_id, 2021, today=date(2021, 9, 1)).envelope
        assert envelope.closing == held(agreed.alliance_id, date(2021, 9, 1))
        assert envelope.paid_to_projects == Decimal("5000.00")


def test_projects_are_those_awarded_by_the_end_of_the_year():
    agreed, projects = rows.small()
    with alliance_scope(agreed.alliance_id):
        content = report(agreed.alliance_id)
        Project.objects.filter(pk=projects[0].pk).update(state="cancelled", cancelled_on=date(2021, 10, 1))
        Project.objects.filter(pk=projects[1].pk).update(state="cancelled", cancelled_on=date(2022, 5, 1))
        later = report(agreed.alliance_id)
    assert {row.title for row in content.projects} == {"École citoyenne", "Table commune"}
    key = content.key_figures
    assert (key.projects, key.committed, key.paid, key.paid_in_year) == (
        2,
        Decimal("30100.01"),
        Decimal("15033.34"),
        Decimal("5033.34"),
    )
    # cancelled, but its money still stands in the ledger; cancelled after the year
    assert len(later.projects) == 2
    assert later.key_figures.committed == key.committed


def test_partners_count_when_confirmed_by_the_day_and_promises_stand_apart():
    agreed, _ = rows.small()
    with alliance_scope(agreed.alliance_id):
        content, later = report(agreed.alliance_id), report(agreed.alliance_id, 2022)
    assert content.key_figures.partners == Decimal("40050.00")
    sources = {source.label: (source.cash, source.in_kind, source.promised) for source in content.sources}
    assert sources["MRC et municipalités"] == (Decimal("40000.00"), Decimal("50.00"), 0)
    assert sources["Fondations et philanthropie"] == (0, 0, Decimal("9.99"))
    [partner] = content.partners
    assert (partner.name, partner.projects) == ("Ville", 2)
    assert later.key_figures.partners == Decimal("40050.03")


def test_shares_are_split_to_the_cent_and_nothing_is_lost():
    agreed, _ = rows.small()
    with alliance_scope(agreed.alliance_id):
        content = report(agreed.alliance_id)
    committed = {share.label: share.committed for share in content.by_territory}
    assert committed.pop(NOWHERE) == Decimal("30000.00")
    assert sorted(committed.values()) == [Decimal("50.00"), Decimal("50.01")]
    assert sum(share.projects for share in content.by_priority) == 3


@pytest.mark.parametrize("number", range(2020, 2023))
def test_the_page_shows_what_the_report_says(number):
    """From sums alone, the cancelled ones included: with money left, without any, given back after the end."""
    agreed, projects = rows.small()
    with alliance_scope(agreed.alliance_id):
        books = rows.Books(agreed)
        books.last = 500
        money = {"actor": books.actor, "envelope": build.envelope(agreed, 2020), "reason": "Fin"}
        for place, (day, back) in enumerate([("2021-04-10", "2021-04-10"), ("2021-03-30", "2021-04-10")]):
            other = rows.project(agreed, 20 + place, f"Annulé {place}", date(2020, 7, 1))
            books.commit(other, 2020, "50.00", date(2020, 7, 1))
            given_back = {"amount": Decimal("50"), "subject_id": other.pk, "effective_on": date.fromisoformat(back)}
            deobligate(key=f"back-{place}", **money, **given_back)
            Project.objects.filter(pk=other.pk).update(state="cancelled", cancelled_on=date.fromisoformat(day))
        Project.objects.filter(pk=projects[0].pk).update(state="cancelled", cancelled_on=date(2021, 10, 1))
        year = year_of(agreed.alliance_id, number, TODAY)
        content = report(agreed.alliance_id, number)
        assert figures.year_figures(year) == (content.key_figures, content.envelope)
        assert content.key_figures.projects == {2020: 3, 2021: 2, 2022: 3}[number]


def test_an_empty_alliance_has_an_empty_report():
    agreed = build.agreement(of="estrie", years=(2021,))
    with alliance_scope(agreed.alliance_id):
        content = report(agreed.alliance_id)
    assert (content.projects, content.by_priority, content.sources, content.partners) == ((), (), (), ())
    assert content.envelope.closing == content.envelope.appropriated == Decimal("5735682.00")
    assert content.identity.region_name == "Estrie"


def test_another_alliance_is_not_counted():
    agreed, _ = rows.small()
    other = build.agreement(of="estrie")
    with alliance_scope(other.alliance_id):
        assert report(other.alliance_id).key_figures.projects == 0
        assert year_of(agreed.alliance_id, 2021) is None, "the wall hides the agreement"


def test_forty_projects_cost_as_many_queries_as_three():
    agreed, _ = rows.small()
    counts = []
    with alliance_scope(agreed.alliance_id):
        for more in (0, 40):
            rows.many(agreed, more)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                content = report(agreed.alliance_id)
            counts.append(len(queries))
    assert content.key_figures.projects == 42
    assert counts[0] == counts[1] <= 10


def test_years_run_from_the_agreement_s_first_to_its_last():
    agreed = build.agreement()
    with alliance_scope(agreed.alliance_id):
        years = years_of(agreed.alliance_id, date(2021, 11, 24))
    assert [year.year for year in years] == [2022, 2021, 2020, 2019, 2018, 2017]
    assert [year.is_future for year in years] == [True, False, False, False, False, False]
    assert (years[1].as_of, years[2].as_of) == (date(2021, 11, 24), date(2021, 3, 31))
