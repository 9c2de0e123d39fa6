"""script/server from beginning to end, on files of its own: what is killed comes back, and nothing stays behind."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from launcher.places import Places
from launcher.ports import HOST, first_free
from launcher.postgres import Postgres
from launcher.processes import Register, started

CHECKOUT = Path(__file__).resolve().parents[2]
# Without the demonstration data, which would take longer than all the rest.
MODE = {"PORTAL_MODE": "production", "PORTAL_CONTACT": "equipe@portail.test", "MFA_REQUIRED": "on"}
PATIENCE = 120


class Server:
    """One run of script/server."""

    def __init__(self, var: Path, *arguments: str) -> None:
        self.var = var
        self.port = first_free(8200)
        self.register = Register(var / "run" / "server.json")
        self.said = var / "said.txt"
        environ = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PORTAL_VAR": str(var), **MODE}
        with self.said.open("w") as file:
            self.process = subprocess.Popen(
                [CHECKOUT / "script/server", *(arguments or ("--port", str(self.port)))],
                env=environ, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            )  # fmt: skip

    def until(self, what, reached) -> None:
        end = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < end, f"{what}: not reached\n{self.said.read_text()}"
            time.sleep(0.1)

    def until_announced(self) -> None:
        self.until("the address", lambda: "The portal is ready" in self.said.read_text() or self.process.poll())
        assert self.process.poll() is None, self.said.read_text()

    def is_ready(self) -> bool:
        line = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            line.request("GET", "/readyz", headers={"Host": "localhost"})
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def left(self) -> list[str]:
        """The processes that were started for this folder and still run."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid() and started(int(entry.name)):
                try:
                    facts = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                except OSError:
                    continue
                if str(self.var).encode() in facts:
                    found.append(f"{entry.name} {facts[:120]}")
        return found

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)
        self.until("nothing left", lambda: not self.left())


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """Files of their own for the servers of this module; only the first start makes the database."""
    folder = tmp_path_factory.mktemp("var")
    environment = Path(sys.prefix).resolve()
    (folder / "venv").symlink_to(environment)
    yield folder
    if outside := Postgres(Places(var=folder)).account.outside:
        shutil.rmtree(outside)
    shutil.rmtree(folder)


@pytest.fixture
def server(var):
    running = Server(var)
    running.until_announced()
    yield running
    running.end()


def test_what_is_killed_comes_back(server, var):
    postgres = Postgres(Places(var=var))
    found = {
        **{name: lambda name=name: server.register.living(name) for name in ("web", "worker", "beat")},
        "PostgreSQL": postgres.pid,
    }
    for name, find in found.items():
        before = find()
        os.kill(before, signal.SIGKILL)
        server.until(f"{name} again", lambda find=find, before=before: find() not in {None, before})
        server.until(f"ready after {name}", server.is_ready)
    assert server.process.poll() is None


def test_told_to_stop_it_leaves_nothing(server):
    server.process.terminate()
    assert server.process.wait(30) == 0
    assert server.left() == []
    assert server.register.read() == {}


def test_killed_it_leaves_nothing(server):
    server.process.kill()
    server.process.wait()
    server.until("nothing left", lambda: not server.left())


def test_the_second_says_where_the_first_is(server, var):
    second = subprocess.run(
        [CHECKOUT / "script/server"], env={"PATH": os.environ["PATH"], "PORTAL_VAR": str(var), **MODE},
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert second.returncode == 1
    address = json.loads((var / "run/address.json").read_text())["address"]
    assert second.stderr.strip() == f"The portal already runs: {address}"
    assert server.is_ready()


def test_a_port_that_was_insisted_on_is_taken(var):
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", "0", "--bind", HOST], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as other:  # fmt: skip
        port = other.stdout.readline().split("port ")[1].split()[0]
        refused = Server(var, "--port", port)
        assert refused.process.wait(PATIENCE) == 1
        assert f"Port {port} is taken" in refused.said.read_text()
        other.terminate()
    refused.end()
