"""Secrets, made once and readable by their owner alone."""

import os
import secrets
from pathlib import Path


def key(folder: Path, name: str) -> str:
    """The secret of that name; made at the first call."""
    path = folder / name
    try:
        return path.read_text().strip() or _make(path)
    except FileNotFoundError:
        return _make(path)


def write_private(path: Path, text: str) -> None:
    """Writes a file that was never readable by anyone else."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    os.replace(beside, path)


def _make(path: Path) -> str:
    value = secrets.token_urlsafe(48)
    write_private(path, value + "\n")
    return value
