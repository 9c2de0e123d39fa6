"""The allocation table as printed, beside what its lines add up to, and how alliances share a line."""

from dataclasses import dataclass, field
from decimal import Decimal

from alliances.tenancy.models import Alliance
from regions.agreements.models import AllocationLine, AllocationShare, Cycle
from regions.money.split import DOLLAR, split

ZERO = Decimal(0)


@dataclass
class Part:
    share: AllocationShare
    alliance: Alliance
    percent: Decimal
    amount: Decimal


@dataclass
class Line:
    line: AllocationLine
    parts: list[Part] = field(default_factory=list)

    @property
    def shared(self) -> bool:
        return len(self.parts) > 1


@dataclass
class Total:
    """A printed total beside the computed one: the gap is shown, never hidden."""

    name: str
    printed: Decimal
    computed: Decimal

    @property
    def gap(self) -> Decimal:
        return self.printed - self.computed


@dataclass
class Table:
    cycle: Cycle
    lines: list[Line]
    totals: list[Total]

    @property
    def shared(self) -> list[Line]:
        return [line for line in self.lines if line.shared]


def table_of(cycle: Cycle) -> Table:
    """The table of a cycle, in the order in which it is printed. Two queries."""
    printed = list(AllocationLine.objects.filter(cycle=cycle).prefetch_related("shares__alliance"))
    lines = [Line(one, _parts(one)) for one in printed if one.code]
    by_formula = sum((one.line.amount for one in lines if one.line.kind == "formula"), ZERO)
    every = sum((one.line.amount for one in lines), ZERO)
    computed = {"printed_subtotal": by_formula, "printed_total": every}
    totals = [Total(one.name, one.amount, computed[one.kind]) for one in printed if one.kind in computed]
    return Table(cycle, lines, totals)


def _parts(line: AllocationLine) -> list[Part]:
    shares = sorted(line.shares.all(), key=lambda share: share.alliance.code)
    if not shares:
        return []
    weights = [share.weight for share in shares]
    percents = split(Decimal(100), weights)
    amounts = split(line.amount, weights, DOLLAR)
    return [
        Part(share, share.alliance, percent, amount)
        for share, percent, amount in zip(shares, percents, amounts, strict=True)
    ]
