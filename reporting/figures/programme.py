"""The programme in figures: the alliances of one cycle as of a day. Read in the ministry's or the auditor's scope.

Every figure is a sum of the ledger, of awarded projects or of partners' secured contributions, by month and by day:
totals, which the ministry reads of every alliance, those that give no detail included.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from alliances.tenancy.models import Alliance
from projects.register.asof import projects_as_of
from projects.register.enums import PartnerKind
from regions.models import Agreement, AllocationLine, Cycle
from regions.money.asof import money_as_of

ZERO = Decimal(0)
# Who holds the agreement spends these itself: they are not projects.
OWN_SPENDING = ("administration", "mobilisation")


@dataclass
class Line:
    """One alliance, or the sum of several. Amounts in dollars; `engaged` is committed, paid or not."""

    alliance: Alliance | None = None
    agreement_id: int | None = None
    number: str = ""
    holder: str = ""
    envelope: Decimal = ZERO
    reserved: Decimal = ZERO
    engaged: Decimal = ZERO
    paid: Decimal = ZERO
    own_spending: Decimal = ZERO
    projects: int = 0
    partners: Decimal = ZERO
    sources: dict[str, Decimal] = field(default_factory=dict)  # partners' money by kind of partner

    @property
    def balance(self) -> Decimal:
        """What the agreement still holds for new commitments, its years to come included."""
        return self.envelope - self.engaged - self.reserved - self.own_spending

    @property
    def total(self) -> Decimal:
        return self.engaged + self.partners

    @property
    def leverage(self) -> Decimal | None:
        """Partners' dollars for each dollar of the fund; None when nothing is committed."""
        return self.partners / self.engaged if self.engaged else None

    @property
    def share_engaged(self) -> Decimal:
        return 100 * self.engaged / self.envelope if self.envelope else ZERO

    @property
    def share_paid(self) -> Decimal:
        return 100 * self.paid / self.envelope if self.envelope else ZERO

    def add(self, other: "Line") -> None:
        for name in ("envelope", "reserved", "engaged", "paid", "own_spending", "projects", "partners"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for kind, amount in other.sources.items():
            self.sources[kind] = self.sources.get(kind, ZERO) + amount


@dataclass
class Programme:
    cycle: Cycle
    day: date
    lines: list[Line]
    total: Line
    printed_total: Decimal | None

    @property
    def rounding_gap(self) -> Decimal:
        """Printed total minus computed total: shown as « écart d’arrondi », never hidden."""
        return self.printed_total - self.total.envelope if self.printed_total is not None else ZERO


def put_money(line: Line, kind: str, state: str, amount: Decimal) -> None:
    """Add one sum of the ledger to the figure it belongs to."""
    if kind in OWN_SPENDING:
        if state == "paid":
            line.own_spending += amount
    elif state == "reserved":
        line.reserved += amount
    elif state in {"committed", "paid"}:
        line.engaged += amount
        if state == "paid":
            line.paid += amount


def put_projects(line: Line, kind: str, n: int, partners: Decimal) -> None:
    line.projects += n
    if kind and partners:
        line.partners += partners
        line.sources[kind] = line.sources.get(kind, ZERO) + partners


def programme(cycle: Cycle, day: date) -> Programme:
    """The lines of a cycle's alliances as of `day`, in the order of their codes. Four queries, whatever the rows."""
    agreements = Agreement.objects.filter(cycle=cycle).select_related("alliance").order_by("alliance__code")
    lines = {
        agreement.pk: Line(agreement.alliance, agreement.pk, agreement.number, agreement.holder_name, agreement.amount)
        for agreement in agreements
    }
    here = {"alliance_id__in": [line.alliance.pk for line in lines.values()], "agreement_id__in": list(lines)}
    for agreement, kind, state, amount in money_as_of(day, "agreement_id", "kind", "state", **here):
        put_money(lines[agreement], kind, state, amount)
    for agreement, kind, n, partners in projects_as_of(day, "agreement_id", "kind", **here):
        put_projects(lines[agreement], kind, n, partners)
    total = Line()
    for line in lines.values():
        total.add(line)
    printed = AllocationLine.objects.filter(cycle=cycle, kind="printed_total").first()
    return Programme(cycle, day, list(lines.values()), total, printed.amount if printed else None)


def sources(line: Line) -> list[tuple[str, Decimal]]:
    """Where the money comes from: the fund first, then each kind of partner that gave, largest first."""
    kinds = sorted(line.sources.items(), key=lambda item: (-item[1], item[0]))
    return [("Fonds québécois d’initiatives sociales", line.engaged), *((PartnerKind(k).label, a) for k, a in kinds)]


@dataclass
class Year:
    fiscal_year: int
    line: Line
    received: Decimal = ZERO


def of_agreement(agreement: Agreement, day: date) -> tuple[Line, list[Year]]:
    """One agreement as of a day, whole and by fiscal year of its envelopes. Two queries."""
    line = Line(agreement.alliance, agreement.pk, agreement.number, agreement.holder_name)
    years: dict[int, Year] = {}
    here = {"alliance_id": agreement.alliance_id, "agreement_id": agreement.pk}
    for year, kind, state, amount in money_as_of(day, "fiscal_year", "kind", "state", **here):
        one = years.setdefault(year, Year(year, Line()))
        put_money(one.line, kind, state, amount)
        if state == "source":
            one.received -= amount
    for one in years.values():
        line.add(one.line)
        one.line.envelope = one.received
    line.envelope = agreement.amount
    for kind, n, partners in projects_as_of(day, "kind", **here):
        put_projects(line, kind, n, partners)
    return line, [years[year] for year in sorted(years)]
