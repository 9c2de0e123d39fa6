"""Doing a job: lease, steps, and one last transaction for the file, what goes with it and the job's end."""

import errno
import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from alliances.files.models import StoredFile
from alliances.files.services import discard, store
from alliances.jobs import lease
from alliances.jobs.lease import Cancelled, LeaseLost, Taken
from alliances.jobs.models import Job
from alliances.jobs.registry import KINDS
from alliances.jobs.scopes import snapshot
from alliances.look import formats
from alliances.notices.services import send
from alliances.tenancy.access import Actor
from alliances.tenancy.models import Alliance

logger = logging.getLogger("alliances.jobs")

FULL = (
    "Le fichier n’a pas pu être enregistré : l’espace de stockage du portail est plein. L’équipe technique est avisée. "
    "Vos données sont intactes; relancez la production plus tard."
)
UNKNOWN = "Cette version du portail ne sait pas produire ce fichier. L’équipe technique est avisée."


class JobRefused(Exception):
    """The work cannot be done and trying again will not help; the message is French and says why."""


class Work:
    """What the function of a kind gets: its arguments, its scope, its steps, and `finish`, which ends the job."""

    def __init__(self, taken: Taken):
        self.taken = taken
        self.finished = False
        self._stop: Exception | None = None
        self._frozen = False
        self._note: dict = {}
        self._wake = threading.Event()

    @property
    def job_id(self) -> int:
        return self.taken.job_id

    @property
    def alliance_id(self) -> int | None:
        return self.taken.alliance_id

    @property
    def arguments(self) -> dict:
        return self.taken.arguments

    @property
    def actor(self) -> Actor:
        return Actor(person_id=self.taken.person_id, name=self.taken.actor_name, alliance_id=self.taken.alliance_id)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A scope to read in, as of one moment; nothing can be written in it, but steps may be told from it."""
        self._frozen = not connection.in_atomic_block
        try:
            with snapshot(self.taken.space, self.taken.alliance_id, self.taken.person_id):
                yield
        finally:
            self._frozen = False

    def step(self, label: str, percent: int) -> None:
        """Say where the work is. Between two steps it may be cancelled; when the lease is lost, this raises."""
        if self._stop:
            raise self._stop
        told = {"step": label[:120], "progress": percent}
        if self._frozen:
            # This connection may only read now: the thread that keeps the lease writes it on its own.
            self._note = told
            self._wake.set()
        else:
            lease.keep(self.taken, **told)

    @contextmanager
    def finish(self, *, name: str, media_type: str, body: bytes, days: int | None = None) -> Iterator:
        """Stores `body` and gives its StoredFile: it, what is written inside and the job's end are one transaction.

        Nothing is written when the lease was lost meanwhile or the person cancelled.
        """
        kept = None
        try:
            with self.taken.scope():
                # Locks the job until commit: nobody can take it between here and its end.
                held = self.taken.mine.select_for_update(no_key=True).first()
                if held is None:
                    raise LeaseLost
                if held.cancel_asked_at:
                    raise Cancelled
                kept = store(
                    actor=self.actor,
                    alliance_id=self.taken.alliance_id,
                    name=name,
                    media_type=media_type,
                    body=body,
                    days=days,
                )
                yield kept
                self._tell(kept)
                self.taken.mine.update(
                    state=Job.State.DONE,
                    progress=100,
                    step="",
                    file=kept,
                    finished_at=timezone.now(),
                    lease_until=None,
                )
        except BaseException:
            if kept is not None:
                discard(kept)
            raise
        self.finished = True

    def _tell(self, kept: StoredFile) -> None:
        """The notice that the file is ready: in the same transaction, so sent once and never for nothing."""
        space, place = self.taken.space, Alliance.objects.filter(pk=self.taken.alliance_id).first()
        until = formats.day(formats.local(kept.expires_at))
        told = {"name": kept.name, "size": formats.size(kept.size), "until": until}
        send(
            actor=self.actor,
            code="N32",
            person_id=self.taken.person_id,
            context=told,
            url=reverse(f"{space}:files", kwargs={"alliance": place.slug} if place else {}),
            alliance=place.name if place else "",
        )

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """While the work computes, a thread keeps the lease, in short transactions on a connection of its own."""
        done = threading.Event()
        thread = threading.Thread(target=self._beat, args=(done,), daemon=True, name=f"lease-{self.job_id}")
        thread.start()
        try:
            yield
        finally:
            done.set()
            self._wake.set()
            thread.join(timeout=5)

    def _beat(self, done: threading.Event) -> None:
        while True:
            self._wake.wait(settings.JOB_LEASE_SECONDS / 3)
            self._wake.clear()
            if done.is_set():
                return
            told, self._note = self._note, {}
            try:
                lease.keep(self.taken, **told)
            except (LeaseLost, Cancelled) as stop:
                self._stop = stop
                return
            except DatabaseError as error:
                logger.warning("the lease of job %s could not be kept: %s", self.job_id, error)
            finally:
                connection.close()


def run(job_id: int, space: str, alliance_id: int | None, person_id: int) -> bool:
    """Do the job if it is there to be done. True when this call brought it to an end."""
    taken = lease.take(job_id, space, alliance_id, person_id)
    if taken is None:
        return False
    work = Work(taken)
    try:
        if taken.kind not in KINDS:
            raise JobRefused(UNKNOWN)
        with work.kept_alive():
            KINDS[taken.kind](work)
        if not work.finished:
            raise RuntimeError(f"jobs of kind {taken.kind} end without a file")
    except LeaseLost:
        logger.warning("job %s, attempt %s: the lease was lost", job_id, taken.attempt)
        return False
    except Cancelled:
        return lease.give_up(taken, Job.State.CANCELLED)
    except JobRefused as refused:
        return lease.give_up(taken, Job.State.FAILED, str(refused))
    except Exception as error:
        return _failed(taken, error)
    return True


def _failed(taken: Taken, error: Exception) -> bool:
    reference = secrets.token_hex(4).upper()
    logger.error("job %s, attempt %s, reference %s", taken.job_id, taken.attempt, reference, exc_info=error)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return lease.give_up(taken, Job.State.FAILED, FULL)
    try:
        return not lease.try_again(taken)
    except DatabaseError:
        # The lease runs out by itself and the sweeper rings.
        logger.warning("job %s: the database does not answer", taken.job_id)
        return False
