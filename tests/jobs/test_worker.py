"""With real processes: a worker killed in the middle of a page, a broker that is down, two runs of one job at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.db import connection
from django.db.models import F

from alliances.config import celery_app
from alliances.files.models import StoredFile
from alliances.jobs import lease, runner, services, sweeper
from alliances.jobs.models import Job
from alliances.jobs.registry import KINDS
from alliances.tenancy.scope import alliance_scope
from reporting.accountability.models import Document
from tests.accountability import rows
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 90  # seconds: only a bound, nothing is measured here


@pytest.fixture
def sacha():
    return build.member("manager")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


def ask(person, kind: str, **arguments) -> Job:
    alliance = build.alliance()
    with alliance_scope(alliance.pk, person.pk):
        return services.enqueue(
            actor=build.actor(person, "manager"),
            space="alliance",
            alliance_id=alliance.pk,
            kind=kind,
            title="Rapport",
            arguments=arguments,
        )


def seen(job: Job) -> Job:
    with alliance_scope(job.alliance_id):
        return Job.objects.get(pk=job.pk)


def wait_for(job: Job, done, tick=lambda: None) -> Job:
    until = time.monotonic() + PATIENCE
    while not done(found := seen(job)):
        assert time.monotonic() < until, f"{found.state}, attempt {found.attempts}, {found.step}, {found.error}"
        tick()
        time.sleep(0.3)
    return found


@contextmanager
def worker(tmp_path, **more):
    """A real worker on the test database and the test broker, in a process group of its own."""
    address = urlsplit(os.environ["DATABASE_WORKER_URL"])
    environ = {
        **os.environ,
        "PORTAL_PROCESS": "worker",
        "DJANGO_SETTINGS_MODULE": "tests.jobs.worker_settings",
        "DATABASE_WORKER_URL": address._replace(path="/" + connection.settings_dict["NAME"]).geturl(),
        "PORTAL_FILES": str(tmp_path),
        **more,
    }
    command = [sys.executable, "-m", "celery", "-A", "alliances.config", "worker", "--concurrency=1", "-l", "WARNING"]
    with (tmp_path / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle"],
            env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        kill(process)


def kill(process) -> None:
    """The whole group at once, as a machine that loses its power."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_worker_killed_in_the_middle_of_a_page_makes_one_file(sacha, tmp_path):
    agreed, _ = rows.small()
    celery_app.control.purge()
    job = ask(sacha, "accountability", year=2021)
    with worker(tmp_path, PORTAL_FAULTS="accountability.render=sleep:300") as first:
        wait_for(job, lambda found: found.step == "Mise en page")
        kill(first)
    assert (seen(job).state, seen(job).attempts) == ("running", 1)
    # What beat does, more often: the sweeper finds the lease that ran out.
    with worker(tmp_path):
        done = wait_for(
            job,
            lambda found: found.state not in ("queued", "running"),
            tick=lambda: celery_app.send_task("alliances.jobs.sweep"),
        )
    assert (done.state, done.attempts, done.error) == ("done", 2, "")
    with alliance_scope(agreed.alliance_id):
        [document], [stored] = Document.objects.all(), StoredFile.objects.all()
    assert (document.job_id, document.version, document.file_id) == (job.pk, 1, stored.pk)
    kept = [path for path in tmp_path.rglob("*") if len(path.name) == 32]
    assert [path.stat().st_size for path in kept] == [stored.size]
    assert kept[0].read_bytes().startswith(b"%PDF-1.7")


def test_a_broker_that_is_down_keeps_nobody_from_asking(sacha, monkeypatch, as_worker):
    deaf = Celery("deaf", broker="redis://127.0.0.1:1/0", set_as_current=False)
    with monkeypatch.context() as patch:
        patch.setattr(services, "current_app", deaf)
        job = ask(sacha, "trial")
        assert seen(job).state == "queued"
        assert not services.ring(job.pk, "alliance", job.alliance_id, sacha.pk)
    rung = []
    monkeypatch.setattr(sweeper, "ring", lambda *args: rung.append(args) or True)
    with alliance_scope(job.alliance_id):
        Job.objects.update(rung_at=F("rung_at") - sweeper.WAIT * 2)
    with as_worker():
        assert sweeper.sweep() == 1
    assert rung == [(job.pk, "alliance", job.alliance_id, sacha.pk)]


def two_at_once(job: Job, monkeypatch) -> int:
    """Two workers do the same job at the same moment; returns how many files there are after."""
    together = threading.Barrier(2, timeout=2)

    def work(work):
        with_other(together)
        with work.finish(name="x.pdf", media_type="application/pdf", body=b"x"):
            pass

    monkeypatch.setitem(KINDS, "trial", work)

    def run():
        try:
            runner.run(job.pk, "alliance", job.alliance_id, job.person_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with alliance_scope(job.alliance_id):
        return StoredFile.objects.count()


def with_other(barrier) -> None:
    """Wait for the other, if it comes this far."""
    try:
        barrier.wait()
    except threading.BrokenBarrierError:
        return


def test_steps_are_told_while_the_rows_are_read(sacha, monkeypatch):
    shown = []

    def work(work):
        with work.reading():
            work.step("40 projets sur 100", 40)
            until = time.monotonic() + PATIENCE
            while not shown and time.monotonic() < until:
                other = threading.Thread(target=look)
                other.start()
                other.join()
        with work.finish(name="x.csv", media_type="text/csv", body=b"x"):
            pass

    def look():
        found = seen(job)
        connection.close()
        if found.step:
            shown.append((found.step, found.progress))

    monkeypatch.setitem(KINDS, "trial", work)
    job = ask(sacha, "trial")
    assert runner.run(job.pk, "alliance", job.alliance_id, sacha.pk)
    assert shown == [("40 projets sur 100", 40)]


def test_two_runs_of_one_job_have_one_effect(sacha, monkeypatch):
    job = ask(sacha, "trial")
    assert two_at_once(job, monkeypatch) == 1
    assert (seen(job).state, seen(job).attempts) == ("done", 1)


def test_control_without_the_lease_there_are_two(sacha, monkeypatch):
    job = ask(sacha, "trial")
    taken = lease.Taken(job.pk, "alliance", job.alliance_id, sacha.pk, 1, "trial")
    monkeypatch.setattr(lease, "take", lambda *args: taken)
    monkeypatch.setattr(lease.Taken, "mine", property(lambda self: Job.objects.filter(pk=self.job_id)))
    assert two_at_once(job, monkeypatch) == 2
