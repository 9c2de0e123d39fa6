"""What « Mes fichiers » shows: the jobs of one person in one space, newest first, each with its file."""

from bisect import bisect_left
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from alliances.files.models import StoredFile
from alliances.jobs.models import Job
from alliances.look import messages, states
from alliances.look.formats import iso, local

PAGE = 25
FINISHED = ("done", "failed", "cancelled")


def page_url(access, name: str, **kwargs) -> str:
    """The address of a page of this space: the same views serve the alliance, the ministry and the auditor."""
    return reverse(f"{access.space}:{name}", kwargs={**access.url_kwargs, **kwargs})


def jobs_of(access):
    """The person's jobs in the space of the request."""
    alliance_id = access.alliance.pk if access.alliance else None
    return Job.objects.filter(alliance_id=alliance_id, space=access.space).mine(access.person.pk)


@dataclass
class Line:
    """One job as it is drawn."""

    job: Job
    file: StoredFile | None
    before: int
    access: object

    @property
    def state(self) -> str:
        """« Interrompu » is a lease that ran out, or a job that waits for its next attempt."""
        late = self.job.state == Job.State.RUNNING and self.job.lease_until and self.job.lease_until < timezone.now()
        again = self.job.state == Job.State.QUEUED and self.job.attempts
        return "interrupted" if late or again else self.job.state

    @property
    def label(self) -> str:
        told = states.state("job", self.state)
        if self.state == "queued" and self.before:
            return told.tell("mine", before=self.before)
        if self.state == "running":
            return told.tell("mine", percent=self.job.progress)
        return str(told.label)

    @property
    def is_finished(self) -> bool:
        return self.job.state in FINISHED

    @property
    def stopping(self) -> bool:
        return self.job.cancel_asked_at is not None and not self.is_finished

    @property
    def may_retry(self) -> bool:
        return self.job.state in ("failed", "cancelled") or self.expired

    @property
    def expired(self) -> bool:
        return self.file is not None and self.file.expires_at <= timezone.now()

    @property
    def gone(self) -> str:
        return messages.text("E91", date=iso(local(self.file.expires_at).date()))

    def _url(self, name: str, **kwargs) -> str:
        return page_url(self.access, name, **kwargs)

    @property
    def url(self) -> str:
        return self._url("job", job=self.job.pk)

    @property
    def cancel_url(self) -> str:
        return self._url("job_cancel", job=self.job.pk)

    @property
    def retry_url(self) -> str:
        return self._url("job_retry", job=self.job.pk)

    @property
    def file_url(self) -> str:
        return self._url("file", file=self.file.pk)


def lines(access, jobs: list[Job]) -> list[Line]:
    """Two queries at most, whatever the number of jobs: their files, and the queue they wait in."""
    ids = [job.file_id for job in jobs if job.file_id]
    files = StoredFile.objects.filter(pk__in=ids).in_bulk() if ids else {}
    queue = []
    if any(job.state == Job.State.QUEUED for job in jobs):
        here = Job.objects.filter(alliance_id=jobs[0].alliance_id, space=access.space, state=Job.State.QUEUED)
        queue = list(here.order_by("id").values_list("id", flat=True))
    return [Line(job, files.get(job.file_id), bisect_left(queue, job.pk), access) for job in jobs]


@dataclass(frozen=True)
class ListPage:
    """One page by key: `older` is the id to go on from, or None."""

    lines: list[Line]
    older: int | None
    first: bool

    @property
    def unfinished(self) -> bool:
        return any(not line.is_finished for line in self.lines)


def list_page(access, before: int | None) -> ListPage:
    """PAGE jobs older than `before`."""
    jobs = jobs_of(access)
    if before:
        jobs = jobs.filter(pk__lt=before)
    found = list(jobs.order_by(F("id").desc())[: PAGE + 1])
    shown = found[:PAGE]
    older = shown[-1].pk if len(found) > PAGE else None
    return ListPage(lines(access, shown), older, before is None)
