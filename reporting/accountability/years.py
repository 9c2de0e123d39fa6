"""Which fiscal years an alliance accounts for, and under which agreement."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from regions.models import Agreement
from regions.money.fiscal import first_day, fiscal_year_of, last_day

IN_FORCE = ("signed", "active", "extended", "closing", "closed", "terminated")


@dataclass(frozen=True)
class FiscalYear:
    """One year of one agreement, seen from `today`."""

    year: int
    agreement: Agreement
    today: date

    @property
    def label(self) -> str:
        return f"{self.year}-{self.year + 1}"

    @property
    def first(self) -> date:
        return first_day(self.year)

    @property
    def last(self) -> date:
        return last_day(self.year)

    @property
    def is_future(self) -> bool:
        return self.first > self.today

    @property
    def is_over(self) -> bool:
        return self.last < self.today

    @property
    def as_of(self) -> date:
        """The day the figures are of: the last one of the year, or today while it lasts."""
        return min(self.last, self.today)

    @property
    def due(self) -> date:
        """When the report is expected at the Ministry: three months after the end of the year."""
        return date(self.year + 1, 6, 30)


def years_of(alliance_id: int, today: date | None = None) -> list[FiscalYear]:
    """All years of the alliance's agreements, newest first; of two that overlap, the later accounts. One query."""
    today = today or timezone.localdate()
    years = {}
    for agreement in Agreement.objects.filter(alliance_id=alliance_id, state__in=IN_FORCE).order_by("starts_on"):
        for year in range(fiscal_year_of(agreement.starts_on), fiscal_year_of(agreement.ends_on) + 1):
            years[year] = FiscalYear(year, agreement, today)
    return [years[year] for year in sorted(years, reverse=True)]


def year_of(alliance_id: int, year: int, today: date | None = None) -> FiscalYear | None:
    """That year, or None when no agreement covers it."""
    return next((one for one in years_of(alliance_id, today) if one.year == year), None)
