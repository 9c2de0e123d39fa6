"""The figures of a fiscal year: sums of the ledger and of partners' contributions. In the alliance's scope.

What counts. *The envelope* is the whole agreement: every account of every one of its envelopes, by the day each entry
takes effect. *The projects* are those of the agreement awarded on or before the day and not cancelled by then, and also
any other for which money of the fund still stands on that day: no dollar of the ledger is left out of the table.
*Engagé* is committed plus paid. *Partners* are counted when confirmed or received, as of the day, for those projects.
A project's title and state are what they are when the report is made; the report freezes them.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Q, Sum

from projects.models import Contribution, Project
from projects.register.asof import projects_as_of
from regions.models import Entry
from regions.money.asof import held_around
from reporting.accountability.content import ZERO, Envelope, KeyFigures
from reporting.accountability.years import FiscalYear

HELD = ("appropriated", "reserved", "committed")
OWN_COSTS = ("administration", "mobilisation")


@dataclass
class Money:
    """What the fund did for one project, up to the day."""

    committed: Decimal = ZERO  # « engagé »
    paid: Decimal = ZERO
    paid_in_year: Decimal = ZERO


def envelope_of(year: FiscalYear) -> Envelope:
    """The situation of the envelope over the year. One query, of the sums kept by month and by day."""
    return _envelope(held_around(year.first, year.as_of, year.agreement))


def _envelope(held: dict) -> Envelope:
    before, moved = defaultdict(lambda: ZERO), defaultdict(lambda: ZERO)
    paid, committed_in_year = defaultdict(lambda: ZERO), ZERO
    for (kind, state), (opening, total) in held.items():
        movement = total - opening
        before[state] += opening
        moved[state] += movement
        own = kind in OWN_COSTS
        if state == "paid":
            paid[kind if own else "projects"] += movement
        if state in ("committed", "paid") and not own:
            committed_in_year += movement
    unpaid = before["committed"] + moved["committed"]
    closing = sum((before[state] + moved[state] for state in HELD), ZERO)
    return Envelope(
        opening=sum((before[state] for state in HELD), ZERO),
        # What was given back to the Ministry is taken off what came from it.
        appropriated=-moved["source"] - moved["returned"],
        other_receipts=-moved["interest"] - moved["recovery"],
        carried=-moved["opening"] - moved["carried"],
        committed_in_year=committed_in_year,
        paid_to_projects=paid["projects"],
        administration=paid["administration"],
        mobilisation=paid["mobilisation"],
        closing=closing,
        committed_unpaid=unpaid,
        free=closing - unpaid,
    )


def money_by_project(year: FiscalYear) -> dict[int, Money]:
    """{project id: its money up to the day}. One query."""
    agreement = year.agreement
    rows = (
        Entry.objects.filter(
            alliance_id=agreement.alliance_id,
            account__state__in=("committed", "paid"),
            account__envelope__agreement_id=agreement.pk,
            posting__subject_id__isnull=False,
            posting__effective_on__lte=year.as_of,
        )
        .values_list("posting__subject_id")
        .annotate(
            engaged=Sum("amount"),
            paid=Sum("amount", filter=Q(account__state="paid"), default=ZERO),
            in_year=Sum("amount", filter=Q(account__state="paid", posting__effective_on__gte=year.first), default=ZERO),
        )
    )
    return {project: Money(engaged, paid, in_year) for project, engaged, paid, in_year in rows}


def funded(year: FiscalYear, money: dict[int, Money]):
    """The projects that the report counts (see above), as a queryset."""
    alive = Q(awarded_on__lte=year.as_of) & (Q(cancelled_on=None) | Q(cancelled_on__gt=year.as_of))
    with_money = [pk for pk, each in money.items() if each.committed or each.paid or each.paid_in_year]
    return Project.objects.filter(
        Q(agreement_id=year.agreement.pk) & alive | Q(pk__in=with_money), alliance_id=year.agreement.alliance_id
    )


def contributions(year: FiscalYear):
    """Partners' contributions that count on the day: what is promised, and what is confirmed or received."""
    secured = Q(counts_from__lte=year.as_of) & (Q(counts_until=None) | Q(counts_until__gt=year.as_of))
    promised = Q(state="promised", effective_on__lte=year.as_of)
    return Contribution.objects.filter(secured | promised, alliance_id=year.agreement.alliance_id)


def year_figures(year: FiscalYear) -> tuple[KeyFigures, Envelope]:
    """The same as in the report, for the page, from sums alone: three queries and few rows, whatever the projects.

    Only holders spend without a project, and only on their own kinds of branches; money of a project stands under its
    agreement, from its award on (invariants money_of_projects and money_after_award). So what is engaged and paid is
    that of the other kinds, and the projects counted are those awarded and not cancelled, with the cancelled ones for
    which money still stands.
    """
    held = held_around(year.first, year.as_of, year.agreement)
    of_projects = {key: sums for key, sums in held.items() if key[0] not in OWN_COSTS}
    paid = sum((closing for (_, state), (_, closing) in of_projects.items() if state == "paid"), ZERO)
    before = sum((opening for (_, state), (opening, _) in of_projects.items() if state == "paid"), ZERO)
    committed = sum((closing for (_, state), (_, closing) in of_projects.items() if state == "committed"), ZERO)
    here = {"alliance_id": year.agreement.alliance_id, "agreement_id": year.agreement.pk}
    counted = projects_as_of(year.as_of, "kind", **here)
    key = KeyFigures(
        projects=sum(n for _, n, _ in counted) + cancelled_with_money(year),
        committed=committed + paid,
        paid=paid,
        paid_in_year=paid - before,
        partners=sum((partners for kind, _, partners in counted if kind), ZERO),
    )
    return key, _envelope(held)


def key_figures(year: FiscalYear) -> KeyFigures:
    return year_figures(year)[0]


# First the few cancelled projects whose postings say more than « committed, then given back by the day of its end »;
# then what their entries add up to, as for every project of the report.
_CANCELLED = """
WITH few AS MATERIALIZED (
  SELECT p.id FROM project p
   WHERE p.alliance_id = %(alliance)s AND p.agreement_id = %(agreement)s AND p.awarded_on IS NOT NULL
     AND p.cancelled_on <= %(day)s
     AND (p.committed > 0 OR p.paid > 0 OR EXISTS (
          SELECT FROM posting s
           WHERE s.alliance_id = p.alliance_id AND s.subject_id = p.id AND s.cause <> 'commitment'
             AND NOT (s.cause = 'deobligation' AND s.effective_on <= p.cancelled_on))))
SELECT count(*) FROM (
  SELECT s.subject_id FROM few
    JOIN posting s ON s.alliance_id = %(alliance)s AND s.subject_id = few.id AND s.effective_on <= %(day)s
    JOIN entry e ON e.alliance_id = s.alliance_id AND e.posting_id = s.id
    JOIN account a ON a.alliance_id = e.alliance_id AND a.id = e.account_id AND a.state IN ('committed', 'paid')
    JOIN envelope v ON v.alliance_id = a.alliance_id AND v.id = a.envelope_id AND v.agreement_id = %(agreement)s
   GROUP BY 1
  HAVING sum(e.amount) <> 0 OR coalesce(sum(e.amount) FILTER (WHERE a.state = 'paid'), 0) <> 0
      OR coalesce(sum(e.amount) FILTER (WHERE a.state = 'paid' AND s.effective_on >= %(first)s), 0) <> 0) standing
"""


def cancelled_with_money(year: FiscalYear) -> int:
    """Projects cancelled by the day for which the fund’s money still stood, or had moved within the year. One query."""
    here = {"alliance": year.agreement.alliance_id, "agreement": year.agreement.pk}
    with connection.cursor() as cursor:
        cursor.execute(_CANCELLED, {**here, "day": year.as_of, "first": year.first})
        return cursor.fetchone()[0]


def total_of(each, partners: Decimal) -> KeyFigures:
    rows = list(each)
    return KeyFigures(
        projects=len(rows),
        committed=sum((row.committed for row in rows), ZERO),
        paid=sum((row.paid for row in rows), ZERO),
        paid_in_year=sum((row.paid_in_year for row in rows), ZERO),
        partners=partners,
    )
