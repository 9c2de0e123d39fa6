"""A project and what it is made of: territories, priorities, budget, partners, expected results."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, DETAILED, EVERY_ROW, ORGANISATION, Link, TenantLink, Wall
from projects.register.enums import ContributionForm, ContributionState, Nature, PartnerKind, ProjectState
from projects.register.querysets import ProjectQuerySet
from regions.agreements.models import MONEY, Agreement

READERS = [("ministry", "select", DETAILED), ("audit", "select", DETAILED), ("upkeep", "select", EVERY_ROW)]
OF_MY_PROJECT = "project_id IN (SELECT p.id FROM project p)"  # under the caller's own wall
# What the staff may write of a project; money, sums and lists are the keepers'.
STAFF_COLUMNS = (
    "organisation_id, agreement_id, title, summary, starts_on, ends_on, nature, fund_amount, state, state_since, "
    "state_reason, awarded_on, cancelled_on, followed_by_id, version, updated_at, updated_by_id"
)


class Project(TenantModel):
    """One initiative of one organisation. Keeps the number of its application; entered by hand, it starts as a draft.

    Amounts of money (`reserved`, `committed`, `paid`) are moved by the ledger's keeper; « engagé » on screens is
    committed + paid. `partners_*`, `territory_ids`, `priority_ids` are kept by the tally's keeper.
    """

    number = models.CharField(max_length=24)  # APS-04-2021-0012
    agreement = Link(Agreement, related_name="+")
    organisation = models.ForeignKey("alliances.Organisation", models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True, default="")  # published
    starts_on = models.DateField()
    ends_on = models.DateField()
    nature = models.CharField(max_length=14, choices=Nature, default=Nature.INTERVENTION)
    fund_amount = models.DecimalField(**MONEY)  # asked of the fund
    state = models.CharField(max_length=14, choices=ProjectState, default=ProjectState.DRAFT)
    state_since = models.DateTimeField()
    state_reason = models.CharField(max_length=500, blank=True, default="")
    awarded_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    followed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    form_key = models.UUIDField(null=True)  # of the form it was entered with: sent twice, it enters one project
    # kept by the database
    fiscal_year = models.PositiveSmallIntegerField(default=0)  # of the award, or else of the start
    title_norm = models.CharField(max_length=600, default="")
    reserved = models.DecimalField(**MONEY, default=0)
    committed = models.DecimalField(**MONEY, default=0)  # engaged, still to pay
    paid = models.DecimalField(**MONEY, default=0)
    partners_promised = models.DecimalField(**MONEY, default=0)
    partners_secured = models.DecimalField(**MONEY, default=0)  # confirmed or received
    territory_ids = ArrayField(models.BigIntegerField(), default=list)
    priority_ids = ArrayField(models.BigIntegerField(), default=list)
    # « Engagé » in cents: what the list sorts by. A whole number: for PostgreSQL, comparing numerics may leak,
    # and behind a wall such a comparison is never looked up in an index.
    engaged_cents = models.GeneratedField(
        expression=Cast((F("committed") + F("paid")) * 100, models.BigIntegerField()),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        db_table = "project"
        indexes = [
            models.Index("alliance", F("updated_at").desc(), F("id").desc(), name="project_list"),
            models.Index("alliance", "state", F("updated_at").desc(), F("id").desc(), name="project_by_state"),
            models.Index("alliance", "fiscal_year", F("updated_at").desc(), F("id").desc(), name="project_by_year"),
            models.Index(
                "alliance", "organisation", F("updated_at").desc(), F("id").desc(), name="project_by_promoter"
            ),
            models.Index("alliance", "title_norm", "id", name="project_by_title"),
            models.Index("alliance", F("engaged_cents").desc(), F("id").desc(), name="project_by_engaged"),
            models.Index("alliance", "ends_on", "id", name="project_by_end"),
            models.Index(
                "alliance", "cancelled_on", "id", condition=Q(cancelled_on__isnull=False), name="project_cancelled"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="project_key"),
            models.UniqueConstraint(fields=["alliance", "number"], name="project_number"),
            models.UniqueConstraint(fields=["alliance", "form_key"], name="project_form"),
            models.CheckConstraint(name="project_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="project_state", condition=Q(state__in=ProjectState.values)),
            models.CheckConstraint(name="project_nature", condition=Q(nature__in=Nature.values)),
            models.CheckConstraint(name="project_amount", condition=Q(fund_amount__gt=0)),
            models.CheckConstraint(
                name="project_awarded_when",
                condition=Q(state="draft", awarded_on=None)
                | Q(state="cancelled")
                | (~Q(state__in=["draft", "cancelled"]) & Q(awarded_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="project_cancelled_when",
                condition=Q(state="cancelled", cancelled_on__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_on=None)),
            ),
            models.CheckConstraint(name="project_money", condition=Q(reserved__gte=0, committed__gte=0, paid__gte=0)),
            TenantLink(name="project_of_agreement", field="agreement"),
            Wall(
                name="project_wall",
                rules=[
                    ("alliance", f"select insert update({STAFF_COLUMNS})", ALLIANCE),
                    ("alliance", "delete", f"{ALLIANCE} AND state = 'draft'"),
                    ("promoter", "select", f"{ORGANISATION} AND state <> 'draft'"),
                    *READERS,
                    ("keeper_ledger", "select update(reserved, committed, paid)", EVERY_ROW),
                    (
                        "keeper_tally",
                        "select update(partners_promised, partners_secured, territory_ids, priority_ids)",
                        EVERY_ROW,
                    ),
                    ("keeper_search", "select", EVERY_ROW),
                ],
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def engaged(self):
        """« Engagé »: committed by a decision, whether paid yet or not."""
        return self.committed + self.paid

    @property
    def cost(self):
        """Total cost as known: what the fund gives (or is asked for) and what partners promise or gave."""
        return (self.engaged or self.reserved or self.fund_amount) + self.partners_promised + self.partners_secured


def _part_wall(name: str, *more) -> Wall:
    """The wall of a project's part: the alliance writes, the organisation and the ministry read."""
    return Wall(
        name=name,
        rules=[
            ("alliance", "select insert update delete", ALLIANCE),
            ("promoter", "select", OF_MY_PROJECT),
            *READERS,
            ("keeper_tally", "select", EVERY_ROW),
            *more,
        ],
    )


class ProjectTerritory(TenantModel):
    project = Link(Project, related_name="territories")
    territory = models.ForeignKey("regions.Territory", models.PROTECT, related_name="+", db_index=False)
    share = models.DecimalField(max_digits=5, decimal_places=2)  # percent; the shares of a project total 100

    class Meta:
        db_table = "project_territory"
        indexes = [models.Index(fields=["alliance", "territory", "project"], name="project_territory_of")]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "project", "territory"], name="project_territory_once"),
            models.CheckConstraint(name="project_territory_share", condition=Q(share__gt=0, share__lte=100)),
            TenantLink(name="project_territory_of_project", field="project"),
            _part_wall("project_territory_wall"),
        ]


class ProjectPriority(TenantModel):
    project = Link(Project, related_name="priorities")
    priority = models.ForeignKey("regions.Priority", models.PROTECT, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField(default=0)  # 0 is the main one

    class Meta:
        db_table = "project_priority"
        ordering = ["rank"]
        indexes = [models.Index(fields=["alliance", "priority", "project"], name="project_priority_of")]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "project", "priority"], name="project_priority_once"),
            TenantLink(name="project_priority_of_project", field="project"),
            _part_wall("project_priority_wall"),
        ]


class ProjectTarget(TenantModel):
    project = Link(Project, related_name="targets")
    target_group = models.ForeignKey("regions.TargetGroup", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "project_target"
        constraints = [
            models.UniqueConstraint(fields=["alliance", "project", "target_group"], name="project_target_once"),
            TenantLink(name="project_target_of_project", field="project"),
            _part_wall("project_target_wall"),
        ]


class ExpenseCategory(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "expense_category"
        ordering = ["rank"]

    def __str__(self):
        return self.name


class BudgetLine(TenantModel):
    project = Link(Project, related_name="budget")
    category = models.ForeignKey(ExpenseCategory, models.PROTECT, related_name="+", db_index=False)
    amount = models.DecimalField(**MONEY)

    class Meta:
        db_table = "budget_line"
        ordering = ["category__rank"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "project", "category"], name="budget_line_once"),
            models.CheckConstraint(name="budget_line_positive", condition=Q(amount__gt=0)),
            TenantLink(name="budget_line_of_project", field="project"),
            _part_wall("budget_line_wall"),
        ]


class Contribution(TenantModel):
    """What a partner gives: in cash or in services; promised, then confirmed, then received."""

    project = Link(Project, related_name="contributions")
    partner = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=PartnerKind)
    form = models.CharField(max_length=8, choices=ContributionForm)
    state = models.CharField(max_length=10, choices=ContributionState, default=ContributionState.PROMISED)
    amount = models.DecimalField(**MONEY)
    effective_on = models.DateField()
    # kept by the database: from when, until when it counts in the programme's figures (its project is awarded)
    counts_from = models.DateField(null=True)
    counts_until = models.DateField(null=True)

    class Meta:
        db_table = "contribution"
        ordering = ["id"]
        indexes = [models.Index(fields=["alliance", "project", "id"], name="contribution_of_project")]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="contribution_key"),
            models.CheckConstraint(name="contribution_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="contribution_kind", condition=Q(kind__in=PartnerKind.values)),
            models.CheckConstraint(name="contribution_form", condition=Q(form__in=ContributionForm.values)),
            models.CheckConstraint(name="contribution_state", condition=Q(state__in=ContributionState.values)),
            TenantLink(name="contribution_of_project_key", field="project"),
            Wall(
                name="contribution_wall",
                rules=[
                    ("alliance", "select insert update delete", ALLIANCE),
                    ("promoter", "select", OF_MY_PROJECT),
                    *READERS,
                    ("keeper_tally", "select update(counts_from, counts_until)", EVERY_ROW),
                ],
            ),
        ]


class ExpectedResult(TenantModel):
    project = Link(Project, related_name="results")
    label = models.CharField(max_length=200)
    target = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "expected_result"
        ordering = ["rank", "id"]
        indexes = [models.Index(fields=["alliance", "project"], name="expected_result_of")]
        constraints = [
            TenantLink(name="expected_result_of_project", field="project"),
            _part_wall("expected_result_wall"),
        ]


class NumberSeries(TenantModel):
    """The last number given, by kind and year. Taken under its row lock: no number serves twice."""

    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "number_series"
        constraints = [
            models.UniqueConstraint(fields=["alliance", "kind", "year"], name="number_series_once"),
            Wall(
                name="number_series_wall",
                rules=[("alliance", "select insert update(last)", ALLIANCE), ("upkeep", "select", EVERY_ROW)],
            ),
        ]
