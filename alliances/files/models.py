"""Files that people asked the portal for: reports, exports. The bytes are in storage, under a name nobody can guess."""

import uuid

from django.conf import settings
from django.db import models

from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, PERSON, Wall


class StoredFile(models.Model):
    """A file of one person, made in one space; read through a checked view, never by its storage key."""

    key = models.UUIDField(default=uuid.uuid4)
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "stored_file"
        indexes = [
            models.Index(fields=["alliance", "person", "-id"], name="stored_file_mine"),
            models.Index(fields=["person", "-id"], condition=models.Q(alliance=None), name="stored_file_elsewhere"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="stored_file_key"),
            Wall(
                name="stored_file_wall",
                rules=[
                    ("alliance", "select insert", ALLIANCE),
                    ("ministry", "select insert", f"alliance_id IS NULL AND {PERSON}"),
                    ("audit", "select insert", f"alliance_id IS NULL AND {PERSON}"),
                    ("upkeep", "select", EVERY_ROW),
                ],
            ),
        ]

    @property
    def storage_name(self) -> str:
        return f"{self.key.hex[:2]}/{self.key.hex}"
