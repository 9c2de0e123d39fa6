"""script/test: every check, then the tests, on servers of their own."""

import hashlib
import signal
import subprocess

from launcher import guard, libraries, logs
from launcher.environment import ensure
from launcher.locks import FileLock, held
from launcher.places import CHECKOUT, Places, places
from launcher.problem import Problem
from launcher.processes import Register, signal_group
from launcher.services import Services
from launcher.show import Step, say
from launcher.surroundings import administrator, variables
from launcher.valkey import DATABASES

_MADE_BY = ("alliances/tenancy/roles.py", "alliances/management/commands/provision.py")


def run(arguments: list[str]) -> int:
    """Without arguments everything; with arguments pytest alone, which gets them."""
    spots = places(tests=True)
    spots.make()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    ensure(spots)
    needs = (libraries.PDF, libraries.CHROMIUM, libraries.PDF_TOOLS)
    if missing := libraries.provide(needs, spots.log / "apt.log"):
        raise Problem(missing)
    slot, claim = _slot(spots)
    register = Register(spots.run / f"run-{slot}.json")
    register.stop_all()
    watcher = guard.post(register=register, tests=True)
    try:
        with Services(spots, quick=True) as services:
            environ = variables(spots, services, slot=slot)
            environ["TEST_DATABASE_NAME"] = f"test_portal_{slot}"
            environ["DJANGO_SETTINGS_MODULE"] = "alliances.config.settings_test"
            _provision(spots, services, environ)
            return _run_all(spots, environ, register, arguments)
    finally:
        guard.dismiss(watcher)
        claim.close()


def _interrupt(*_) -> None:
    raise KeyboardInterrupt


def _slot(spots: Places) -> tuple[int, FileLock]:
    """A number of its own for each run: the name of its test database, and its part of Valkey."""
    for number in range(1, DATABASES):
        claim = FileLock(spots.run / f"slot-{number}.lock")
        if claim.take(wait=False):
            return number, claim
        claim.close()
    raise Problem("Too many runs at the same time.")


def _provision(spots: Places, services: Services, environ: dict) -> None:
    """Roles; skipped when they have been made by the same code in the same cluster."""
    admin = administrator(services)
    if not admin:
        return
    code = b"\0".join((CHECKOUT / path).read_bytes() for path in _MADE_BY)
    cluster = repr(sorted(value for name, value in {**environ, **admin}.items() if name.startswith("DATABASE_")))
    mark = hashlib.sha256(code + cluster.encode()).hexdigest()
    done = spots.run / "provisioned"
    with held(spots.run / "provision.lock"):
        if done.exists() and done.read_text() == mark:
            return
        command = [str(spots.python), "manage.py", "provision"]
        result = subprocess.run(
            command, env={**environ, **admin}, cwd=CHECKOUT, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if result.returncode:
            raise Problem(f"The roles of the test database could not be made:\n{result.stdout}{result.stderr}")
        done.write_text(mark)


def _run_all(spots: Places, environ: dict, register: Register, arguments: list[str]) -> int:
    failed = []
    for name, command in [] if arguments else _checks(spots):
        if not _check(name, command, spots, environ, register):
            failed.append(name)
    if failed:
        say(f"  ✗ This run fails, whatever the tests say: {', '.join(failed)}")
    return _follow([str(spots.python), "-m", "pytest", *arguments], environ, register) or int(bool(failed))


def _checks(spots: Places) -> list[tuple[str, list[str]]]:
    tools = spots.venv / "bin"
    python = str(spots.python)
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("djlint", [python, "-m", "djlint", "--lint", "--quiet", "templates"]),
        ("lint-imports", [python, str(tools / "lint-imports"), "--no-cache"]),
        ("makemigrations --check", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ]


def _check(name: str, command: list[str], spots: Places, environ: dict, register: Register) -> bool:
    log = spots.log / "checks.log"
    try:
        with Step(name), log.open("w") as file:
            if _follow(command, environ, register, output=file):
                raise Problem(name)
    except Problem:
        say(logs.tail(log, 60))
        return False
    return True


def _follow(command: list[str], environ: dict, register: Register, *, output=None) -> int:
    """Runs a command in a group of its own, so that an end of ours ends all of it."""
    process = subprocess.Popen(
        command,
        env=environ, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=output, stderr=output and subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    register.add("command", process.pid)
    try:
        return process.wait()
    except KeyboardInterrupt:
        signal_group(process.pid, signal.SIGINT)
        try:
            process.wait(8)
        except subprocess.TimeoutExpired:
            signal_group(process.pid, signal.SIGKILL)
        raise
    finally:
        signal_group(process.pid, signal.SIGKILL)
        process.wait()
        register.remove("command")
