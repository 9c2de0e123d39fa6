"""Places where the tests make a process stop or fail. Outside demonstration mode they do nothing.

PORTAL_FAULTS="accountability.render=sleep:20" makes that place wait twenty seconds; « kill » ends the process there.
"""

import os
import signal
import time

from django.conf import settings


def fault(place: str) -> None:
    """Nothing, unless the environment names this place."""
    wanted = os.environ.get("PORTAL_FAULTS", "")
    if not wanted or not settings.DEMO:
        return
    acts = dict(part.split("=", 1) for part in wanted.split(",") if "=" in part)
    act, _, amount = acts.get(place, "").partition(":")
    if act == "sleep":
        time.sleep(float(amount))
    elif act == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
