"""The only place where an amount is divided."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

CENT = Decimal("0.01")
DOLLAR = Decimal("1")


def split(total: Decimal, weights: Sequence[Decimal | int], unit: Decimal = CENT) -> list[Decimal]:
    """Parts of `total` in proportion to `weights`, in whole `unit`s, by largest remainder; they add up to it.

    Ties go to the earlier weight. ValueError for no weight, a negative one, a sum of zero, a total finer than the unit.
    """
    weights = [Decimal(weight) for weight in weights]
    whole = sum(weights)
    if not weights or min(weights) < 0 or whole == 0:
        raise ValueError("weights must be positive")
    units = total / unit
    if units != units.to_integral_value():
        raise ValueError(f"{total} is not a whole number of {unit}")
    exact = [units * weight / whole for weight in weights]
    parts = [part.to_integral_value(ROUND_FLOOR) for part in exact]
    left = int(units - sum(parts))
    order = sorted(range(len(parts)), key=lambda i: (-(exact[i] - parts[i]), i))
    for i in order[:left]:
        parts[i] += 1
    return [part * unit for part in parts]
