"""Which processes are ours: known by id *and* start time, so that a reused id is never taken for one of them."""

import contextlib
import json
import os
import signal
import time
from pathlib import Path


def started(pid: int) -> str | None:
    """When the process began (boot and clock tick); None when it has ended, even if nobody has reaped it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (OSError, ValueError):
        return None
    return None if fields[0] in "ZX" else f"{boot}:{fields[19]}"


def signal_group(pid: int, number: int) -> None:
    """Signals the process group that `pid` leads. Only for a group that we made."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def group_lives(pid: int) -> bool:
    """Whether anybody but zombies is left in the group."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) == pid and fields[0] not in "ZX":
                    return True
    return False


class Register:
    """The processes of a run, in a file, so that the next run finds what a killed one left behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, dict]:
        try:
            return json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}

    def add(self, name: str, pid: int, **facts) -> None:
        self._write({**self.read(), name: {"pid": pid, "started": started(pid), **facts}})

    def remove(self, name: str) -> None:
        self._write({key: entry for key, entry in self.read().items() if key != name})

    def living(self, name: str) -> int | None:
        """The id of the process of that name, if it is still the one that was recorded."""
        entry = self.read().get(name)
        if not entry or entry["started"] is None or started(entry["pid"]) != entry["started"]:
            return None
        return entry["pid"]

    def stop_all(self, *, patience: float = 5.0) -> list[str]:
        """Ends what is left and ours, groups included; returns the names of those found alive."""
        found = {name: pid for name in self.read() if (pid := self.living(name))}
        for pid in found.values():
            signal_group(pid, signal.SIGTERM)
        until = time.monotonic() + patience
        while time.monotonic() < until and any(group_lives(pid) for pid in found.values()):
            time.sleep(0.05)
        for pid in found.values():
            if group_lives(pid):
                signal_group(pid, signal.SIGKILL)
        self._write({})
        return list(found)

    def _write(self, entries: dict) -> None:
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(entries, indent=1))
        os.replace(beside, self.path)
