"""Bytes that no row keeps any more: expired files, and what a process killed before its row was written left."""

import datetime as dt

from django.core.files.storage import default_storage
from django.utils import timezone

from alliances.files.models import StoredFile
from alliances.tenancy.scope import upkeep_scope

ORPHAN_AFTER = dt.timedelta(hours=24)  # a file younger than this may be one whose row is about to be written
FOLDERS = 256  # storage names begin with two hexadecimal digits
FOLDERS_AT_A_TIME = 8


def remove_expired(now: dt.datetime | None = None) -> int:
    """Remove the bytes of files that expired lately; the row stays, and says since when. Returns how many."""
    now = now or timezone.now()
    with upkeep_scope():
        rows = StoredFile.objects.filter(expires_at__lte=now, expires_at__gt=now - dt.timedelta(days=3))
        names = [stored.storage_name for stored in rows.only("key")]
    return sum(_delete(name) for name in names)


def remove_orphans(now: dt.datetime | None = None) -> int:
    """Look at a few folders each time, in turn; remove what no living row names. Returns how many."""
    now = now or timezone.now()
    first = int(now.timestamp() // 600) * FOLDERS_AT_A_TIME
    removed = 0
    for rank in range(first, first + FOLDERS_AT_A_TIME):
        folder = f"{rank % FOLDERS:02x}"
        old = [name for name in _listing(folder) if default_storage.get_modified_time(name) < now - ORPHAN_AFTER]
        if not old:
            continue
        with upkeep_scope():
            kept = StoredFile.objects.filter(key__in=[name.partition("/")[2] for name in old], expires_at__gt=now)
            names = {stored.storage_name for stored in kept.only("key")}
        removed += sum(_delete(name) for name in old if name not in names)
    return removed


def _listing(folder: str) -> list[str]:
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files if len(name) == 32 and name.isalnum()]


def _delete(name: str) -> bool:
    if not default_storage.exists(name):
        return False
    default_storage.delete(name)
    return True
