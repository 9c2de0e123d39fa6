"""Taking a job and keeping it. All is guarded by the number of the attempt: who lost the lease changes nothing.

Each function is a short transaction of its own, in the job's scope.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from alliances.jobs.models import Job
from alliances.jobs.scopes import space_scope
from alliances.jobs.services import MOST_RUNNING, lock_queue
from alliances.look import messages

MOST_ATTEMPTS = 3


class LeaseLost(Exception):
    """Another worker has this job now; nothing of this attempt may be written."""


class Cancelled(Exception):
    """The person asked to stop."""


@dataclass(frozen=True)
class Taken:
    """One attempt at one job: what guards all that it writes."""

    job_id: int
    space: str
    alliance_id: int | None
    person_id: int
    attempt: int
    kind: str = ""
    title: str = ""
    actor_name: str = ""
    arguments: dict = field(default_factory=dict)

    def scope(self):
        return space_scope(self.space, self.alliance_id, self.person_id)

    @property
    def mine(self):
        """The job's row, as long as this attempt holds it."""
        return Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING, attempts=self.attempt)


def _lease():
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def take(job_id: int, space: str, alliance_id: int | None, person_id: int) -> Taken | None:
    """The lease of the job, or None: it is done, held, not yet due, or its alliance runs enough already."""
    with space_scope(space, alliance_id, person_id):
        lock_queue(alliance_id)
        now = timezone.now()
        lost = Q(state=Job.State.RUNNING, lease_until__lt=now)
        free = Job.objects.filter(Q(state=Job.State.QUEUED, rung_at__lte=now) | lost, pk=job_id)
        held = Job.objects.filter(alliance_id=alliance_id, space=space, state=Job.State.RUNNING, lease_until__gte=now)
        if not free.exists() or held.exclude(pk=job_id).count() >= MOST_RUNNING:
            return None
        over = {"finished_at": now, "lease_until": None}
        if free.filter(cancel_asked_at__isnull=False).update(state=Job.State.CANCELLED, **over):
            return None
        if free.filter(attempts__gte=MOST_ATTEMPTS).update(state=Job.State.FAILED, error=messages.text("E88"), **over):
            return None
        fresh = {"lease_until": _lease(), "step": "", "progress": 0}
        if not free.update(state=Job.State.RUNNING, attempts=F("attempts") + 1, **fresh):
            return None
        job = Job.objects.get(pk=job_id)
    return Taken(
        job_id, space, alliance_id, person_id, job.attempts, job.kind, job.title, job.actor_name, job.arguments
    )


def keep(taken: Taken, **values) -> None:
    """A longer lease, and where the work is. LeaseLost or Cancelled when it must stop."""
    with taken.scope():
        if not taken.mine.update(lease_until=_lease(), **values):
            raise LeaseLost
        cancelled = taken.mine.filter(cancel_asked_at__isnull=False).exists()
    if cancelled:
        raise Cancelled


def give_up(taken: Taken, state: str, error: str = "") -> bool:
    """Failed or cancelled, for good. False when the lease was lost."""
    with taken.scope():
        return bool(taken.mine.update(state=state, error=error[:500], finished_at=timezone.now(), lease_until=None))


def try_again(taken: Taken) -> bool:
    """Back in the queue, a little later each time; failed after MOST_ATTEMPTS. False when it failed for good."""
    if taken.attempt >= MOST_ATTEMPTS:
        give_up(taken, Job.State.FAILED, messages.text("E88"))
        return False
    later = timezone.now() + timedelta(seconds=5 * 4 ** (taken.attempt - 1))
    with taken.scope():
        taken.mine.update(state=Job.State.QUEUED, lease_until=None, rung_at=later, step="", progress=0)
    return True
