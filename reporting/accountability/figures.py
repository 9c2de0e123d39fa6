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

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from projects.models import Contribution, Project
from regions.models import Entry, MoneyDay
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
    """The situation of the envelope over the year. One query, of the sums kept by day."""
    agreement = year.agreement
    rows = (
        MoneyDay.objects.filter(alliance_id=agreement.alliance_id, agreement_id=agreement.pk, day__lte=year.as_of)
        .values("kind", "state")
        .annotate(before=Sum("amount", filter=Q(day__lt=year.first), default=ZERO), total=Sum("amount"))
    )
    before, moved = defaultdict(lambda: ZERO), defaultdict(lambda: ZERO)
    paid, committed_in_year = defaultdict(lambda: ZERO), ZERO
    for row in rows:
        state, movement = row["state"], row["total"] - row["before"]
        before[state] += row["before"]
        moved[state] += movement
        own = row["kind"] in OWN_COSTS
        if state == "paid":
            paid[row["kind"] if own else "projects"] += movement
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


def key_figures(year: FiscalYear) -> KeyFigures:
    """The same as in the report, for the page: two queries whatever the number of projects."""
    money = money_by_project(year)
    secured = contributions(year).exclude(state="promised").filter(project_id=OuterRef("pk")).order_by()
    total = secured.values("project_id").annotate(total=Sum("amount")).values("total")
    counted = funded(year, money).annotate(given=Coalesce(Subquery(total), ZERO)).values_list("pk", "given")
    partners = dict(counted)
    return total_of((money.get(pk) or Money() for pk in partners), sum(partners.values(), ZERO))


def total_of(each, partners: Decimal) -> KeyFigures:
    rows = list(each)
    return KeyFigures(
        projects=len(rows),
        committed=sum((row.committed for row in rows), ZERO),
        paid=sum((row.paid for row in rows), ZERO),
        paid_in_year=sum((row.paid_in_year for row in rows), ZERO),
        partners=partners,
    )
