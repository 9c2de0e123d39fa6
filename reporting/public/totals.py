"""What the public reads of the programme: totals of one cycle as of the last day that has been published."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.db import connection

from regions.agreements.models import Cycle
from regions.territory.reference import rows


@dataclass(frozen=True)
class Totals:
    """`engaged` is the fund's money for projects, paid or not; `partners` is confirmed or received. In dollars."""

    cycle: Cycle
    day: date
    projects: int
    engaged: Decimal
    paid: Decimal
    partners: Decimal

    @property
    def total(self) -> Decimal:
        return self.engaged + self.partners

    @property
    def leverage(self) -> Decimal | None:
        """Partners' dollars for each dollar of the fund; None when nothing is committed."""
        return self.partners / self.engaged if self.engaged else None


@cache
def last_published() -> tuple[str, date]:
    """(code of the cycle, day) of the latest figures that the ministry has published, from the programme's facts."""
    published = [row for row in rows("programme-facts.csv") if row["fact"].startswith("projects_") and row["as_of"]]
    latest = max(published, key=lambda row: row["as_of"])
    return latest["fact"].removeprefix("projects_").replace("_", "-"), date.fromisoformat(latest["as_of"])


def published_totals() -> Totals | None:
    """Computed from the ledger and the projects; None before the first project of that cycle. Two queries."""
    code, day = last_published()
    cycle = Cycle.objects.filter(code=code).first()
    if cycle is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT projects, engaged, paid, partners FROM programme_totals(%s, %s)", [cycle.pk, day])
        projects, engaged, paid, partners = cursor.fetchone()
    return Totals(cycle, day, projects, engaged, paid, partners) if projects else None
