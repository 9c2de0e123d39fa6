"""Sums as of a day: whole months, then the days of the last one. A few hundred rows, whatever the scale."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Model, Q, Sum, Value

from regions.money.models import MoneyDay, MoneyMonth

ZERO = Decimal("0.00")


def as_of(
    months: type[Model], days: type[Model], day: date, keys: Sequence[str], sums: Sequence[str], **which
) -> list[tuple]:
    """Rows (keys…, sums…) of what took effect by the end of `day`: one query. The same keys may come twice.

    `which` narrows on alliances as well as on agreements: the index starts with the alliance.
    """
    first = day.replace(day=1)

    def part(model, **when):
        return (
            model.objects.filter(**which, **when).order_by().values_list(*keys).annotate(*(Sum(name) for name in sums))
        )

    return list(part(months, month__lt=first).union(part(days, day__gte=first, day__lte=day), all=True))


def money_as_of(day: date, *keys: str, **which) -> list[tuple]:
    """Rows (keys…, amount) of the ledger’s sums, by any of: alliance, agreement, fiscal year, kind, state."""
    return as_of(MoneyMonth, MoneyDay, day, keys, ("amount",), **which)


def held_around(first: date, day: date, agreement) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """{(kind of branch, state): (what stood before `first`, what stands at the end of `day`)}. One query.

    `first` is the first day of a month, not after `day`.
    """
    month, here = day.replace(day=1), {"alliance_id": agreement.alliance_id, "agreement_id": agreement.pk}
    whole = MoneyMonth.objects.filter(**here, month__lt=month).order_by().values_list("kind", "state")
    rest = MoneyDay.objects.filter(**here, day__gte=month, day__lte=day).order_by().values_list("kind", "state")
    before = Sum("amount", filter=Q(month__lt=first), default=ZERO)
    rows = whole.annotate(before=before, total=Sum("amount")).union(
        rest.annotate(before=Value(ZERO, output_field=DecimalField()), total=Sum("amount")), all=True
    )
    held: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for kind, state, one, other in rows:
        opening, closing = held.get((kind, state), (ZERO, ZERO))
        held[kind, state] = opening + one, closing + other
    return held
