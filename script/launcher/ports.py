"""Ports on the loopback address: kept from run to run, since open pages and tools remember them."""

import json
import random
import socket
from pathlib import Path

HOST = "127.0.0.1"
# Below the range from which the kernel takes ports for outgoing connections.
_FIRST, _LAST = 20000, 29999


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def kept_port(folder: Path, name: str, *, anew: bool = False) -> int:
    """The port of a service; chosen at the first call, or again when `anew`."""
    path = folder / "ports.json"
    try:
        ports = json.loads(path.read_text())
    except (OSError, ValueError):
        ports = {}
    if anew or name not in ports:
        choice = random.SystemRandom()
        ports[name] = next(port for _ in range(1000) if is_free(port := choice.randint(_FIRST, _LAST)))
        path.write_text(json.dumps(ports))
    return ports[name]


def first_free(wanted: int) -> int:
    """The first free port from `wanted` on."""
    return next(port for port in range(wanted, 65536) if is_free(port))
