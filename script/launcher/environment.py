"""The Python environment: var/venv leads to a folder named after its content, never half made and never out of date."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.locks import held
from launcher.places import CHECKOUT, Places
from launcher.problem import Problem
from launcher.show import Step

LOCK = CHECKOUT / "requirements-dev.lock"
_DONE = "complete"


def fingerprint(lock: Path, *, version: str = sys.version, prefix: str = sys.base_prefix) -> str:
    """Changes when the lock or the Python does."""
    return hashlib.sha256(b"\0".join([lock.read_bytes(), version.encode(), prefix.encode()])).hexdigest()[:12]


def ensure(places: Places) -> None:
    """Makes the environment if what is there is not what the lock says."""
    wanted = fingerprint(LOCK)
    if _is_ready(places, wanted):
        return
    with held(places.var / "run" / "environment.lock"):
        if _is_ready(places, wanted):
            return
        with Step("Python environment") as step:
            folder = places.var / f"venv-{wanted}"
            if not (folder / _DONE).exists():
                shutil.rmtree(folder, ignore_errors=True)
                _install(folder, places.var / "log" / "environment.log", step)
                (folder / _DONE).touch()
            _lead(places.venv, folder)


def _is_ready(places: Places, wanted: str) -> bool:
    return places.venv.resolve().name == f"venv-{wanted}" and (places.venv / _DONE).exists()


def _install(folder: Path, log: Path, step: Step) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    pip = next((CHECKOUT / "script" / "vendor").glob("pip-*.whl"))
    total = sum(1 for line in LOCK.read_text().splitlines() if "==" in line and not line.startswith((" ", "#")))
    # Without --without-pip this would need the part of Python that Debian keeps in another package.
    make = [sys.executable, "-m", "venv", "--without-pip", "--clear", str(folder)]
    fill = [str(folder / "bin" / "python"), f"{pip}/pip", "install", "--require-hashes", "--no-deps"]
    fill += ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    fill += ["-r", str(LOCK)]
    seen = 0
    with log.open("w") as file:
        for command in (make, fill):
            with subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            ) as process:
                for line in process.stdout:
                    file.write(line)
                    if line.startswith("Collecting "):
                        seen += 1
                        step.note(f"{min(99, 80 * seen // total)} %")
            if process.returncode:
                raise Problem(f"The Python environment could not be made: see {log}\n{_errors(log)}")
    step.note(f"{total} packages")


def _errors(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in [line for line in lines if "ERROR" in line][:4] or lines[-4:])


def _lead(link: Path, folder: Path) -> None:
    """Turns the link round in one move; running processes keep the folder they began with, older ones go."""
    before = link.resolve() if link.is_symlink() else None
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    beside = link.with_name("venv.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(folder.name)
    os.replace(beside, link)
    for old in link.parent.glob("venv-*"):
        if old not in (folder, before):
            shutil.rmtree(old, ignore_errors=True)
