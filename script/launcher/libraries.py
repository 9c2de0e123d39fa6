"""What must come from the system: Pango for PDFs, and for the tests a browser and two tools that read PDFs."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher.show import Step


@dataclass(frozen=True)
class Need:
    """Debian's packages, and how to see that what they bring is there."""

    what: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def _loads(*names: str) -> bool:
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


PDF = Need(
    "Pango, which makes the PDFs",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    lambda: _loads("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0", "libgobject-2.0.so.0"),
)
CHROMIUM = Need("Chromium, which shows the pages to the tests", ("chromium",), lambda: bool(shutil.which("chromium")))
PDF_TOOLS = Need(
    "the tools with which the tests read PDFs",
    ("poppler-utils", "qpdf"),
    lambda: bool(shutil.which("pdftotext") and shutil.which("qpdf")),
)


def provide(needs: tuple[Need, ...], log: Path) -> str:
    """Installs what is missing where that is possible. Returns '' or one line that says what to install."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return ""
    packages = [package for need in missing for package in need.packages]
    prefix = installer(
        is_root=os.geteuid() == 0, has_apt=bool(shutil.which("apt-get")), has_sudo=bool(shutil.which("sudo"))
    )
    if prefix is not None:
        with Step(f"System libraries: {' '.join(packages)}"):
            _apt(prefix, packages, log)
        missing = [need for need in missing if not need.present()]
    if not missing:
        return ""
    packages = [package for need in missing for package in need.packages]
    what = "; ".join(need.what for need in missing)
    return f"Missing: {what}. Install it with: apt-get install --no-install-recommends {' '.join(packages)}"


def installer(*, is_root: bool, has_apt: bool, has_sudo: bool) -> list[str] | None:
    """What to put before apt-get; None when we cannot or may not install. A password is never asked for."""
    if not has_apt:
        return None
    if is_root:
        return []
    return ["sudo", "-n"] if has_sudo and _quiet(["sudo", "-n", "true"]) else None


def _quiet(command: list[str]) -> bool:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    return result.returncode == 0


def _apt(prefix: list[str], packages: list[str], log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    tool = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    install = [*tool, "install", "-y", "--no-install-recommends", *packages]
    with log.open("a") as file:
        # The lists may be missing or old: they are fetched only if the first try fails.
        for command in (install, [*tool, "update"], install):
            result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
            if command is install and result.returncode == 0:
                return
