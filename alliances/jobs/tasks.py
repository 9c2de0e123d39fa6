"""What Celery calls. A task takes ids and opens its scope itself; the truth is in the job table."""

import logging
import time

import redis
from celery import shared_task
from django.conf import settings

from alliances.config.health import HEARTBEAT
from alliances.files.sweeping import remove_expired, remove_orphans
from alliances.jobs import runner, sweeper
from alliances.jobs.registry import CHORES
from alliances.people.sessions import forget_ended

logger = logging.getLogger("alliances.jobs")


@shared_task(name="alliances.jobs.run", acks_late=True, time_limit=600, soft_time_limit=570)
def run(job_id: int, space: str, alliance_id: int | None, person_id: int) -> None:
    """Does one job, if it is still there to be done; a message that comes twice does nothing the second time."""
    if runner.run(job_id, space, alliance_id, person_id):
        sweeper.ring_next(space, alliance_id, person_id)


@shared_task(name="alliances.jobs.sweep")
def sweep() -> None:
    sweeper.sweep()


@shared_task(name="alliances.jobs.heartbeat")
def heartbeat() -> None:
    """Written by a worker that executes a task: neither beat alone nor a worker that hangs can keep it fresh."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    with client:
        client.set(HEARTBEAT, str(time.time()), ex=3600)


@shared_task(name="alliances.jobs.keep_house")
def keep_house() -> None:
    """Everything that is tidied up in the background; one chore that fails does not keep the others from being done."""
    ours = {"files.expired": remove_expired, "files.orphans": remove_orphans, "sessions.ended": forget_ended}
    chores = {**ours, **CHORES}
    for name, chore in chores.items():
        try:
            done = chore()
        except Exception:
            logger.exception("chore %s", name)
        else:
            if done:
                logger.info("chore %s: %s", name, done)
