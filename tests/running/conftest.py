"""The launcher stands outside the portal's packages: it runs before anything is installed."""

import shutil
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "script"))

from launcher.places import Places  # noqa: E402
from launcher.postgres import Postgres  # noqa: E402


@pytest.fixture
def spots(tmp_path):
    """Folders of their own, with the Python environment that runs these tests."""
    places = Places(var=tmp_path / "mon dossier")
    places.make()
    places.venv.symlink_to(sys.prefix)
    return places


@pytest.fixture
def postgres(spots):
    """A cluster of its own, gone afterwards."""
    server = Postgres(spots, quick=True)
    yield server
    server.stop()
    if server.account.outside:
        shutil.rmtree(server.account.outside)
