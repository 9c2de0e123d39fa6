"""How projects are read. Every verb filters on the alliance as well: the wall hides, the index finds."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, DecimalField, Func, Q, QuerySet, Sum, TextField, Value
from django.db.models.expressions import F, RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThan

# Whose money of partners counts beside what the fund engaged: the same population as the engaged amount.
UNAWARDED = ("draft", "cancelled")
AWARDED = ~Q(state__in=UNAWARDED)
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

    def found(self, words: str):
        """Projects whose title, number or organisation contain all the words; the 500 last changed at most."""
        return self.filter(pk__in=RawSQL("SELECT id FROM find_projects(%s)", [words]))

    def found_sums(self) -> tuple[list[int], dict]:
        """Ids of the rows and the same sums as `totals`, read once: for the bounded set that a search finds."""
        rows = self.values_list("pk", "state", "committed", "paid", "partners_secured")
        ids, engaged, paid_out, partners = [], Decimal(0), Decimal(0), Decimal(0)
        for pk, state, committed, paid, secured in rows:
            ids.append(pk)
            engaged += committed + paid
            paid_out += paid
            partners += secured if state not in UNAWARDED else 0
        return ids, {"n": len(ids), "engaged": engaged, "paid": paid_out, "partners": partners}

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
            committed_sum=_total("committed"),
            paid_sum=_total("paid"),
            partners_sum=_total("partners_secured", AWARDED),
        )
        return {
            "n": sums["rows"],
            "engaged": sums["committed_sum"] + sums["paid_sum"],
            "paid": sums["paid_sum"],
            "partners": sums["partners_sum"],
        }


class ProjectTallyQuerySet(QuerySet):
    def visible(self, alliance_id: int, territories: frozenset[int] | None):
        rows = self.filter(alliance_id=alliance_id)
        return rows if territories is None else rows.filter(territory_ids__overlap=list(territories))

    def by_year(self):
        """One row by fiscal year, with its number of projects as `rows`."""
        return self.values("fiscal_year").annotate(rows=Sum("n"))

    def totals(self, condition: Q) -> dict:
        """n, engaged, paid, partners of what satisfies `condition`: read from the sums kept, whatever their number."""
        sums = self.filter(condition).aggregate(
            rows=Coalesce(Sum("n"), 0),
            committed_sum=_total("committed"),
            paid_sum=_total("paid"),
            partners_sum=_total("partners", AWARDED),
        )
        return {
            "n": sums["rows"],
            "engaged": sums["committed_sum"] + sums["paid_sum"],
            "paid": sums["paid_sum"],
            "partners": sums["partners_sum"],
        }
