"""script/server: sets up everything, starts it, says where it is, and keeps it running until it is told to stop."""

import argparse
import http.client
import json
import signal
import subprocess
import threading
import time
from pathlib import Path

from launcher import guard, libraries, logs, supervisor
from launcher.environment import ensure
from launcher.locks import FileLock
from launcher.places import CHECKOUT, Places, places
from launcher.ports import HOST, first_free, is_free
from launcher.problem import Problem
from launcher.processes import Register
from launcher.services import Services
from launcher.show import Step, say, warn
from launcher.surroundings import administrator, variables

_READY_WITHIN = 90
_TRIES = 3


class Stopped(Exception):
    """Somebody asked to stop while it was still starting."""


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="script/server", description="Sets up and starts the portal.")
    parser.add_argument("--port", type=int, help="insist on this port (without: 8000, or the next free one)")
    options = parser.parse_args(arguments)
    spots = places()
    spots.make()
    only = FileLock(spots.run / "server.lock")
    if not only.take(wait=False):
        raise Problem(f"The portal already runs: {_address_of(spots)}")
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: asked.set())
    register = Register(spots.run / "server.json")
    if left := register.stop_all():
        say(f"  ✓ Stopped what an earlier run had left: {', '.join(left)}")
    port = _port(options.port)
    ensure(spots)
    missing = libraries.provide((libraries.PDF,), spots.log / "apt.log")
    if missing:
        warn(f"{missing} — until then the portal runs without PDFs.")
    watcher = guard.post(register=register, tests=False)
    try:
        with Step("PostgreSQL and Valkey"):
            services = Services(spots).__enter__()
        try:
            environ = variables(spots, services, port=port, pdf=not missing)
            accounts = _prepare(spots, services, environ, register, asked)
            _serve(spots, services, environ, register, port, accounts, asked)
        except Stopped:
            pass
        finally:
            services.__exit__()
    finally:
        guard.dismiss(watcher)
    say("  ✓ Stopped")
    return 0


def _port(wanted: int | None) -> int:
    if wanted and not is_free(wanted):
        raise Problem(f"Port {wanted} is taken: choose another one, or leave --port out.")
    return wanted or first_free(8000)


def _address_of(spots: Places) -> str:
    try:
        return json.loads((spots.run / "address.json").read_text())["address"]
    except (OSError, ValueError):
        return "it is starting"


def _prepare(spots: Places, services: Services, environ: dict, register: Register, asked: threading.Event) -> str:
    """Roles, migrations, static files, data, all in one process; returns the accounts to print."""
    accounts = spots.run / "accounts.txt"
    command = [str(spots.python), "manage.py", "prepare", "--accounts", str(accounts)]
    log = spots.log / "prepare.log"
    logs.rotate(log)
    with Step("Database and data") as step, log.open("w") as file:
        process = subprocess.Popen(
            command,
            env={**environ, **administrator(services), "PORTAL_PROCESS": "worker"}, cwd=CHECKOUT,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=file, text=True, start_new_session=True,
        )  # fmt: skip
        register.add("prepare", process.pid)
        threading.Thread(target=_end_when, args=(asked, process), daemon=True).start()
        for line in process.stdout:
            file.write(line)
            step.note(line.strip()[:80])
        process.wait()
        register.remove("prepare")
        if process.returncode and asked.is_set():
            raise Stopped
        if process.returncode:
            raise Problem(f"The database could not be prepared: see {log}\n{logs.tail(log, 30)}")
        step.note("ready")
    return accounts.read_text()


def _end_when(asked: threading.Event, process: subprocess.Popen) -> None:
    while process.poll() is None:
        if asked.wait(0.2):
            process.terminate()
            return


def _children(spots: Places, environ: dict, register: Register, port: int) -> list[supervisor.Child]:
    """In the order in which they are stopped: nothing new is rung, nothing new comes in, then the work ends."""
    python = str(spots.python)
    celery = [python, "-m", "celery", "-A", "alliances.config"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile="]
    web = [python, "-m", "gunicorn", "alliances.config.wsgi:application", "--bind", f"{HOST}:{port}"]
    web += ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--graceful-timeout", "3"]
    web += ["--max-requests", "2000", "--max-requests-jitter", "200", "--timeout", "30"]
    web += ["--access-logfile", str(spots.log / "access.log"), "--error-logfile", "-", "--no-control-socket"]
    worker = [*celery, "worker", "--concurrency", "2", "--pool", "prefork", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    children = []
    for name, command, process in (("beat", beat, "worker"), ("web", web, "web"), ("worker", worker, "worker")):
        log = spots.log / f"{name}.log"
        logs.rotate(log)
        children.append(
            supervisor.Child(name, command, {**environ, "PORTAL_PROCESS": process}, log=log, register=register)
        )
    logs.rotate(spots.log / "access.log")
    return children


def _serve(
    spots: Places,
    services: Services,
    environ: dict,
    register: Register,
    port: int,
    accounts: str,
    asked: threading.Event,
) -> None:
    children = _children(spots, environ, register, port)
    try:
        with Step("Web, worker and beat") as step:
            for child in reversed(children):
                child.start()
            _await_ready(port, children, asked, step)
        address = f"http://localhost:{port}"
        (spots.run / "address.json").write_text(json.dumps({"address": address}))
        say(f"\n  The portal is ready: {address}\n\n{accounts.rstrip()}\n")
        say(f"  Logs: {spots.log}. Ctrl-C stops everything.")
        while not asked.wait(0.3):
            _tend(services, children)
    finally:
        say("\n  … Stopping")
        supervisor.stop(children)
        (spots.run / "address.json").unlink(missing_ok=True)


def _tend(services: Services, children: list[supervisor.Child]) -> None:
    try:
        for name in services.ensure():
            warn(f"{name} had ended and was started again.")
    except Problem as problem:
        warn(str(problem))
    for child in children:
        child.tend()


def _await_ready(port: int, children: list[supervisor.Child], asked: threading.Event, step: Step) -> None:
    until = time.monotonic() + _READY_WITHIN
    while not (answer := _readiness(port))[0]:
        if asked.wait(0.2):
            raise Stopped
        if time.monotonic() > until or any(child.ends >= _TRIES for child in children):
            raise Problem(f"The portal does not become ready: {answer[1]}\n{_tails(children)}")
        for child in children:
            child.tend()
        step.note(answer[1][:60])
    step.note("")


def _readiness(port: int) -> tuple[bool, str]:
    line = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        line.request("GET", "/readyz", headers={"Host": f"localhost:{port}"})
        response = line.getresponse()
        return response.status == 200, f"{response.status} {response.read(200).decode(errors='replace').strip()}"
    except (OSError, http.client.HTTPException):
        return False, "not listening yet"
    finally:
        line.close()


def _tails(children: list[supervisor.Child]) -> str:
    paths: list[Path] = [child.log for child in children]
    return "\n".join(f"  {path}:\n{logs.tail(path, 8)}" for path in paths)
