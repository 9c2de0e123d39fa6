"""Keeping files for people."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from alliances.files.models import StoredFile


def store(*, actor, alliance_id: int | None, name: str, media_type: str, body: bytes) -> StoredFile:
    """Keep `body` for `actor` during FILE_DAYS days. The bytes are written before the row: never a row without its file."""
    stored = StoredFile(
        alliance_id=alliance_id,
        person_id=actor.person_id,
        name=name[:150],
        media_type=media_type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        expires_at=timezone.now() + timedelta(days=settings.FILE_DAYS),
    )
    default_storage.save(stored.storage_name, ContentFile(body))
    stored.save(force_insert=True)
    return stored
