"""The outbox: each notice is a row, written with its cause; the worker sends it. The row stays, as the log."""

from django.conf import settings
from django.db import models

from alliances.tenancy.wall import EVERY_ROW, PERSON, Wall


class NoticeQuerySet(models.QuerySet):
    def of_person(self, person_id: int):
        """What a person received, newest first."""
        return self.filter(person_id=person_id).order_by("-id")


class Notice(models.Model):
    """One notice to one address: shown in the portal (to a person) and sent by e-mail."""

    class State(models.TextChoices):
        QUEUED = "queued", "En file"
        SENDING = "sending", "Envoi en cours"
        SENT = "sent", "Envoyé"
        FAILED = "failed", "Non remis"

    code = models.CharField(max_length=4)  # N01…
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    url = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        db_table = "notice"
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(
                fields=["next_try_at"], condition=models.Q(state__in=["queued", "sending"]), name="notice_to_send"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_sent_when",
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
            ),
            Wall(
                name="notice_wall",
                rules=[
                    # Written through post_notice alone; only its person reads it, and the keeper who sends it.
                    ("person", "select update(read_at)", PERSON),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_outbox", "select insert update", EVERY_ROW),
                ],
            ),
        ]
