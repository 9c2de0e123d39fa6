"""Jobs: the row is the job, written with its cause. Celery only rings; what rang in vain is rung again."""

from django.conf import settings
from django.db import models

from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, PERSON, Wall


class JobQuerySet(models.QuerySet):
    def mine(self, person_id: int):
        return self.filter(person_id=person_id).order_by("-id")

    def unfinished(self):
        return self.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])


class Job(models.Model):
    """Work over a second, asked by a person, done by the worker in the same space."""

    class State(models.TextChoices):
        QUEUED = "queued", "En attente"
        RUNNING = "running", "En préparation"
        DONE = "done", "Prêt"
        FAILED = "failed", "Échec"
        CANCELLED = "cancelled", "Annulé"

    kind = models.CharField(max_length=40)  # key of the registry in alliances.jobs.registry
    title = models.CharField(max_length=200)
    space = models.CharField(max_length=12)  # the scope the worker opens: alliance, ministry or audit
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=160)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(max_length=120, blank=True, default="")
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")
    file = models.ForeignKey("alliances.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    rung_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        db_table = "job"
        indexes = [
            models.Index(fields=["alliance", "person", "-id"], name="job_mine"),
            models.Index(
                fields=["rung_at"], condition=models.Q(state__in=["queued", "running"]), name="job_unfinished"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="job_key"),
            models.CheckConstraint(name="job_progress", condition=models.Q(progress__lte=100)),
            models.CheckConstraint(
                name="job_space",
                condition=models.Q(space="alliance", alliance__isnull=False)
                | models.Q(space__in=["ministry", "audit"], alliance=None),
            ),
            models.CheckConstraint(
                name="job_finished_when",
                condition=models.Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False)
                | models.Q(state__in=["queued", "running"], finished_at=None),
            ),
            models.CheckConstraint(name="job_failed_why", condition=~models.Q(state="failed") | ~models.Q(error="")),
            Wall(
                name="job_wall",
                rules=[
                    ("alliance", "select insert update", ALLIANCE),
                    ("ministry", "select insert update", f"space = 'ministry' AND {PERSON}"),
                    ("audit", "select insert update", f"space = 'audit' AND {PERSON}"),
                    ("upkeep", "select", EVERY_ROW),
                ],
            ),
        ]
