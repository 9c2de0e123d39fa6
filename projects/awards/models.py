"""The decision that commits money: asked for by one person, approved by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, Link, TenantLink, Wall
from projects.register.models import READERS, Project
from regions.agreements.models import MONEY
from regions.money.models import Envelope


class AwardState(models.TextChoices):
    REQUESTED = "requested", "Demandé"
    APPROVED = "approved", "Approuvé"
    DECLINED = "declined", "Refusé"
    WITHDRAWN = "withdrawn", "Retiré"


class Award(TenantModel):
    project = Link(Project, related_name="awards")
    envelope = Link(Envelope, related_name="+")
    amount = models.DecimalField(**MONEY)
    state = models.CharField(max_length=10, choices=AwardState, default=AwardState.REQUESTED)
    resolution = models.CharField(max_length=40, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        db_table = "award"
        indexes = [
            models.Index(fields=["alliance", "project", "-id"], name="award_of_project"),
            models.Index(fields=["alliance", "requested_at"], condition=Q(state="requested"), name="award_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="award_key"),
            models.UniqueConstraint(
                fields=["alliance", "project"], condition=Q(state__in=["requested", "approved"]), name="award_one_alive"
            ),
            models.CheckConstraint(name="award_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="award_state", condition=Q(state__in=AwardState.values)),
            models.CheckConstraint(
                name="award_decided_when",
                condition=Q(state="requested", decided_at=None, decided_by=None)
                | (~Q(state="requested") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="award_four_eyes", condition=~Q(state="approved") | ~Q(decided_by=F("requested_by"))
            ),
            TenantLink(name="award_of_project_key", field="project"),
            TenantLink(name="award_of_envelope", field="envelope"),
            Wall(
                name="award_wall",
                rules=[
                    (
                        "alliance",
                        "select insert update(state, resolution, reason, decided_at, decided_by_id)",
                        ALLIANCE,
                    ),
                    *READERS,
                ],
            ),
        ]
