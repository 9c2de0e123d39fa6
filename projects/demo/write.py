"""From plans to rows: a chunk of projects of one alliance, in its scope, each kind of row in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from alliances.models import AuditEvent
from projects.demo.people import Cast
from projects.demo.plans import InstalmentPlan, ProjectPlan
from projects.demo.rows import put
from projects.models import (
    Award,
    BudgetLine,
    Contribution,
    ExpectedResult,
    ExpenseCategory,
    Instalment,
    Project,
    ProjectPriority,
    ProjectTarget,
    ProjectTerritory,
)
from regions.models import Account, Agreement, Entry, Envelope, Posting, Priority, TargetGroup, Territory

ZONE = ZoneInfo("America/Toronto")
WALK = {
    "commitment": ("appropriated", "reserved", "committed"),
    "payment": ("committed", "paid"),
    "deobligation": ("committed", "appropriated"),
    "expense": ("appropriated", "paid"),
}


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


class Codes:
    """{code: id} of what projects are described with."""

    def __init__(self):
        self.territory, self.priority, self.target, self.category = (
            dict(model.objects.values_list("code", "id"))
            for model in (Territory, Priority, TargetGroup, ExpenseCategory)
        )


@dataclass(frozen=True)
class PostingPlan:
    cause: str
    key: str
    on: date
    envelope: int
    amount: Decimal
    label: str
    who: str
    project: int | None = None
    reason: str = ""


class Desk:
    """Writes for one alliance under one agreement. In its scope."""

    def __init__(self, agreement: Agreement, cast: Cast, codes: Codes, organisations: list[int]):
        self.agreement, self.cast, self.codes, self.organisations = agreement, cast, codes, organisations
        self.alliance = agreement.alliance_id
        branches = Envelope.objects.filter(alliance_id=self.alliance, agreement=agreement)
        self.branches = {(kind, year): pk for kind, year, pk in branches.values_list("kind", "fiscal_year", "id")}
        self._open_accounts()

    def _open_accounts(self) -> None:
        wanted = [
            (pk, state)
            for (kind, _), pk in self.branches.items()
            for state in {"projects": ("reserved", "committed", "paid"), "administration": ("paid",)}.get(kind, ())
        ]
        mine = Account.objects.filter(alliance_id=self.alliance, envelope__agreement=self.agreement)
        there = set(mine.values_list("envelope_id", "state"))
        put(
            Account,
            "alliance_id envelope_id state balance",
            [(self.alliance, *key, Decimal(0)) for key in wanted if key not in there],
        )
        self.accounts = {
            (envelope, state): pk for envelope, state, pk in mine.values_list("envelope_id", "state", "id")
        }

    def projects(self, plans: Sequence[ProjectPlan]) -> None:
        """A chunk, with all its parts, its money and its lines in the journal."""
        ids = self._rows(plans)
        self._parts(plans, ids)
        awards, instalments = self._decisions(plans, ids)
        self.post(self._postings(plans, ids, awards, instalments))
        self._journal([plan for plan in plans if plan.history], ids, awards, instalments)

    def _rows(self, plans) -> dict[str, int]:
        agent, alliance, agreement = self.cast["agent"][0], self.alliance, self.agreement.pk
        rows = []
        for i, plan in enumerate(plans):
            since = moment(plan.since, 9 + i % 8, i % 60)
            began = moment(min(plan.starts_on, plan.awarded_on or plan.since, plan.since), 9)
            rows.append(
                (alliance, agreement, self.organisations[plan.organisation], plan.number, plan.title, plan.summary,
                 plan.starts_on, plan.ends_on, plan.nature, plan.amount, plan.state, since, plan.reason,
                 plan.awarded_on, plan.cancelled_on, agent, 1, began, agent, since, agent)
            )  # fmt: skip
        return dict(
            put(
                Project,
                "alliance_id agreement_id organisation_id number title summary starts_on ends_on nature fund_amount "
                "state state_since state_reason awarded_on cancelled_on followed_by_id version created_at "
                "created_by_id updated_at updated_by_id",
                rows,
                "number, id",
            )
        )

    def _parts(self, plans, ids) -> None:
        mine, codes = [(self.alliance, ids[plan.number], plan) for plan in plans], self.codes
        put(
            ProjectTerritory,
            "alliance_id project_id territory_id share",
            [(a, p, codes.territory[code], share) for a, p, plan in mine for code, share in plan.territories],
        )
        put(
            ProjectPriority,
            "alliance_id project_id priority_id rank",
            [(a, p, codes.priority[code], rank) for a, p, plan in mine for rank, code in enumerate(plan.priorities)],
        )
        put(
            ProjectTarget,
            "alliance_id project_id target_group_id",
            [(a, p, codes.target[code]) for a, p, plan in mine for code in plan.targets],
        )
        put(
            BudgetLine,
            "alliance_id project_id category_id amount",
            [(a, p, codes.category[code], amount) for a, p, plan in mine for code, amount in plan.budget],
        )
        put(
            Contribution,
            "alliance_id project_id partner kind form state amount effective_on",
            [(a, p, *gift) for a, p, plan in mine for gift in plan.contributions],
        )
        put(
            ExpectedResult,
            "alliance_id project_id label target rank",
            [(a, p, label, target, rank) for a, p, plan in mine for rank, (label, target) in enumerate(plan.results)],
        )

    def _decisions(self, plans, ids):
        """Awards and instalments: ({project: award id}, {(project, rank): instalment id})."""
        agent, manager, finance = (self.cast[who][0] for who in ("agent", "gestion", "finance"))
        alliance, awards, instalments = self.alliance, [], []
        for plan in plans:
            project, branch = ids[plan.number], self.branches["projects", plan.year]
            if plan.award:
                day = plan.awarded_on or plan.since
                decided = (moment(day, 15), manager) if plan.committed else (None, None)
                resolution = f"CA-{day.year}-{day.month * 10 + day.day % 10:03d}"
                awards.append(
                    (
                        alliance,
                        project,
                        branch,
                        plan.amount,
                        plan.award,
                        resolution,
                        "",
                        moment(day, 9),
                        agent,
                        *decided,
                    )
                )
            for rank, one in enumerate(plan.instalments, start=1):
                instalments.append(
                    (alliance, project, branch, rank, one.amount, *self._instalment(one, finance, manager))
                )
        made = put(
            Award,
            "alliance_id project_id envelope_id amount state resolution reason requested_at requested_by_id decided_at "
            "decided_by_id",
            awards,
            "project_id, id",
        )
        paid = put(
            Instalment,
            "alliance_id project_id envelope_id rank amount due_on state state_since reason requested_by_id "
            "requested_at approved_by_id approved_at paid_on paid_by_id reference tries",
            instalments,
            "project_id, rank, id",
        )
        return dict(made), {(project, rank): pk for project, rank, pk in paid}

    @staticmethod
    def _instalment(one: InstalmentPlan, finance: int, manager: int) -> tuple:
        asked = (finance, moment(one.due_on, 9)) if one.state in ("requested", "approved", "paid") else (None, None)
        agreed = (manager, moment(one.due_on, 14)) if one.state in ("approved", "paid") else (None, None)
        paid = (one.paid_on, finance, f"TRF-{one.paid_on:%Y%m%d}", 1) if one.state == "paid" else (None, None, "", 0)
        return (one.due_on, one.state, moment(one.paid_on or one.due_on, 11), one.reason, *asked, *agreed, *paid)

    def _postings(self, plans, ids, awards, instalments) -> list[PostingPlan]:
        postings = []
        for plan in plans:
            if not plan.committed:
                continue
            project, branch = ids[plan.number], self.branches["projects", plan.year]
            label = f"{plan.number} {plan.title}"
            postings.append(
                PostingPlan(
                    "commitment",
                    f"award:{awards[project]}",
                    plan.awarded_on,
                    branch,
                    plan.amount,
                    label,
                    "gestion",
                    project,
                )
            )
            for rank, one in enumerate(plan.instalments, start=1):
                if one.state == "paid":
                    key = f"instalment:{instalments[project, rank]}:pay:1"
                    text = f"{label}, versement {rank}"
                    postings.append(
                        PostingPlan("payment", key, one.paid_on, branch, one.amount, text, "finance", project)
                    )
            if plan.cancelled_on:
                key = f"project:{project}:release:1"
                postings.append(
                    PostingPlan(
                        "deobligation",
                        key,
                        plan.cancelled_on,
                        branch,
                        plan.amount,
                        label,
                        "gestion",
                        project,
                        plan.reason,
                    )
                )
        return postings

    def post(self, postings: Sequence[PostingPlan]) -> None:
        """Whole postings, all their entries in one statement: the ledger’s keeper checks them together."""
        rows = [
            (self.alliance, one.cause, *self.cast[one.who], one.on, one.key, one.project, one.label[:200], one.reason)
            for one in postings
        ]
        made = put(
            Posting,
            "alliance_id cause person_id actor_name effective_on idempotency_key subject_id label reason",
            rows,
            "idempotency_key, id",
        )
        ids, entries = dict(made), []
        for one in postings:
            walk = WALK[one.cause]
            for origin, target in zip(walk, walk[1:], strict=False):
                entries.append((self.alliance, ids[one.key], self.accounts[one.envelope, origin], -one.amount))
                entries.append((self.alliance, ids[one.key], self.accounts[one.envelope, target], one.amount))
        put(Entry, "alliance_id posting_id account_id amount", entries)

    def _journal(self, plans, ids, awards, instalments) -> None:
        lines = []
        for plan in plans:
            project = ids[plan.number]
            day = plan.awarded_on or plan.since
            amount = {"amount": str(plan.amount)}
            lines.append(("agent", "project.created", "project", project, {}, moment(day, 8, 30)))
            if plan.award:
                lines.append(("agent", "award.requested", "award", awards[project], amount, moment(day, 9)))
            if not plan.committed:
                continue
            lines.append(("gestion", "award.approved", "award", awards[project], amount, moment(day, 15)))
            lines.append(("gestion", "project.approved", "project", project, {}, moment(day, 15)))
            for rank, one in enumerate(plan.instalments, start=1):
                row = instalments[project, rank]
                facts = {"rank": rank, "amount": str(one.amount)}
                if one.state in ("requested", "approved", "paid"):
                    lines.append(("finance", "payment.requested", "instalment", row, facts, moment(one.due_on, 9)))
                if one.state in ("approved", "paid"):
                    lines.append(("gestion", "payment.approved", "instalment", row, facts, moment(one.due_on, 14)))
                if one.state == "paid":
                    lines.append(("finance", "payment.paid", "instalment", row, facts, moment(one.paid_on, 15)))
            if plan.state in ("suspended", "cancelled", "completed", "closed"):
                facts = {"reason": plan.reason} if plan.reason else {}
                lines.append(("gestion", f"project.{plan.state}", "project", project, facts, moment(plan.since, 16)))
        lines.sort(key=lambda line: line[-1])
        put(
            AuditEvent,
            "alliance_id person_id actor_name verb object_kind object_id facts at",
            [(self.alliance, *self.cast[who], verb, kind, row, facts, at) for who, verb, kind, row, facts, at in lines],
        )
