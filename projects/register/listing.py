"""One page of the list of projects, what is filtered in figures, and what can be chosen. In the alliance's scope."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from alliances.look import formats
from alliances.look.states import State, state
from projects.register.cursors import Cursor
from projects.register.filters import Filters
from projects.register.models import Project
from projects.register.promoters import neq_in, organisations_named
from projects.register.querysets import FOUND_AT_MOST
from projects.register.tallies import ProjectTally
from projects.register.upcoming import Act, next_acts
from regions.models import Priority, Territory

PAGE = 50
_COLUMNS = (
    "number", "title", "title_norm", "starts_on", "ends_on", "state", "fund_amount", "committed", "paid",
    "engaged_cents", "territory_ids", "priority_ids", "updated_at", "organisation__name",
)  # fmt: skip


def dollars(amounts: Iterable[Decimal]) -> Callable[[Decimal], str]:
    """How to write amounts that stand together: with cents as soon as one of them has some."""
    return formats.money_whole if all(amount % 1 == 0 for amount in amounts) else formats.money


@dataclass(frozen=True)
class Choices:
    """What the filters offer: {id: name} of territories (a delegate's only) and of priorities; years there are."""

    territories: dict[int, str]
    priorities: dict[int, str]
    years: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Totals:
    """Of what is filtered. `engaged` counts what is paid too; `everything`: projects without any filter."""

    n: int
    engaged: Decimal
    paid: Decimal
    partners: Decimal
    everything: int = 0
    capped: bool = False  # a search that found more than it reads

    @property
    def leverage(self) -> Decimal | None:
        return self.partners / self.engaged if self.engaged else None

    @property
    def shown(self) -> dict[str, str]:
        """The three amounts as text: cents in all of them or in none."""
        amounts = {"engaged": self.engaged, "paid": self.paid, "partners": self.partners}
        write = dollars(amounts.values())
        return {name: write(value) for name, value in amounts.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """A project as the list draws it: texts ready to print, because fifty rows are most of what the page costs."""

    pk: int
    title: str
    organisation: str
    number: str
    territory: str
    more_territories: int
    priority: str
    state_css: str
    state_icon: str
    state_label: str
    engaged: str
    asked: str  # of a draft: nothing is engaged yet
    paid: str
    paid_share: str  # percent of what is engaged, for the bar; empty for none
    free_share: str
    ends_on: date
    act: Act | None


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    totals: Totals
    choices: Choices
    first: int
    before: Cursor | None
    after: Cursor | None

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def matching(alliance_id: int, territories: frozenset[int] | None, filters: Filters) -> QuerySet:
    """The projects that the filters keep; words find the 500 last changed at most."""
    rows = Project.objects.visible(alliance_id, territories).filter(filters.plain())
    if filters.territory:
        rows = rows.in_territories(alliance_id, [filters.territory])
    if filters.priority:
        rows = rows.of_priority(alliance_id, filters.priority)
    if filters.words:
        neq = neq_in(filters.words)
        rows = rows.filter(organisation__neq=neq) if neq else rows.found(filters.words)
    if filters.promoter:
        rows = rows.filter(organisation_id__in=organisations_named(filters.promoter).values("pk"))
    return rows


def count_of(alliance_id: int, territories: frozenset[int] | None, filters: Filters) -> int:
    """How many projects the filters keep: from the tally whenever it knows."""
    if filters.by_tally:
        return ProjectTally.objects.visible(alliance_id, territories).totals(filters.of_tally())["n"]
    return matching(alliance_id, territories, filters).count()


def choices_for(alliance_id: int, territories: frozenset[int] | None) -> tuple[Choices, int]:
    """What the filters offer and the rows are named by, and the number of all projects: one query of short lists."""
    kind = CharField()
    here = Territory.objects.ever_of_alliance(alliance_id).order_by()
    here = here.values_list(Value("t", output_field=kind), "pk", Cast("name", kind), Value(0))
    priorities = Priority.objects.order_by().values_list(
        Value("p", output_field=kind), "pk", Cast("name", kind), "rank"
    )
    years = ProjectTally.objects.visible(alliance_id, territories).by_year().order_by()
    years = years.values_list(Value("y", output_field=kind), "fiscal_year", Value("", output_field=kind), "rows")
    names: dict[str, dict[int, str]] = {"t": {}, "p": {}}
    counts: dict[int, int] = {}
    for which, pk, name, rank in sorted(here.union(priorities, years, all=True), key=lambda row: (row[3], row[2])):
        if which == "y":
            counts[pk] = rank
        elif which == "p" or territories is None or pk in territories:
            names[which][pk] = name
    there = sorted((year for year, rows in counts.items() if rows), reverse=True)
    return Choices(names["t"], names["p"], there), sum(counts.values())


def _found(alliance_id: int, territories: frozenset[int] | None, filters: Filters) -> tuple[QuerySet, dict]:
    """The rows that the filters keep, and their sums: of the tally, of the rows found, or of an organisation's rows."""
    if filters.by_tally:
        sums = ProjectTally.objects.visible(alliance_id, territories).totals(filters.of_tally())
        return matching(alliance_id, territories, filters), sums
    rows = matching(alliance_id, territories, filters)
    if filters.words:  # looked up once: what was found is then read by its ids
        ids, sums = rows.found_sums()
        return Project.objects.of_alliance(alliance_id).filter(pk__in=ids), sums
    return rows, rows.totals()


def _slice(rows, filters: Filters, cursor: Cursor | None) -> list[Project]:
    """One row more than a page, to know whether there is another page."""
    descending = filters.descending != bool(cursor and cursor.back)
    if cursor:
        rows = rows.beyond(filters.column, cursor.value, cursor.pk, descending=descending)
    rows = rows.in_order(filters.column, descending=descending)
    return list(rows.select_related("organisation").only(*_COLUMNS)[: PAGE + 1])


def _row(project: Project, choices: Choices, act: Act | None, write: Callable[[Decimal], str], shown: State) -> Row:
    engaged = project.engaged
    share = min(project.paid * 100 / engaged, Decimal(100)) if engaged else Decimal(0)
    known = [choices.territories[pk] for pk in project.territory_ids if pk in choices.territories]
    return Row(
        pk=project.pk,
        title=project.title,
        organisation=project.organisation.name,
        number=project.number,
        territory=known[0] if known else "À préciser",
        more_territories=max(len(project.territory_ids) - 1, 0),
        priority=choices.priorities.get(project.priority_ids[0], "") if project.priority_ids else "",
        state_css=shown.css,
        state_icon=shown.icon,
        state_label=str(shown.label),
        engaged=write(engaged),
        asked=write(project.fund_amount) if project.state == "draft" else "",
        paid=write(project.paid),
        paid_share=f"{share:.2f}%" if engaged else "",
        free_share=f"{100 - share:.2f}%",
        ends_on=project.ends_on,
        act=act,
    )


def page_of(
    alliance_id: int, territories: frozenset[int] | None, filters: Filters, cursor: Cursor | None, today: date
) -> Page:
    """The page that follows (or precedes) the cursor: a constant number of queries, whatever the number of projects."""
    choices, everything = choices_for(alliance_id, territories)
    rows, sums = _found(alliance_id, territories, filters)
    totals = Totals(**sums, everything=everything, capped=bool(filters.words) and sums["n"] >= FOUND_AT_MOST)
    shown = _slice(rows, filters, cursor) if totals.n else []
    if cursor and not shown:  # the rows beyond are gone: the first page is better than none
        cursor, shown = None, _slice(rows, filters, None) if totals.n else []
    back = bool(cursor and cursor.back)
    more, shown = len(shown) > PAGE, shown[:PAGE]
    if back:
        shown.reverse()
    first = 1
    if cursor:
        first = max(cursor.place - len(shown), 1) if back else cursor.place + 1
    if back and not more:
        first = 1
    has_before, has_after = (more, True) if back else (bool(cursor), more)
    acts = next_acts(alliance_id, shown, today)
    write = dollars(amount for project in shown for amount in (project.engaged, project.paid, project.fund_amount))

    def cursor_at(project: Project, place: int, back: bool) -> Cursor:
        return Cursor(getattr(project, filters.column), project.pk, place, back)

    return Page(
        rows=[
            _row(project, choices, acts.get(project.pk), write, state("project", project.state)) for project in shown
        ],
        totals=totals,
        choices=choices,
        first=first,
        before=cursor_at(shown[0], first, True) if shown and has_before else None,
        after=cursor_at(shown[-1], first + len(shown) - 1, False) if shown and has_after else None,
    )
