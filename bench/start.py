"""How long a warm script/server takes until /readyz says yes."""

import json
import os
import signal
import subprocess
import time

from bench.server import ROOT, Client


def warm_start() -> dict:
    """{"seconds": …}, or {"absent": why}. The first start prepares; the second one counts."""
    lock = ROOT / "var" / "run" / "address.json"
    if lock.exists():
        return {"absent": f"a server already runs in this checkout: {json.loads(lock.read_text())['address']}"}
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_", "PORTAL_"))
    }
    for name in ("SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"):
        environ.pop(name, None)
    seconds = [_once(environ) for _ in range(2)]
    return {"first": seconds[0], "seconds": seconds[1]} if all(seconds) else {"absent": "it did not become ready"}


def _once(environ: dict) -> float | None:
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
                    return time.monotonic() - began
            time.sleep(0.05)
        return None
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
