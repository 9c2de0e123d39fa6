"""Who did what. Rows are only ever added: there is no grant, and a trigger for the owner."""

from django.conf import settings
from django.db import models

from alliances.tenancy.wall import ALLIANCE, DETAILED, EVERY_ROW, ORGANISATION, PERSON, Wall


class AuditEvent(models.Model):
    """One act: `verb` (« award.approved »), its object, its actor (None: the portal itself), facts to read it by."""

    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "alliances.Organisation", models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=160)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=30, blank=True, default="")
    object_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["alliance", "object_kind", "object_id", "-id"], name="audit_of_object"),
            models.Index(fields=["alliance", "-id"], name="audit_of_alliance"),
        ]
        constraints = [
            Wall(
                name="audit_wall",
                rules=[
                    # Each space writes in its own journal: elsewhere, its line would be read as a fact.
                    ("alliance", "select", ALLIANCE),
                    ("alliance", "insert", f"{ALLIANCE} AND organisation_id IS NULL"),
                    ("committee", "select", f"{ALLIANCE} AND {PERSON}"),
                    ("committee", "insert", f"{ALLIANCE} AND {PERSON} AND organisation_id IS NULL"),
                    ("promoter", "select", ORGANISATION),
                    ("promoter", "insert", f"{ORGANISATION} AND alliance_id IS NULL"),
                    ("ministry", "select", f"alliance_id IS NULL AND organisation_id IS NULL OR {DETAILED}"),
                    ("ministry", "insert", "alliance_id IS NULL AND organisation_id IS NULL"),
                    ("audit", "select", f"alliance_id IS NULL AND organisation_id IS NULL OR {DETAILED}"),
                    ("person", "select", PERSON),
                    ("person", "insert", f"{PERSON} AND alliance_id IS NULL AND organisation_id IS NULL"),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_people", "insert", EVERY_ROW),
                    ("keeper_ledger", "insert", EVERY_ROW),
                ],
            ),
        ]
