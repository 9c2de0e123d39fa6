"""Rings again what rang in vain: a lost message, a broker that was down, a worker that died. Open-ended in time."""

from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from alliances.jobs.models import Job
from alliances.jobs.scopes import space_scope
from alliances.jobs.services import ring
from alliances.tenancy.scope import upkeep_scope

WAIT = timedelta(seconds=10)
AT_A_TIME = 500
_TICK_LOCK = 7202


def sweep() -> int:
    """Ring every job that waits too long, or whose lease ran out. Two sweepers at once do the work of one.

    Each job is rung at most once in WAIT: the stamp is written before the bell.
    """
    now = timezone.now()
    with upkeep_scope():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [_TICK_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        silent = Job.objects.filter(_silent(now)).order_by("rung_at")
        waiting = list(silent.values_list("pk", "space", "alliance_id", "person_id")[:AT_A_TIME])
    return sum(_stamp(now, *each) and ring(*each) for each in waiting)


def _silent(now) -> Q:
    lost = Q(state=Job.State.RUNNING, lease_until__lt=now)
    return (Q(state=Job.State.QUEUED) | lost) & Q(rung_at__lt=now - WAIT)


def _stamp(now, job_id: int, space: str, alliance_id: int | None, person_id: int) -> bool:
    # The upkeep space writes nothing: the stamp is written in the job's own.
    with space_scope(space, alliance_id, person_id):
        return bool(Job.objects.filter(_silent(now), pk=job_id).update(rung_at=now))


def ring_next(space: str, alliance_id: int | None, person_id: int) -> None:
    """A place is free: the oldest job that waits in this space gets it now rather than at the next sweep."""
    with space_scope(space, alliance_id, person_id):
        waiting = Job.objects.filter(
            alliance_id=alliance_id, space=space, state=Job.State.QUEUED, rung_at__lte=timezone.now()
        )
        job = waiting.order_by("id").first()
    if job:
        ring(job.pk, space, alliance_id, job.person_id)
