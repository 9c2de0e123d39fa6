"""Where things are: the checkout, and var/, which holds everything that is made while running."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class Places:
    """The folders of one run: a server's are in var/, a test's in var/test/; the Python environment is shared."""

    def __init__(self, *, var: Path, tests: bool = False) -> None:
        self.var = var
        self.home = var / "test" if tests else var
        self.run = self.home / "run"
        self.log = self.home / "log"
        self.keys = self.home / "keys"
        self.postgres = self.home / "postgres"
        self.venv = var / "venv"
        self.python = self.venv / "bin" / "python"

    def make(self) -> None:
        for folder in (self.run, self.log, self.keys):
            folder.mkdir(parents=True, exist_ok=True)
        self.keys.chmod(0o700)


def places(*, tests: bool = False) -> Places:
    """The folders in use; PORTAL_VAR puts var/ elsewhere."""
    chosen = os.environ.get("PORTAL_VAR")
    return Places(var=Path(chosen).absolute() if chosen else CHECKOUT / "var", tests=tests)
