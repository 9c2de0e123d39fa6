"""How long a warm script/server takes until /readyz says yes, and what its Celery worker holds in memory then."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from bench.server import ROOT, Client, resident


def warm_start() -> dict:
    """{"seconds": …, "worker": MB of its largest process}, or {"absent": why}. The second of two starts counts."""
    lock = ROOT / "var" / "run" / "address.json"
    if lock.exists():
        return {"absent": f"a server already runs in this checkout: {json.loads(lock.read_text())['address']}"}
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_", "PORTAL_"))
    }
    for name in ("SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"):
        environ.pop(name, None)
    first, second = _once(environ), _once(environ)
    if first is None or second is None:
        return {"absent": "it did not become ready"}
    return {"first": first[0], "seconds": second[0], "worker": second[1]}


def _worker(launcher: int) -> float:
    """The largest process of the worker that this start launched: one of our descendants."""
    sizes = [0.0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"celery" in b" ".join(words) and b"worker" in words and _descends(int(folder.name), launcher):
                sizes.append(resident(int(folder.name)))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return max(sizes)


def _descends(pid: int, ancestor: int) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return False


def _once(environ: dict) -> tuple[float, float] | None:
    began = time.monotonic()
    process = subprocess.Popen(
        ["script/server"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    address = ROOT / "var" / "run" / "address.json"
    try:
        while time.monotonic() < began + 300 and process.poll() is None:
            if address.exists():
                port = int(json.loads(address.read_text())["address"].rpartition(":")[2])
                if Client(port).get("/readyz")[0] == 200:
                    return time.monotonic() - began, _worker(process.pid)
            time.sleep(0.05)
        return None
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
