"""How projects are read. Every verb filters on the alliance as well: the wall hides, the index finds."""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, DecimalField, Func, Q, QuerySet, Sum, TextField, Value
from django.db.models.expressions import F
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThan

# Whose money of partners counts beside what the fund engaged: the same population as the engaged amount.
AWARDED = ~Q(state__in=["draft", "cancelled"])
FOUND_AT_MOST = 500  # find_projects stops there


class _Row(Func):
    """ROW(a, b): compared as a whole, so that one look-up in the index finds where a page begins."""

    function = "ROW"
    output_field = TextField()


def _total(column: str, condition: Q | None = None) -> Coalesce:
    money = DecimalField(max_digits=18, decimal_places=2)
    return Coalesce(Sum(column, filter=condition), 0, output_field=money)


class ProjectQuerySet(QuerySet):
    def of_alliance(self, alliance_id: int):
        return self.filter(alliance_id=alliance_id)

    def _having(self, part: str, alliance_id: int, **which):
        rows = self.model._meta.get_field(part).related_model.objects.filter(alliance_id=alliance_id, **which)
        return self.filter(pk__in=rows.values("project_id"))

    def in_territories(self, alliance_id: int, ids: Iterable[int]):
        """Projects that have at least one of these territories."""
        return self._having("territories", alliance_id, territory_id__in=list(ids))

    def of_priority(self, alliance_id: int, priority_id: int):
        return self._having("priorities", alliance_id, priority_id=priority_id)

    def visible(self, alliance_id: int, territories: frozenset[int] | None):
        """What a person sees: all of the alliance, or only the projects of a delegate's territories."""
        rows = self.of_alliance(alliance_id)
        return rows if territories is None else rows.in_territories(alliance_id, territories)

    def found(self, words: str) -> list[int]:
        """Ids of what the words find in titles, numbers and organisations; the 500 last changed at most."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM find_projects(%s)", [words])
            return [pk for (pk,) in cursor.fetchall()]

    def beyond(self, column: str, value: object, pk: int, *, descending: bool):
        """Rows that come after (value, pk) in the order of `column`, then of the id in the same direction."""
        compare = LessThan if descending else GreaterThan
        return self.filter(compare(_Row(F(column), F("pk")), _Row(Value(value), Value(pk))))

    def in_order(self, column: str, *, descending: bool):
        return self.order_by(*(f"{'-' if descending else ''}{name}" for name in (column, "pk")))

    def totals(self) -> dict:
        """Live sums of the rows: n, engaged, paid, partners. Only for a bounded set; else ask the tally."""
        sums = self.aggregate(
            rows=Count("pk"),
            committed=_total("committed"),
            paid=_total("paid"),
            partners=_total("partners_secured", AWARDED),
        )
        return {
            "n": sums["rows"],
            "engaged": sums["committed"] + sums["paid"],
            "paid": sums["paid"],
            "partners": sums["partners"],
        }


class ProjectTallyQuerySet(QuerySet):
    def visible(self, alliance_id: int, territories: frozenset[int] | None):
        rows = self.filter(alliance_id=alliance_id)
        return rows if territories is None else rows.filter(territory_ids__overlap=list(territories))

    def totals(self, condition: Q) -> dict:
        """n, engaged, paid, partners of what satisfies `condition`; `all` of everything; `years` there are."""
        sums = self.aggregate(
            all=Coalesce(Sum("n"), 0),
            n=Coalesce(Sum("n", filter=condition), 0),
            committed=_total("committed", condition),
            paid_out=_total("paid", condition),
            partners_given=_total("partners", condition & AWARDED),
            years=ArrayAgg("fiscal_year", distinct=True, default=Value([])),
        )
        return {
            "all": sums["all"],
            "years": sorted(sums["years"], reverse=True),
            "n": sums["n"],
            "engaged": sums["committed"] + sums["paid_out"],
            "paid": sums["paid_out"],
            "partners": sums["partners_given"],
        }
