"""Brings the database, the static files and the data up to date, in one process; what is done is not done again."""

import hashlib
import os
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "provision (given DATABASE_ADMIN_URL), migrate, collectstatic, load_reference, load_demo."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--accounts", help="write the demonstration accounts to this file")

    def handle(self, **options):
        if os.environ.get("DATABASE_ADMIN_URL"):
            self._step("roles")
            call_command("provision", verbosity=0)
        if _needs_migration():
            self._step("migrations")
            call_command("migrate", verbosity=0, interactive=False)
        self._static_files()
        self._step("reference data")
        call_command("load_reference", verbosity=0)
        if settings.DEMO:
            self._step("demonstration data")
            call_command("load_demo", verbosity=1, stdout=self.stdout)
        if options["accounts"]:
            text = StringIO()
            if settings.DEMO:
                call_command("accounts", stdout=text)
            Path(options["accounts"]).write_text(text.getvalue())

    def _step(self, name: str) -> None:
        # The launcher shows the last line: it must not wait in a buffer.
        self.stdout.write(name)
        self.stdout.flush()

    def _static_files(self) -> None:
        mark = settings.STATIC_ROOT.with_name("static.mark")
        now = _fingerprint(settings.STATICFILES_DIRS)
        if not settings.STATIC_ROOT.exists() or not mark.exists() or mark.read_text() != now:
            self._step("static files")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            mark.write_text(now)


def _needs_migration() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    finally:
        connection.close()


def _fingerprint(folders) -> str:
    """Of names, sizes and times; the code of installed packages changes with the lock alone."""
    seen = hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes())
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            status = path.stat()
            seen.update(f"{path}:{status.st_size}:{status.st_mtime_ns}".encode())
    return seen.hexdigest()
