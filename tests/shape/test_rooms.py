"""The order of packages and rooms: every room has its place in the contracts, and each has been seen to fire."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
PACKAGES = ("alliances", "regions", "projects", "reporting")
# Django's own folders, and what templates call.
NO_ROOMS = {"migrations", "management", "templatetags"}
# module: an import that its place forbids
WRONG = {
    "alliances/tenancy/roles.py": "import projects.register.enums",
    "alliances/audit/models.py": "import alliances.people.enums",
    "regions/territory/models.py": "import regions.money.enums",
    "projects/register/enums.py": "import projects.awards.policies",
    "reporting/charts/wording.py": "import reporting.public.totals",
    "projects/followup/models.py": "import projects.followup.services",
}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_has_its_place(package):
    rooms = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")} - NO_ROOMS
    placed = {
        name
        for contract in CONTRACTS
        if contract.get("containers") == [package]
        for layer in contract["layers"]
        for name in re.findall(r"\w+", layer)
    }
    assert rooms == placed


def test_the_contracts_fire(tmp_path):
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "data", "fonts")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, wrong in WRONG.items():
        path = tmp_path / module
        path.write_text(f"{path.read_text()}\n{wrong}\n")
    linter = Path(sys.executable).with_name("lint-imports")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(
        [linter, "--no-cache"], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    for contract in CONTRACTS:
        assert f"{contract['name']} BROKEN" in " ".join(told.stdout.split()), told.stdout
