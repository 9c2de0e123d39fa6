"""What the page of a project shows, gathered in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from alliances.look import formats
from alliances.people.models import User
from projects.awards.models import Award
from projects.dossier import history, timeline
from projects.followup.listing import told
from projects.followup.models import Instalment
from projects.followup.reading import judged
from projects.register.enums import ContributionForm
from projects.register.models import Project
from regions.money.split import split

FILLS = (("c-partner", "dots"), ("c-partner", ""), ("c-partner", "hatch"), ("c-free", "hatch-ink"))
_KINDS = {"paid": "done", "blocked": "blocked", "returned": "late", "cancelled": "cancelled"}


@dataclass(frozen=True)
class Source:
    """One line of « Provenance des sommes » and its segment of the bar: fill, pattern, place in percent."""

    name: str
    nature: str
    amount: Decimal
    share: Decimal
    css: str
    pattern: str
    x: str
    width: str
    state: str = ""


@dataclass
class Dossier:
    project: Project
    awards: list[Award]
    instalments: list[Instalment]
    sources: list[Source]
    budget: list
    territories: list
    priorities: list
    targets: list
    results: list
    names: dict[int, str]
    line: timeline.Timeline
    history: list
    more: int | None
    today: date
    acts: dict = field(default_factory=dict)

    @property
    def award(self) -> Award | None:
        """The one that stands, or else the last one."""
        alive = [award for award in self.awards if award.state in {"requested", "approved"}]
        return (alive or self.awards or [None])[0]

    @property
    def promised(self) -> Decimal:
        """What instalments neither paid nor cancelled still promise."""
        return sum((row.amount for row in self.instalments if row.state not in {"paid", "cancelled"}), Decimal(0))

    @property
    def free(self) -> Decimal:
        """Committed, and promised by no instalment."""
        return self.project.committed - self.promised

    @property
    def paid_count(self) -> int:
        return sum(row.state == "paid" for row in self.instalments)

    @property
    def alive_count(self) -> int:
        return sum(row.state != "cancelled" for row in self.instalments)

    @property
    def blocked(self) -> Decimal:
        return sum((row.amount for row in self.instalments if row.state == "blocked"), Decimal(0))

    @property
    def cost(self) -> Decimal:
        return sum((source.amount for source in self.sources), Decimal(0))

    @property
    def budget_total(self) -> Decimal:
        return sum((amount for _, amount in self.budget), Decimal(0))

    @property
    def leverage(self) -> Decimal | None:
        """Dollars secured from partners for each dollar of the fund."""
        if not self.project.engaged:
            return None
        rate = self.project.partners_secured / self.project.engaged
        return rate.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def gather(project: Project, today: date, before: int | None = None) -> Dossier:
    """Five queries, whatever the project holds."""
    mine = {"alliance_id": project.alliance_id, "project": project}
    awards = list(Award.objects.filter(**mine).select_related("envelope").order_by("-id"))
    instalments = [judged(row, today) for row in Instalment.objects.filter(**mine).order_by("rank")]
    for row in instalments:
        row.project = project
    parts = _parts(project)
    contributions = parts.pop("contributions")
    lines, more = history.lines(
        alliance_id=project.alliance_id,
        project_id=project.pk,
        awards=[award.pk for award in awards],
        instalments=[row.pk for row in instalments],
        before=before,
    )
    people = [project.followed_by_id]
    people += [who for award in awards for who in (award.requested_by_id, award.decided_by_id)]
    people += [w for row in instalments for w in (row.requested_by_id, row.approved_by_id, row.paid_by_id)]
    names = User.objects.names(people)
    for row in instalments:
        row.told = told(row, names)
    return Dossier(
        project=project,
        awards=awards,
        instalments=instalments,
        sources=sources(project, contributions),
        names=names,
        line=_line(project, instalments, today),
        history=lines,
        more=more,
        today=today,
        **parts,
    )


@dataclass(frozen=True)
class Given:
    """What one partner gives."""

    partner: str
    amount: Decimal
    form: str
    state: str


def _parts(project: Project) -> dict:
    """Territories with their shares, priorities, target groups, results, budget and contributions, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"alliance": project.alliance_id, "project": project.pk})
        rows = cursor.fetchall()
    parts = {name: [] for name in ("territories", "priorities", "targets", "results", "budget", "contributions")}
    for part, label, figure, pk, amount, form, state in rows:
        line = Given(label, amount, form, state) if part == "contributions" else (label, figure, pk)
        parts[part].append((label, amount) if part == "budget" else line)
    parts["results"] = [(label, int(target)) for label, target, _ in parts["results"]]
    return parts


# Six kinds of parts in one journey, each by its index; written out: the ORM spends longer on it than the database.
_MINE = "p.alliance_id = %(alliance)s AND p.project_id = %(project)s"
_PARTS = f"""
SELECT part, label, figure, id, amount, form, state FROM (
SELECT 'territories' AS part, t.name AS label, p.share AS figure, p.id, 0.00 AS amount, '' AS form, '' AS state,
       -p.share AS place, t.name AS name
  FROM project_territory p JOIN territory t ON t.id = p.territory_id WHERE {_MINE}
UNION ALL SELECT 'priorities', t.name, p.rank, p.id, 0, '', '', p.rank, ''
  FROM project_priority p JOIN priority t ON t.id = p.priority_id WHERE {_MINE}
UNION ALL SELECT 'targets', t.name, t.rank, p.id, 0, '', '', t.rank, ''
  FROM project_target p JOIN target_group t ON t.id = p.target_group_id WHERE {_MINE}
UNION ALL SELECT 'results', p.label, p.target, p.id, 0, '', '', 0, '' FROM expected_result p WHERE {_MINE}
UNION ALL SELECT 'budget', t.name, t.rank, p.id, p.amount, '', '', t.rank, ''
  FROM budget_line p JOIN expense_category t ON t.id = p.category_id WHERE {_MINE}
UNION ALL SELECT 'contributions', p.partner, 0, p.id, p.amount, p.form, p.state, -p.amount, ''
  FROM contribution p WHERE {_MINE}
) parts ORDER BY part, place, name, id
"""


def sources(project: Project, contributions: list[Given]) -> list[Source]:
    """The fund first, then the partners by amount. Shares are whole tenths of a percent and total 100,0."""
    fund = project.engaged or project.fund_amount
    nature = "Engagé" if project.engaged else "Demandé"
    rows = [("Fonds québécois d’initiatives sociales", nature, fund, "c-brand", "", "")]
    for place, given in enumerate(contributions):
        css, pattern = FILLS[place % len(FILLS)]
        rows.append((given.partner, ContributionForm(given.form).label, given.amount, css, pattern, given.state))
    amounts = [row[2] for row in rows]
    shares = split(Decimal(100), amounts, Decimal("0.1"))
    drawn, start, found = split(Decimal(100), amounts, Decimal("0.01")), Decimal(0), []
    for (name, nature, amount, css, pattern, state), share, width in zip(rows, shares, drawn, strict=True):
        found.append(Source(name, nature, amount, share, css, pattern, f"{start}%", f"{width}%", state))
        start += width
    return found


def _line(project: Project, instalments: list[Instalment], today: date) -> timeline.Timeline:
    events = []
    for row in instalments:
        late = row.state in {"due", "requested", "approved"} and row.due_on < today
        kind = _KINDS.get(row.state, "late" if late else "coming")
        whole = row.amount == row.amount.to_integral_value()
        shown = formats.money_whole(row.amount) if whole else formats.money(row.amount)
        events.append((row.paid_on or row.due_on, kind, f"Versement {row.rank}", shown))
    return timeline.draw(project.starts_on, project.ends_on, events, today)
