"""The embedded servers, for real: they come back after kill -9, and nobody else's process is touched."""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import psycopg
import pytest
from launcher.ports import HOST
from launcher.processes import started
from launcher.services import Services


@pytest.fixture
def services(spots, monkeypatch):
    """Makes users of the same servers, as several commands at the same time would be."""
    for name in ("DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    yield lambda: Services(spots, quick=True)
    outside = Services(spots, quick=True).postgres.account.outside
    if outside:
        shutil.rmtree(outside)


def _rows(server) -> list[tuple]:
    with psycopg.connect(server.admin_address) as connection:
        return connection.execute("SELECT id FROM kept").fetchall()


def _keep_a_row(server) -> None:
    with psycopg.connect(server.admin_address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS id")


def test_committed_rows_survive_the_kill_of_the_postmaster(postgres):
    postgres.start()
    _keep_a_row(postgres)
    before = postgres.pid()
    os.kill(before, signal.SIGKILL)
    while started(before):
        pass
    assert not postgres.is_alive()
    postgres.start()
    assert postgres.pid() != before
    assert _rows(postgres) == [(7,)]


def test_the_id_of_a_stranger_in_the_pid_file(postgres):
    postgres.start()
    _keep_a_row(postgres)
    path = postgres.data / "postmaster.pid"
    text = path.read_text()
    postgres.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        path.write_text("\n".join([str(stranger.pid), *text.splitlines()[1:]]) + "\n")
        assert not postgres.is_alive()
        postgres.start()
        assert stranger.poll() is None
        assert _rows(postgres) == [(7,)]
        postgres.stop()
        assert stranger.poll() is None
        stranger.kill()


def test_another_port_when_ours_is_taken(postgres):
    taken = postgres.port
    with socket.socket() as other:
        other.bind((HOST, taken))
        other.listen()
        postgres.start()
    assert postgres.port != taken
    assert postgres.is_alive()


def test_it_is_what_the_portal_needs(postgres):
    postgres.start()
    with psycopg.connect(postgres.admin_address) as connection:
        assert connection.execute("SELECT lower('ÉCOLE ÎLE')").fetchone() == ("école île",)
        wanted = {"pg_trgm", "btree_gin", "unaccent"}
        found = connection.execute("SELECT name FROM pg_available_extensions").fetchall()
        assert wanted <= {name for (name,) in found}
        (addresses,) = connection.execute("SHOW listen_addresses").fetchone()
        assert addresses == HOST
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.address("portal_admin", "wrong", "postgres"))


def test_the_last_to_leave_stops_them(services):
    first, second = services(), services()
    with first:
        with second:
            assert first.postgres.pid() == second.postgres.pid()
        assert first.postgres.is_alive()
        assert first.valkey.is_alive()
    assert not first.postgres.is_alive()
    assert not first.valkey.is_alive()


def test_valkey_comes_back_and_keeps_its_secret(services):
    with services() as running:
        pid = running.valkey.register.living("valkey")
        os.kill(pid, signal.SIGKILL)
        while running.valkey.is_alive():
            pass
        assert running.ensure() == ["Valkey"]
        assert running.valkey.is_alive()
        command = Path(f"/proc/{running.valkey.register.living('valkey')}/cmdline").read_text()
        assert running.valkey.password not in command
        assert (running.places.run / "valkey.conf").stat().st_mode & 0o777 == 0o600
