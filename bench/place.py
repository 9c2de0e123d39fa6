"""A database of the bench’s own on the embedded server, so that nobody’s data are touched or measured by accident."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "script"))

from launcher.places import places  # noqa: E402
from launcher.postgres import Postgres  # noqa: E402

LOGINS = ("DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL")


class Place:
    """Where a scale is measured: `environ` for the portal’s processes, `manage` to run a command in it."""

    def __init__(self, name: str, slot: int):
        self.name = name
        self.environ = {**os.environ, "PORTAL_MODE": "demo", "PORTAL_PROCESS": "worker", "LOG_LEVEL": "WARNING"}
        for login in LOGINS:
            self.environ[login] = _named(os.environ[login], name)
        self.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{slot}"
        self.environ["MFA_REQUIRED"] = "off"
        # A server of one's own gives the address; the embedded one is known to the launcher.
        self._admin = os.environ.get("DATABASE_ADMIN_URL") or Postgres(places()).admin_address

    def manage(self, *arguments: str, admin: bool = False, quiet: bool = True) -> None:
        """Run a command; CalledProcessError when it fails."""
        environ = {**self.environ, **({"DATABASE_ADMIN_URL": self._admin} if admin else {})}
        output = subprocess.DEVNULL if quiet else None
        subprocess.run([sys.executable, "manage.py", *arguments], env=environ, cwd=ROOT, check=True, stdout=output)

    def make(self) -> None:
        """Roles, the database, its tables and the facts of the programme; what is there stays."""
        self.manage("provision", admin=True)
        self.manage("migrate", "--verbosity=0", "--skip-checks")
        self.manage("load_reference", "--skip-checks")

    def holds_data(self) -> bool:
        with self.superuser() as connection:
            return bool(connection.execute("SELECT 1 FROM ministry_member LIMIT 1").fetchone())

    def drop(self) -> None:
        with self.superuser("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))

    @contextlib.contextmanager
    def superuser(self, database: str = "") -> Iterator[psycopg.Connection]:
        """The administrator’s connection: sizes, statistics, and the comparison without the wall."""
        with psycopg.connect(_named(self._admin, database or self.name), autocommit=True) as connection:
            yield connection


def _named(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))
