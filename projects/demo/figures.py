"""How many projects, how much, in which alliance and year: the sums first, then their parts."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from regions.money.split import split

PROJECTS = 2_500
COMMITTED = Decimal("115000000.00")
PARTNERS = Decimal("150000000.00")
YEARS = (2017, 2018, 2019, 2020, 2021)
FIFTY, HUNDRED, CENT = Decimal(50), Decimal(100), Decimal("0.01")
REST = "06"  # Montréal holds what is left to the exact totals

# code: (projects, percent of the agreement committed, dollars of partners); Montréal's come from the totals
TARGETS = {
    "01": (116, 88, 7_846_809), "02": (100, 84, 6_287_750), "03": (73, 79, 5_415_358), "04": (108, 86, 6_849_886),
    "05": (80, 83, 5_667_362), "06": (895, None, None), "07": (91, 81, 5_302_786), "08": (82, 88, 5_034_765),
    "09": (58, 76, 2_898_332), "10-BJ": (26, 72, 761_381), "10-EI": (37, 74, 848_162), "10-KA": (40, 70, 783_213),
    "11-GA": (94, 87, 6_775_957), "11-IM": (18, 85, 948_085), "12": (86, 85, 5_937_822), "13": (43, 78, 2_871_179),
    "14": (109, 82, 6_540_908), "15": (91, 80, 5_850_715), "16": (217, 84, 16_800_283), "17": (66, 88, 4_346_685),
    "PN": (70, 77, 1_841_494),
}  # fmt: skip


@dataclass(frozen=True)
class YearPlan:
    """What one alliance commits in one fiscal year: an amount and a partners' amount for each project."""

    year: int
    amounts: list[Decimal]
    partners: list[Decimal]


def totals(agreements: dict[str, Decimal]) -> dict[str, tuple[Decimal, Decimal]]:
    """{code: (committed, partners)} of the alliances, from the amounts of their agreements; their sums are exact."""
    committed = {
        code: (agreements[code] * percent / 100 / HUNDRED).to_integral_value() * HUNDRED
        for code, (_, percent, _) in TARGETS.items()
        if percent
    }
    committed[REST] = COMMITTED - sum(committed.values())
    partners = {code: Decimal(amount) for code, (_, _, amount) in TARGETS.items() if amount}
    partners[REST] = PARTNERS - sum(partners.values())
    return {code: (committed[code], partners[code]) for code in TARGETS}


def plan(code: str, total: tuple[Decimal, Decimal], holds: dict[int, Decimal], scale: int) -> list[YearPlan]:
    """The years of one alliance. `holds`: what each « projects » branch holds."""
    committed, partners = total
    by_year = _by_year(committed, holds)
    counts = split(Decimal(TARGETS[code][0]), [by_year[year] for year in YEARS], Decimal(1))
    gifts = split(partners, [by_year[year] for year in YEARS], CENT)
    return [
        _year_plan(code, year, int(count), by_year[year], gift, scale)
        for year, count, gift in zip(YEARS, counts, gifts, strict=True)
    ]


def _by_year(total: Decimal, holds: dict[int, Decimal]) -> dict[int, Decimal]:
    """The first year starts slowly, the last ones spend nearly all; none more than its branch holds."""
    free = 1 - total / sum(holds[year] for year in YEARS)
    pace = [
        1 - free * slack for slack in (Decimal("2.6"), Decimal("1.2"), Decimal("0.6"), Decimal("0.3"), Decimal("0.3"))
    ]
    parts = split(total, [holds[year] * part for year, part in zip(YEARS, pace, strict=True)], FIFTY)
    by_year = dict(zip(YEARS, parts, strict=True))
    over = [year for year in YEARS if by_year[year] > holds[year]]
    if over:
        raise ValueError(f"{over}: more than the branch holds")
    return by_year


def _year_plan(code: str, year: int, count: int, total: Decimal, gift: Decimal, scale: int) -> YearPlan:
    rng = Random(f"amounts {code} {year}")
    weights = spread(rng, count, total)
    amounts = split(total, weights, FIFTY)
    gifts = split(gift, [weight * Decimal(round(rng.uniform(0.45, 1.55), 3)) for weight in weights], CENT)
    if scale > 1:
        amounts = [part for amount in amounts for part in split(amount, [1] * scale)]
        gifts = [part for amount in gifts for part in split(amount, [1] * scale)]
    return YearPlan(year, amounts, gifts)


def spread(rng: Random, count: int, total: Decimal) -> list[Decimal]:
    """Weights of a believable spread: many small awards, a few large ones."""
    values = [min(max(rng.lognormvariate(0, 0.75), 0.12), 3.5) for _ in range(count)]
    return [Decimal(round(value, 4)) for value in values]
