"""The locks: everything by its hash, from no index in particular, under licences that the portal can live with."""

import re
from importlib.metadata import distributions
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
_ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_its_hashes(name):
    text = (CHECKOUT / name).read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) > 40
    for block in blocks:
        assert _ENTRY.match(block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


@pytest.mark.parametrize("name", [*LOCKS, "requirements.in", "requirements-dev.in"])
def test_no_index_is_named(name):
    text = (CHECKOUT / name).read_text()
    assert "://" not in text
    assert "index" not in text


def test_tests_run_on_what_production_runs_on():
    production, tests = (dict(_ENTRY.findall((CHECKOUT / name).read_text())) for name in LOCKS)
    assert production.items() <= tests.items()


def test_the_floors_of_security_hold():
    pinned = dict(_ENTRY.findall((CHECKOUT / "requirements.lock").read_text()))
    for package, floor in {"django": (5, 2, 19), "django-allauth": (65, 16, 1), "weasyprint": (70, 0)}.items():
        assert tuple(map(int, pinned[package].split("."))) >= floor


def test_no_affero_licence():
    for package in distributions():
        metadata = package.metadata
        said = [metadata.get("License-Expression") or "", metadata.get("License") or ""]
        said += [value for value in metadata.get_all("Classifier") or () if value.startswith("License")]
        assert not re.search("AGPL|Affero", " ".join(said)), package.name
