"""Keeping the bytes of a file with its row, and taking them back when the row is not to be."""

import contextlib
import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from alliances.files.models import StoredFile


def store(
    *, actor, alliance_id: int | None, name: str, media_type: str, body: bytes, days: int | None = None
) -> StoredFile:
    """Keep `body` for `actor` during `days` days (FILE_DAYS).

    The bytes are written before the row: never a row without its file.
    """
    stored = StoredFile(
        alliance_id=alliance_id,
        person_id=actor.person_id,
        name=name[:150],
        media_type=media_type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        expires_at=timezone.now() + timedelta(days=days or settings.FILE_DAYS),
    )
    try:
        default_storage.save(stored.storage_name, ContentFile(body))
        stored.save(force_insert=True)
    except BaseException:
        discard(stored)
        raise
    return stored


def discard(stored: StoredFile) -> None:
    """Remove the bytes of a row that will not be: best effort, the nightly broom finds what is left."""
    with contextlib.suppress(Exception):
        default_storage.delete(stored.storage_name)
