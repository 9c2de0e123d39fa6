"""Sums kept exact in the same transaction, so that a page's totals cost the same for ten rows and for a million."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, Wall, totals_wall
from projects.register.querysets import ProjectTallyQuerySet

SUMS = {"max_digits": 18, "decimal_places": 2, "default": 0}


class ProjectTally(TenantModel):
    """Numbers of projects and their money by every dimension the list filters on; read by the alliance."""

    agreement_id = models.BigIntegerField()
    state = models.CharField(max_length=14)
    fiscal_year = models.PositiveSmallIntegerField()
    territory_ids = ArrayField(models.BigIntegerField())
    priority_ids = ArrayField(models.BigIntegerField())
    n = models.BigIntegerField(default=0)
    asked = models.DecimalField(**SUMS)
    committed = models.DecimalField(**SUMS)
    paid = models.DecimalField(**SUMS)
    partners = models.DecimalField(**SUMS)

    objects = ProjectTallyQuerySet.as_manager()

    class Meta:
        db_table = "project_tally"
        indexes = [models.Index(fields=["alliance", "state", "fiscal_year"], name="project_tally_sums")]
        constraints = [
            Wall(
                name="project_tally_wall",
                rules=[
                    ("alliance", "select", ALLIANCE),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_tally", "select insert delete", EVERY_ROW),
                ],
            )
        ]


class ProjectDay(TenantModel):
    """Awarded projects and secured money of partners by day: totals that the ministry may read of every alliance."""

    agreement_id = models.BigIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=14, blank=True, default="")  # of partner; empty for lines that count projects
    n = models.BigIntegerField(default=0)
    partners = models.DecimalField(**SUMS)

    class Meta:
        db_table = "project_day"
        indexes = [
            models.Index(
                fields=["alliance", "agreement_id", "day"], include=["kind", "n", "partners"], name="project_day_sums"
            )
        ]
        constraints = [totals_wall("project_day_wall")]


class ProjectMonth(TenantModel):
    """The same sums by month (its first day): what is as of a day reads whole months, then the days of the last one."""

    agreement_id = models.BigIntegerField()
    month = models.DateField()
    kind = models.CharField(max_length=14, blank=True, default="")
    n = models.BigIntegerField(default=0)
    partners = models.DecimalField(**SUMS)

    class Meta:
        db_table = "project_month"
        indexes = [
            models.Index(
                fields=["alliance", "agreement_id", "month"],
                include=["kind", "n", "partners"],
                name="project_month_sums",
            )
        ]
        constraints = [totals_wall("project_month_wall")]
