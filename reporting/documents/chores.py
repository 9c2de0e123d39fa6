"""What a worker killed in the middle of a page leaves behind: WeasyPrint's folder of fonts."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from alliances.jobs.registry import chore

LEFT_AFTER = 3600  # seconds: no document takes that long


@chore("documents.fonts")
def remove_font_folders() -> int:
    """Remove folders of fonts of this user that no rendering uses any more. Returns how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob("weasyprint-*"):
        left = folder.stat()
        if left.st_uid == os.getuid() and left.st_mtime < time.time() - LEFT_AFTER:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
