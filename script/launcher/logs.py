"""The logs of what was started: one file each, the last three runs kept."""

from pathlib import Path

_KEPT = 3


def rotate(path: Path) -> None:
    """Moves web.log to web.log.1, and so on."""
    for number in range(_KEPT, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        newer = path.with_name(f"{path.name}.{number - 1}") if number > 1 else path
        if newer.exists():
            newer.replace(older)


def tail(path: Path, lines: int = 12) -> str:
    """The last lines, for a message."""
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
