"""Watches a launcher from outside: if that is killed, what it started is ended here, as it could not do it itself."""

import os
import subprocess
import sys

from launcher.places import CHECKOUT, places
from launcher.processes import Register
from launcher.services import Services


def post(*, register: Register, tests: bool) -> subprocess.Popen:
    """Starts the guard. It holds one end of a pipe, and the launcher the other until it ends."""
    command = [sys.executable, str(CHECKOUT / "script" / "launch.py"), "guard", str(register.path)]
    return subprocess.Popen(
        [*command, *(["tests"] if tests else [])],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def dismiss(guard: subprocess.Popen) -> None:
    """Everything is stopped: nothing is left to guard."""
    guard.kill()
    guard.wait()
    guard.stdin.close()


def watch(register: Register, *, tests: bool) -> None:
    """What the guard does: waits for the end of the pipe, then stops what is recorded and unused."""
    os.read(0, 1)
    register.stop_all()
    Services(places(tests=tests), quick=tests).stop_if_unused()
