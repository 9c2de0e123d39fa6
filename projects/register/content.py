"""What is known of a project, as one value: a form gives it, a service writes it, two versions are compared by it."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal

from alliances.models import Organisation
from projects.register.models import Project

# Every part, in the order of the form: the columns of the project first.
COLUMNS = ("organisation", "title", "summary", "starts_on", "ends_on", "nature", "agreement", "fund_amount")
PARTS = ("territories", "priorities", "targets", "budget", "contributions", "results")
SECTIONS = (*COLUMNS, *PARTS)


@dataclass(frozen=True)
class NewOrganisation:
    name: str
    neq: str
    legal_form: str
    city: str


@dataclass(frozen=True)
class ContributionRow:
    """One partner's contribution; `pk` of the row that it was read from, None for a new one."""

    partner: str
    kind: str
    form: str
    state: str
    amount: Decimal
    effective_on: date
    pk: int | None = None


@dataclass(frozen=True)
class ProjectContent:
    """Ids, amounts in dollars, shares in percent. `organisation` is an id, or an organisation to enter first."""

    organisation: int | NewOrganisation
    agreement: int
    title: str
    summary: str
    starts_on: date
    ends_on: date
    nature: str
    fund_amount: Decimal
    territories: tuple[tuple[int, Decimal], ...]
    priorities: tuple[int, ...]
    targets: tuple[int, ...] = ()
    budget: tuple[tuple[int, Decimal], ...] = ()
    contributions: tuple[ContributionRow, ...] = ()
    results: tuple[tuple[str, int], ...] = ()
    promoter: Organisation | None = field(default=None, compare=False)  # the row of `organisation`, when it was read

    def frozen(self, stored: "ProjectContent", names: frozenset[str]) -> "ProjectContent":
        """This content with the fields that no longer change taken from what is stored."""
        return replace(self, **{name: getattr(stored, name) for name in names})

    def facts(self, section: str) -> object:
        """One section as JSON, for the journal and for comparing; amounts as text."""
        value = getattr(self, section)
        if isinstance(value, NewOrganisation):
            return asdict(value)
        if section == "contributions":
            return sorted(json.dumps(asdict(replace(row, pk=None)), default=str, sort_keys=True) for row in value)
        if section in {"territories", "budget"}:
            return [[pk, str(amount)] for pk, amount in sorted(value)]
        if section == "targets":
            return sorted(value)
        if isinstance(value, tuple):
            return [list(item) if isinstance(item, tuple) else item for item in value]
        return value if isinstance(value, int) else str(value)

    def digest(self, section: str) -> str:
        """A short mark of one section: two contents with the same mark say the same."""
        text = json.dumps(self.facts(section), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def differences(self, other: "ProjectContent") -> list[str]:
        return [name for name in SECTIONS if self.facts(name) != other.facts(name)]


def content_of(project: Project) -> ProjectContent:
    """What is stored of a project: six queries, each on an index that starts with the alliance."""

    def part(name: str):
        return getattr(project, name).filter(alliance_id=project.alliance_id)

    return ProjectContent(
        organisation=project.organisation_id,
        agreement=project.agreement_id,
        title=project.title,
        summary=project.summary,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        nature=project.nature,
        fund_amount=project.fund_amount,
        territories=tuple(part("territories").order_by("-share", "pk").values_list("territory_id", "share")),
        priorities=tuple(part("priorities").order_by("rank", "pk").values_list("priority_id", flat=True)),
        targets=tuple(part("targets").order_by("pk").values_list("target_group_id", flat=True)),
        budget=tuple(part("budget").order_by("category_id").values_list("category_id", "amount")),
        contributions=tuple(
            ContributionRow(
                pk=row.pk,
                partner=row.partner,
                kind=row.kind,
                form=row.form,
                state=row.state,
                amount=row.amount,
                effective_on=row.effective_on,
            )
            for row in part("contributions").order_by("pk")
        ),
        results=tuple(part("results").order_by("rank", "pk").values_list("label", "target")),
        promoter=project.organisation,
    )
