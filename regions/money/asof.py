"""Sums as of a day: whole months, then the days of the last one. A few hundred rows, whatever the scale."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import DecimalField, Model, Q, QuerySet, Sum, Value

from regions.money.models import MoneyDay, MoneyMonth

ZERO = Decimal("0.00")


def as_of(
    months: type[Model], days: type[Model], day: date, keys: Sequence[str], sums: Sequence[str], **which
) -> list[tuple]:
    """Rows (keys…, sums…) of what took effect by the end of `day`: one query. The same keys may come twice.

    `which` narrows on alliances as well as on agreements: the index starts with the alliance.
    """
    whole, rest = _parts(months, days, day, which)
    wanted = [Sum(name) for name in sums]
    return list(whole.values_list(*keys).annotate(*wanted).union(rest.values_list(*keys).annotate(*wanted), all=True))


def _parts(months: type[Model], days: type[Model], day: date, which: dict) -> tuple[QuerySet, QuerySet]:
    """The whole months before the one of `day`, and the days of that one."""
    first = day.replace(day=1)
    whole = months.objects.filter(**which, month__lt=first)
    return whole.order_by(), days.objects.filter(**which, day__gte=first, day__lte=day).order_by()


def money_as_of(day: date, *keys: str, **which) -> list[tuple]:
    """Rows (keys…, amount) of the ledger’s sums, by any of: alliance, agreement, fiscal year, kind, state."""
    return as_of(MoneyMonth, MoneyDay, day, keys, ("amount",), **which)


def money_between(first: date | None, last: date | None, *keys: str, **which) -> list[tuple]:
    """Rows (keys…, amount) of what took effect from `first` to `last`, both included; None is an open side. One query.

    The same keys come several times, those before `first` with the contrary sign.
    """
    parts = [part.values_list(*keys).annotate(total=Sum("amount")) for part in _ledger(last or date.max, which)]
    if first and first > date.min:
        before = _ledger(first - timedelta(days=1), which)
        parts += [part.values_list(*keys).annotate(total=-Sum("amount")) for part in before]
    return list(parts[0].union(*parts[1:], all=True))


def _ledger(day: date, which: dict) -> tuple[QuerySet, QuerySet]:
    return _parts(MoneyMonth, MoneyDay, day, which)


def held_around(first: date, day: date, agreement) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """{(kind of branch, state): (what stood before `first`, what stands at the end of `day`)}. One query.

    `first` is the first day of a month, not after `day`.
    """
    here = {"alliance_id": agreement.alliance_id, "agreement_id": agreement.pk}
    whole, rest = (part.values_list("kind", "state") for part in _ledger(day, here))
    before = Sum("amount", filter=Q(month__lt=first), default=ZERO)
    rows = whole.annotate(before=before, total=Sum("amount")).union(
        rest.annotate(before=Value(ZERO, output_field=DecimalField()), total=Sum("amount")), all=True
    )
    held: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for kind, state, one, other in rows:
        opening, closing = held.get((kind, state), (ZERO, ZERO))
        held[kind, state] = opening + one, closing + other
    return held
