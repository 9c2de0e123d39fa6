"""Asking for work, cancelling it, asking again. The row is the job: when its bell is lost, the sweeper rings again."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from alliances.audit.services import record
from alliances.jobs.models import Job
from alliances.tenancy.access import Actor

logger = logging.getLogger("alliances.jobs")

RUN = "alliances.jobs.run"
MOST_WAITING = 200  # unfinished jobs of one alliance
MOST_RUNNING = 2  # at once for one alliance: a busy one leaves the workers to the others
_QUEUE_LOCK = 7201  # first key of the advisory locks that serialize asking and taking, by alliance


class QueueFull(Exception):
    """The alliance already has MOST_WAITING jobs; the message is French."""

    def __init__(self):
        super().__init__(
            f"Votre espace a déjà {MOST_WAITING} demandes en attente. Attendez qu’elles avancent ou annulez-en une."
        )


def lock_queue(alliance_id: int | None) -> None:
    """Until the end of the transaction, nobody else asks for or takes a job of this alliance."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_QUEUE_LOCK, alliance_id or 0])


@transaction.atomic
def enqueue(
    *, actor: Actor, space: str, alliance_id: int | None, kind: str, title: str, arguments: dict | None = None
) -> Job:
    """The job, in the caller's scope and transaction; rung once that commits. QueueFull when there are too many.

    Asking twice for the same thing (a double click) gives the job that has not finished.
    """
    lock_queue(alliance_id)
    unfinished = Job.objects.filter(alliance_id=alliance_id, space=space).unfinished()
    same = unfinished.filter(
        person_id=actor.person_id, kind=kind, arguments=arguments or {}, cancel_asked_at=None
    ).first()
    if same:
        return same
    if unfinished.count() >= MOST_WAITING:
        raise QueueFull
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        space=space,
        alliance_id=alliance_id,
        person_id=actor.person_id,
        actor_name=actor.name[:160],
        arguments=arguments or {},
    )
    _journal(actor, "job.requested", job)
    transaction.on_commit(partial(ring, job.pk, space, alliance_id, job.person_id))
    return job


def _journal(actor: Actor, verb: str, job: Job) -> None:
    # The auditor's space writes nothing but its own jobs: their rows say who asked for what.
    if job.space != "audit":
        record(actor=actor, verb=verb, subject=job, alliance_id=job.alliance_id, kind=job.kind, title=job.title)


def ring(job_id: int, space: str, alliance_id: int | None, person_id: int) -> bool:
    """Say that there is something to do. A broker that is down is not the asker's problem: the sweeper rings again."""
    try:
        # Connections of our own length: a page does not wait for a broker that hangs.
        current_app.send_task(
            RUN,
            args=[job_id, space, alliance_id, person_id],
            queue=settings.CELERY_TASK_DEFAULT_QUEUE,
            expires=300,
            retry=False,
        )
    except Exception as error:  # every transport has its own errors
        logger.warning("job %s could not be rung: %s", job_id, type(error).__name__)
        return False
    return True


@transaction.atomic
def cancel(*, actor: Actor, job: Job) -> Job:
    """A waiting job is cancelled at once, a running one at its next step; a finished one stays as it is."""
    locked = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    now = timezone.now()
    if locked.state == Job.State.QUEUED:
        locked.state, locked.finished_at, locked.cancel_asked_at = Job.State.CANCELLED, now, now
    elif locked.state == Job.State.RUNNING and not locked.cancel_asked_at:
        locked.cancel_asked_at = now
    else:
        return locked
    locked.save(update_fields=["state", "finished_at", "cancel_asked_at"])
    _journal(actor, "job.cancelled", locked)
    return locked


def retry(*, actor: Actor, job: Job) -> Job:
    """The same work asked again: a job of its own, so that a late worker of the first can change nothing in it."""
    return enqueue(
        actor=actor,
        space=job.space,
        alliance_id=job.alliance_id,
        kind=job.kind,
        title=job.title,
        arguments=job.arguments,
    )
