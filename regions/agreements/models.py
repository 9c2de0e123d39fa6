"""Under which agreement: cycles, agreements and their years, the printed allocation table."""

from django.db import models
from django.db.models import F, Q

from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, Link, TenantLink, Wall

MONEY = {"max_digits": 14, "decimal_places": 2}


class Cycle(models.Model):
    """A programme cycle. `fund_amount` and `partners_amount` are the printed totals, in dollars."""

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    kind = models.CharField(max_length=12)
    fund_amount = models.DecimalField(**MONEY)
    partners_amount = models.DecimalField(**MONEY, null=True)
    agreements = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "cycle"
        ordering = ["starts_on"]
        constraints = [models.CheckConstraint(name="cycle_order", condition=Q(ends_on__gt=F("starts_on")))]

    def __str__(self):
        return self.name


class AllocationLine(models.Model):
    """A printed line of the allocation table, its printed sub-total or its printed total, kept as printed."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=8, blank=True, default="")
    name = models.CharField(max_length=120)
    amount = models.DecimalField(**MONEY)
    kind = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "allocation_line"
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["cycle", "name"], name="allocation_line_once")]


class AllocationShare(models.Model):
    """Which alliances share a line, by weight. Editable: the source prints the lines of regions, not of alliances."""

    line = models.ForeignKey(AllocationLine, models.CASCADE, related_name="shares")
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=9, decimal_places=6, default=1)

    class Meta:
        db_table = "allocation_share"
        constraints = [
            models.UniqueConstraint(fields=["line", "alliance"], name="allocation_share_once"),
            models.CheckConstraint(name="allocation_share_positive", condition=Q(weight__gt=0)),
        ]


class Agreement(TenantModel):
    """An agreement of the ministry with the mandate holder of one alliance. The ministry owns it."""

    class State(models.TextChoices):
        DRAFT = "draft", "En préparation"
        IN_APPROVAL = "in_approval", "En approbation"
        SIGNED = "signed", "Signée"
        ACTIVE = "active", "En vigueur"
        EXTENDED = "extended", "Prolongée"
        CLOSING = "closing", "En fermeture"
        CLOSED = "closed", "Fermée"
        TERMINATED = "terminated", "Résiliée"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20)  # APS-2017-04
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(**MONEY)
    # percent of a year's appropriation that the holder may spend on administration; the rate is in no public text
    administration_rate = models.DecimalField(max_digits=5, decimal_places=2, default=10)
    holder_name = models.CharField(max_length=200, blank=True, default="")  # empty: « à confirmer »
    holder_source = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)

    class Meta:
        db_table = "agreement"
        ordering = ["alliance_id", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="agreement_key"),
            models.UniqueConstraint(fields=["alliance", "number"], name="agreement_number"),
            models.CheckConstraint(name="agreement_order", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="agreement_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="agreement_administration", condition=Q(administration_rate__gte=0, administration_rate__lte=100)
            ),
            models.CheckConstraint(
                name="agreement_state",
                condition=Q(
                    state__in=[
                        "draft",
                        "in_approval",
                        "signed",
                        "active",
                        "extended",
                        "closing",
                        "closed",
                        "terminated",
                    ]
                ),
            ),
            Wall(
                name="agreement_wall",
                rules=[
                    ("alliance", "select", ALLIANCE),
                    ("ministry", "select insert update", EVERY_ROW),
                    ("audit", "select", EVERY_ROW),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_ledger", "select", EVERY_ROW),
                    ("keeper_tally", "select", EVERY_ROW),
                ],
            ),
        ]

    def __str__(self):
        return self.number


class AgreementYear(TenantModel):
    """What the agreement gives for one fiscal year, stored by its first year (2021 is « 2021-2022 »)."""

    agreement = Link(Agreement, related_name="years")
    fiscal_year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(**MONEY)

    class Meta:
        db_table = "agreement_year"
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="agreement_year_key"),
            models.UniqueConstraint(fields=["alliance", "agreement", "fiscal_year"], name="agreement_year_once"),
            models.CheckConstraint(name="agreement_year_positive", condition=Q(amount__gte=0)),
            TenantLink(name="agreement_year_of_agreement", field="agreement"),
            Wall(
                name="agreement_year_wall",
                rules=[
                    ("alliance", "select", ALLIANCE),
                    ("ministry", "select insert update", EVERY_ROW),
                    ("audit", "select", EVERY_ROW),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_ledger", "select", EVERY_ROW),
                ],
            ),
        ]
