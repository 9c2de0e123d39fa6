"""A real gunicorn on the loopback address, and a client that keeps its connection."""

import contextlib
import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Client:
    """One person at a time, one request after the other, over one connection."""

    def __init__(self, port: int):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, cookie: str = "", **headers: str) -> tuple[int, dict, bytes, float]:
        """(status, headers, body as sent, milliseconds until the last byte)."""
        asked = {"Host": "localhost", "Accept-Encoding": "gzip", **headers}
        if cookie:
            asked["Cookie"] = f"session={cookie}"
        began = time.perf_counter()
        self.line.request("GET", path, headers=asked)
        response = self.line.getresponse()
        body = response.read()
        return response.status, dict(response.getheaders()), body, (time.perf_counter() - began) * 1000


def plain(headers: dict, body: bytes) -> str:
    packed = headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(body) if packed else body).decode("utf-8", errors="replace")


@contextlib.contextmanager
def gunicorn(environ: dict) -> Iterator[tuple[int, int]]:
    """(port, process id of the only worker). It ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "4", "--worker-class", "gthread", "--log-level", "warning"]
    command += ["--no-control-socket", "--keep-alive", "60"]
    web = {**environ, "PORTAL_PROCESS": "web", "DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(ROOT)}
    web["PORTAL_URL"] = f"http://localhost:{port}"
    process = subprocess.Popen(command, env=web, cwd=ROOT)
    try:
        _await(port, process)
        yield port, _child(process.pid)
    finally:
        process.terminate()
        process.wait(15)


def _await(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if Client(port).get("/healthz")[0] == 200:
                return
        time.sleep(0.1)
    raise SystemExit("gunicorn did not answer")


def _child(parent: int) -> int:
    return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])


def processor(pids: list[int]) -> float:
    """Milliseconds of processor that these processes have had, all their threads together."""
    spent = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                spent += int(task.read_text().split()[0])
    return spent / 1e6


def resident(pid: int) -> float:
    """Megabytes in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
