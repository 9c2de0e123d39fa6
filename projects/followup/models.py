"""Paying: the instalments of an awarded project."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, Link, TenantLink, Wall
from projects.register.models import OF_MY_PROJECT, READERS, Project
from regions.agreements.models import MONEY
from regions.money.models import Envelope


class InstalmentState(models.TextChoices):
    PLANNED = "planned", "Prévu"
    DUE = "due", "Dû"
    BLOCKED = "blocked", "Bloqué"
    REQUESTED = "requested", "Demandé"
    APPROVED = "approved", "Approuvé"
    PAID = "paid", "Versé"
    RETURNED = "returned", "Retourné par la banque"
    CANCELLED = "cancelled", "Annulé"


# What is paid or cancelled waits for nobody: nearly all rows, after some years.
OVER = (InstalmentState.PAID, InstalmentState.CANCELLED)
NOT_OVER = ~Q(state__in=[state.value for state in OVER])


def _person(**kwargs):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, **kwargs
    )


class Instalment(TenantModel):
    """One payment to the promoter: planned → due → requested → approved → paid. Another person approves."""

    project = Link(Project, related_name="instalments")
    envelope = Link(Envelope, related_name="+")
    rank = models.PositiveSmallIntegerField()
    amount = models.DecimalField(**MONEY)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=InstalmentState, default=InstalmentState.PLANNED)
    state_since = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True, default="")
    requested_by = _person()
    requested_at = models.DateTimeField(null=True)
    approved_by = _person()
    approved_at = models.DateTimeField(null=True)
    paid_on = models.DateField(null=True)
    paid_by = _person()
    reference = models.CharField(max_length=40, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)  # payments made; each has a key of its own in the ledger

    class Meta:
        db_table = "instalment"
        ordering = ["rank"]
        indexes = [
            models.Index(fields=["alliance", "due_on", "id"], name="instalment_by_day"),
            models.Index(fields=["alliance", "state", "due_on", "id"], name="instalment_by_state"),
            models.Index(fields=["alliance", "due_on", "id"], condition=NOT_OVER, name="instalment_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="instalment_key"),
            models.UniqueConstraint(fields=["alliance", "project", "rank"], name="instalment_rank"),
            models.CheckConstraint(name="instalment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="instalment_state", condition=Q(state__in=InstalmentState.values)),
            models.CheckConstraint(
                name="instalment_requested_by",
                condition=~Q(state__in=["requested", "approved", "paid", "returned"])
                | Q(requested_by__isnull=False, requested_at__isnull=False),
            ),
            models.CheckConstraint(
                name="instalment_approved_by",
                condition=~Q(state__in=["approved", "paid", "returned"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="instalment_four_eyes", condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by"))
            ),
            models.CheckConstraint(
                name="instalment_paid_when",
                condition=~Q(state__in=["paid", "returned"]) | Q(paid_on__isnull=False, paid_by__isnull=False),
            ),
            TenantLink(name="instalment_of_project_key", field="project"),
            TenantLink(name="instalment_of_envelope", field="envelope"),
            Wall(
                name="instalment_wall",
                rules=[
                    (
                        "alliance",
                        "select insert update(state, state_since, reason, requested_by_id, requested_at, "
                        "approved_by_id, approved_at, paid_on, paid_by_id, reference, tries)",
                        ALLIANCE,
                    ),
                    ("alliance", "delete", f"{ALLIANCE} AND state IN ('planned', 'due')"),
                    ("promoter", "select", OF_MY_PROJECT),
                    *READERS,
                    ("keeper_tally", "select", EVERY_ROW),
                ],
            ),
        ]


class InstalmentTally(TenantModel):
    """Numbers and amounts of instalments by state: differences added by the keeper, folded by the sweeper.

    Planned ones are kept by their date besides, so that those whose date has come are judged due when read.
    """

    state = models.CharField(max_length=10, choices=InstalmentState)
    due_on = models.DateField(null=True)  # of planned ones alone
    n = models.BigIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        db_table = "instalment_tally"
        indexes = [
            models.Index(fields=["alliance", "state", "due_on"], include=["n", "amount"], name="instalment_tally_sums")
        ]
        constraints = [
            Wall(
                name="instalment_tally_wall",
                rules=[
                    ("alliance", "select", ALLIANCE),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_tally", "select insert delete", EVERY_ROW),
                ],
            )
        ]
