"""From the rows of one alliance to the frozen content of its report: nine queries, whatever it holds. In its scope."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from alliances.models import Alliance
from projects.models import ProjectPriority, ProjectTerritory
from projects.register.enums import PartnerKind, ProjectState
from regions.models import Region, TerritoryLink
from regions.money.split import split
from reporting.accountability import figures
from reporting.accountability.content import (
    ZERO,
    AccountabilityContent,
    Identity,
    PartnerRow,
    ProjectRow,
    Share,
    Source,
)
from reporting.accountability.figures import Money
from reporting.accountability.years import FiscalYear

NOWHERE = "À préciser"


@dataclass
class _Pot:
    """What adds up for one partner, one kind of partner or one project."""

    cash: Decimal = ZERO
    in_kind: Decimal = ZERO
    promised: Decimal = ZERO
    projects: set = field(default_factory=set)

    def add(self, row) -> None:
        if row["state"] == "promised":
            self.promised += row["amount"]
            return
        self.projects.add(row["project_id"])
        if row["form"] == "cash":
            self.cash += row["amount"]
        else:
            self.in_kind += row["amount"]

    @property
    def secured(self) -> Decimal:
        return self.cash + self.in_kind


@dataclass
class _Facts:
    """The rows of the projects that count, read once."""

    projects: list[dict]
    money: dict[int, Money]
    territories: dict[int, list[tuple[str, Decimal]]]
    priorities: dict[int, list[tuple[str, Decimal]]]
    pots: dict[int, _Pot]
    by_kind: dict[str, _Pot]
    by_partner: dict[tuple[str, str], _Pot]


def gather(*, year: FiscalYear, version: int, moment: datetime, code: str, url: str) -> AccountabilityContent:
    """The report of `year` as the database has it now. `moment` is aware; `version` 0 makes a preliminary copy."""
    facts = _facts(year)
    partners = sum((pot.secured for pot in facts.pots.values()), ZERO)
    return AccountabilityContent(
        identity=_identity(year, version, moment, code, url),
        key_figures=figures.total_of((facts.money[row["id"]] for row in facts.projects), partners),
        envelope=figures.envelope_of(year),
        by_priority=_shares(facts, facts.priorities),
        by_territory=_shares(facts, facts.territories),
        sources=tuple(
            Source(PartnerKind(kind).label, pot.cash, pot.in_kind, pot.promised) for kind, pot in facts.by_kind.items()
        ),
        projects=tuple(_row(facts, row) for row in facts.projects),
        partners=tuple(
            PartnerRow(name, PartnerKind(kind).label, pot.cash, pot.in_kind, len(pot.projects))
            for (name, kind), pot in facts.by_partner.items()
            if pot.projects
        ),
    )


def _identity(year: FiscalYear, version: int, moment: datetime, code: str, url: str) -> Identity:
    agreement = year.agreement
    alliance = Alliance.objects.get(pk=agreement.alliance_id)
    regions = TerritoryLink.objects.filter(alliance_id=alliance.pk, valid_to=None).values("region_id")
    region = Region.objects.filter(code=alliance.code, pk__in=regions).first()
    return Identity(
        alliance_code=alliance.code,
        alliance_name=alliance.name,
        name_with_de=alliance.name_with_de,
        region_code=region.code if region else "",
        region_name=region.name if region else "",
        mandate_holder=agreement.holder_name,
        agreement_number=agreement.number,
        agreement_signed_on=None,
        agreement_start=agreement.starts_on,
        agreement_end=agreement.ends_on,
        fiscal_year=year.year,
        as_of=year.as_of,
        version=version,
        produced_at=moment.astimezone(ZoneInfo(alliance.time_zone)),
        verification_code=code,
        verification_url=url,
        fictitious=settings.DEMO,
    )


def _facts(year: FiscalYear) -> _Facts:
    money = figures.money_by_project(year)
    projects = list(
        figures.funded(year, money).values("id", "number", "title", "organisation__name", "state", "fund_amount")
    )
    counted = {row["id"] for row in projects}
    for pk in counted - money.keys():
        money[pk] = Money()
    of_alliance = {"alliance_id": year.agreement.alliance_id}
    territories, priorities = defaultdict(list), defaultdict(list)
    rows = ProjectTerritory.objects.filter(**of_alliance).order_by("-share", "territory__code")
    for project, name, share in rows.values_list("project_id", "territory__name", "share"):
        territories[project].append((name, share))
    rows = ProjectPriority.objects.filter(**of_alliance).order_by("rank", "priority__rank")
    for project, name in rows.values_list("project_id", "priority__name"):
        priorities[project].append((name, Decimal(1)))
    pots, by_kind, by_partner = defaultdict(_Pot), defaultdict(_Pot), defaultdict(_Pot)
    for row in figures.contributions(year).values("project_id", "partner", "kind", "form", "state", "amount"):
        if row["project_id"] in counted:
            for pot in (pots[row["project_id"]], by_kind[row["kind"]], by_partner[row["partner"], row["kind"]]):
                pot.add(row)
    return _Facts(projects, money, territories, priorities, pots, by_kind, by_partner)


def _row(facts: _Facts, row: dict) -> ProjectRow:
    pk, money = row["id"], facts.money[row["id"]]
    pot = facts.pots.get(pk) or _Pot()
    return ProjectRow(
        number=row["number"],
        title=row["title"],
        organisation=row["organisation__name"],
        territory=_main(facts.territories, pk),
        priority=_main(facts.priorities, pk),
        state_label=ProjectState(row["state"]).label,
        committed=money.committed,
        paid=money.paid,
        partners=pot.secured,
        total_cost=(money.committed or row["fund_amount"]) + pot.secured + pot.promised,
    )


def _main(parts: dict[int, list[tuple[str, Decimal]]], project: int) -> str:
    mine = parts.get(project)
    return mine[0][0] if mine else NOWHERE


def _shares(facts: _Facts, parts: dict[int, list[tuple[str, Decimal]]]) -> tuple[Share, ...]:
    """Each project's money divided between its parts by their weights, to the cent."""
    committed, paid, projects = defaultdict(lambda: ZERO), defaultdict(lambda: ZERO), defaultdict(int)
    for row in facts.projects:
        mine = parts.get(row["id"]) or [(NOWHERE, Decimal(1))]
        weights, money = [weight for _, weight in mine], facts.money[row["id"]]
        moneys = (split(amount, weights) for amount in (money.committed, money.paid))
        for (name, _), one, other in zip(mine, *moneys, strict=True):
            committed[name] += one
            paid[name] += other
            projects[name] += 1
    return tuple(Share(name, count, committed[name], paid[name]) for name, count in projects.items())
