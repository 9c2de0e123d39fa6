"""Says by its exit code whether this container does its work: health.py web | worker | beat."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

# Beat writes its schedule down every three minutes.
BEAT_SECONDS = 600


def web() -> bool:
    """The process answers; whether the whole portal is ready is asked at /readyz, through the proxy."""
    hosts = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip()
    host = hosts or urlsplit(os.environ.get("PORTAL_URL", "")).hostname or "localhost"
    request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=5) as response:
        return response.status == 200


def worker() -> bool:
    """This worker answers, through the broker."""
    environ = {**os.environ, **{path.name: path.read_text().strip() for path in Path("/run/secrets").glob("*")}}
    ping = ["celery", "-A", "alliances.config", "inspect", "ping", "-d", f"celery@{os.uname().nodename}", "-t", "10"]
    return subprocess.run(ping, env=environ, capture_output=True, timeout=25, check=False).returncode == 0


def beat() -> bool:
    schedules = list(Path("/tmp").glob("beat-schedule*"))
    return any(time.time() - path.stat().st_mtime < BEAT_SECONDS for path in schedules)


if __name__ == "__main__":
    checks = {"web": web, "worker": worker, "beat": beat}
    try:
        healthy = checks[sys.argv[1]]()
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.exit(f"{type(error).__name__}: {error}")
    sys.exit(0 if healthy else 1)
