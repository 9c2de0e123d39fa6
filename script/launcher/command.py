"""What the scripts of script/ call: script/server, script/test, script/manage, script/bench."""

import os
import sys
from pathlib import Path

from launcher import checks, guard, server, tools
from launcher.places import CHECKOUT, places
from launcher.problem import Problem
from launcher.processes import Register
from launcher.show import say


def main(arguments: list[str]) -> int:
    """The exit code."""
    name, *rest = arguments or [""]
    os.umask(0o022)
    try:
        if sys.platform != "linux":
            raise Problem("The embedded servers run on Linux: elsewhere, use docker-compose.yml.")
        if name == "guard":
            guard.watch(Register(Path(rest[0])), tests="tests" in rest)
            return 0
        _may_write()
        if name == "server":
            return server.run(rest)
        if name == "test":
            return checks.run(rest)
        if name in {"manage", "bench"}:
            return tools.run("manage.py" if name == "manage" else "bench/run.py", rest)
    except Problem as problem:
        sys.stdout.flush()
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\n  ✗ Interrupted")
        return 130
    print(f"Unknown: {name}", file=sys.stderr)
    return 2


def _may_write() -> None:
    """Files of another user in var/ would fail later, one by one and unclearly."""
    var = places().var
    try:
        var.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"{var} cannot be made: {error.strerror}.") from error
    owner = var.stat().st_uid
    if owner != os.geteuid():
        raise Problem(f"{var} belongs to another user (number {owner}): run as that user, or remove it first.")
    if not os.access(CHECKOUT, os.R_OK):
        raise Problem(f"{CHECKOUT} cannot be read.")
