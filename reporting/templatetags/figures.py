"""What the pages of figures need beside the portal's own filters: shares, whole amounts, bars of two parts."""

from decimal import Decimal

from django import template

from alliances.look import formats

register = template.Library()


@register.filter
def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """Percent of the whole, with one decimal place."""
    return round(100 * part / whole, 1) if whole else Decimal(0)


@register.filter
def plain_day(value) -> str:
    """A day inside a drawing, where « 1er » cannot be raised."""
    return formats.day(value)


@register.filter
def percent_whole(value: Decimal) -> str:
    return formats.percent(round(value), 0)


@register.filter
def amount_whole(value: Decimal) -> str:
    """Dollars without cents, where the source has none. The sign of the dollar stands in the head of the column."""
    return formats.money_whole(value).removesuffix("\u00a0$")


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "0%"


@register.simple_tag
def share_bar(first: Decimal, second: Decimal) -> dict:
    """Widths of two parts side by side, in percent of their sum."""
    return {"first": _percent(first, first + second), "second": _percent(second, first + second)}
