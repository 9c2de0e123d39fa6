"""script/manage and script/bench: one command in the environment of the server, whether that runs or not."""

import signal
import subprocess

from launcher import libraries
from launcher.environment import ensure
from launcher.places import CHECKOUT, places
from launcher.services import Services
from launcher.surroundings import administrator, variables


def run(script: str, arguments: list[str]) -> int:
    """Runs a Python file of the checkout; the servers are started for it if nobody else has."""
    spots = places()
    spots.make()
    ensure(spots)
    with Services(spots) as services:
        environ = variables(spots, services, pdf=libraries.PDF.present())
        environ.setdefault("PORTAL_PROCESS", "worker")
        if script == "manage.py" and arguments[:1] in (["provision"], ["prepare"]):
            environ.update(administrator(services))
        # Ctrl-C goes to the command, which is in our group: we wait for it, then stop the servers.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with subprocess.Popen(
            [str(spots.python), script, *arguments], env=environ, cwd=CHECKOUT, preexec_fn=_answer_to_interrupt
        ) as process:
            signal.signal(signal.SIGTERM, lambda *_: process.terminate())
            return process.wait()


def _answer_to_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
