"""Where: regions, MRC and equivalents, and who answered for which on which day."""

from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, Wall


class Region(models.Model):
    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=120)
    population_2016 = models.PositiveIntegerField()
    population_2022 = models.PositiveIntegerField()
    area_km2 = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "region"
        ordering = ["code"]

    def __str__(self):
        return self.name


class TerritoryQuerySet(models.QuerySet):
    def of_alliance(self, alliance_id: int, day):
        """Territories that belonged to the alliance on that day."""
        return self.filter(
            Q(links__valid_to=None) | Q(links__valid_to__gte=day),
            links__alliance_id=alliance_id,
            links__valid_from__lte=day,
        ).order_by("name")

    def ever_of_alliance(self, alliance_id: int):
        return self.filter(links__alliance_id=alliance_id).distinct().order_by("name")


class Territory(models.Model):
    """One of the 104: 87 MRC and 17 equivalent territories (TE). The code is text: leading zeros count."""

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=3, choices=[("MRC", "MRC"), ("TE", "Territoire équivalent")])

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        db_table = "territory"
        ordering = ["code"]
        permissions = [("follow_territory", "Suivre les projets d’un territoire")]

    def __str__(self):
        return self.name


class TerritoryLink(models.Model):
    """A territory belongs to a region and an alliance from a day to a day, both included."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="links")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "territory_link"
        constraints = [
            models.UniqueConstraint(fields=["territory", "valid_from"], name="territory_link_once"),
            models.CheckConstraint(
                name="territory_link_order", condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from"))
            ),
        ]


class ScopeAlliance(models.Func):
    """The alliance in scope, filled in by the database."""

    function = "scope_alliance"
    arity = 0


class TerritoryUserObjectPermission(UserObjectPermissionBase):
    """guardian: a delegate follows this territory, in this alliance."""

    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, db_default=ScopeAlliance(), related_name="+", db_index=False
    )
    content_object = models.ForeignKey(Territory, models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        db_table = "territory_permission"
        # instead of guardian's own (user, permission, object): a unique key of a tenant table starts with the tenant
        unique_together = []
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "user", "permission", "content_object"], name="territory_permission_once"
            ),
            Wall(
                name="territory_permission_wall",
                rules=[
                    ("alliance", "select insert delete", ALLIANCE),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_people", "select insert delete", EVERY_ROW),
                ],
            ),
        ]


class Priority(models.Model):
    """A priority of the programme. The ten come from the ministry's deck of May 2023."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "priority"
        ordering = ["rank"]

    def __str__(self):
        return self.name


class TargetGroup(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "target_group"
        ordering = ["rank"]

    def __str__(self):
        return self.name
