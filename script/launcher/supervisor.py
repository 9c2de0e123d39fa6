"""Keeps processes running: what ends is started again, later and later if it ends at once."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from launcher import logs
from launcher.places import CHECKOUT
from launcher.processes import Register, group_lives, signal_group
from launcher.show import warn

_FIRST_WAIT, _LONGEST_WAIT, _SETTLED = 0.25, 15.0, 30.0


class Child:
    """One process and its descendants, in a group of their own."""

    def __init__(self, name: str, command: list[str], environ: dict[str, str], *, log: Path, register: Register):
        self.name, self.command, self.environ, self.log, self.register = name, command, environ, log, register
        self.process: subprocess.Popen | None = None
        self.ends = 0
        self._wait, self._again_at, self._began = _FIRST_WAIT, 0.0, 0.0

    def start(self) -> None:
        with self.log.open("a") as file:
            self.process = subprocess.Popen(
                self.command,
                env=self.environ, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True,
            )  # fmt: skip
        self._began = time.monotonic()
        self.register.add(self.name, self.process.pid)

    def tend(self) -> None:
        """Starts it again if it has ended and its time has come."""
        now = time.monotonic()
        if self.process and self._has_ended():
            code = self._clear()
            if now - self._began > _SETTLED:
                self._wait = _FIRST_WAIT
            self._again_at = now + self._wait
            self.ends += 1
            again = f"started again in {self._wait:.2g} s"
            warn(f"{self.name} ended ({_why(code)}), {again}; {self.log} ends with:\n{logs.tail(self.log, 6)}")
            self._wait = min(self._wait * 2, _LONGEST_WAIT)
        if not self.process and now >= self._again_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process and not self._has_ended():
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()

    def has_stopped(self) -> bool:
        return not self.process or (self._has_ended() and not group_lives(self.process.pid))

    def clear(self) -> None:
        """Ends what is left of it."""
        if self.process:
            self._clear()

    def _has_ended(self) -> bool:
        # Looked at without reaping: until then nobody else can get the id, and the group is surely ours.
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _clear(self) -> int:
        signal_group(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        self.register.remove(self.name)
        self.process = None
        return code


def stop(children: list[Child], *, patience: float = 5.0) -> None:
    """Asks all of them in order, waits, and ends what has not ended by itself."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + patience
    while time.monotonic() < until and not all(child.has_stopped() for child in children):
        time.sleep(0.05)
    for child in children:
        child.clear()


def _why(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
