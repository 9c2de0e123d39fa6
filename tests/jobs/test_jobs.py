"""Asking, taking, doing, cancelling: the row is the job, and one attempt at a time may write."""

import errno
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from alliances.files.models import StoredFile
from alliances.files.sweeping import remove_expired, remove_orphans
from alliances.jobs import lease, runner, services, sweeper
from alliances.jobs.models import Job
from alliances.jobs.registry import CHORES, KINDS, chore, does
from alliances.notices.models import Notice
from alliances.tenancy.scope import alliance_scope, person_scope
from tests.support import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """What was rung, instead of a broker."""
    bells = []
    for module in (services, sweeper):
        monkeypatch.setattr(module, "ring", lambda *job: bells.append(job[0]) or True)
    return bells


@pytest.fixture
def kind(monkeypatch):
    """Registers the work of a test under the kind « trial »."""

    def use(function):
        monkeypatch.setitem(KINDS, "trial", function)
        return function

    use(lambda work: finish(work))
    return use


@pytest.fixture
def tenant():
    return build.alliance()


@pytest.fixture
def sacha():
    return build.member("manager")


def finish(work, body=b"seven bytes"):
    work.step("Mise en page", 40)
    with work.finish(name="rapport.pdf", media_type="application/pdf", body=body):
        pass


def ask(person, kind="trial", of="mauricie", **arguments):
    actor = build.actor(person, "manager", of=of)
    with alliance_scope(actor.alliance_id, person.pk):
        return services.enqueue(
            actor=actor,
            space="alliance",
            alliance_id=actor.alliance_id,
            kind=kind,
            title="Rapport",
            arguments=arguments,
        )


def run(job):
    return runner.run(job.pk, "alliance", job.alliance_id, job.person_id)


def seen(job):
    with alliance_scope(job.alliance_id):
        return Job.objects.select_related("file").get(pk=job.pk)


def change(job, **values):
    with alliance_scope(job.alliance_id):
        Job.objects.filter(pk=job.pk).update(**values)


def test_a_job_is_done_once_with_its_file(kind, sacha, django_capture_on_commit_callbacks, rung):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(sacha)
    assert rung == [job.pk]
    assert run(job)
    assert not run(job)
    done = seen(job)
    assert (done.state, done.progress, done.attempts, done.lease_until) == ("done", 100, 1, None)
    assert (done.file.name, done.file.size, done.file.person_id) == ("rapport.pdf", 11, sacha.pk)
    with person_scope(sacha.pk):
        [notice] = Notice.objects.filter(person_id=sacha.pk)
    assert (notice.code, notice.url.endswith("/a/mauricie/fichiers/")) == ("N32", True)
    with default_storage.open(done.file.storage_name) as stored:
        assert stored.read() == b"seven bytes"


def test_asking_twice_for_the_same_is_one_job(kind, sacha):
    first, same, other = ask(sacha, year=2021), ask(sacha, year=2021), ask(sacha, year=2022)
    assert first.pk == same.pk != other.pk
    run(first)
    assert ask(sacha, year=2021).pk != first.pk


def test_progress_is_seen_while_it_works(kind, sacha):
    shown = []

    @kind
    def slow(work):
        work.step("Mise en page", 40)
        shown.append((seen(job).step, seen(job).progress, seen(job).state))
        finish(work)

    job = ask(sacha)
    run(job)
    assert shown == [("Mise en page", 40, "running")]


def test_who_lost_the_lease_writes_nothing(kind, sacha):
    @kind
    def overtaken(work):
        change(job, attempts=2)  # another worker took the job over
        with work.finish(name="x.pdf", media_type="application/pdf", body=b"x"):
            pass

    job = ask(sacha)
    assert not run(job)
    assert seen(job).state == "running"
    with alliance_scope(job.alliance_id):
        assert not StoredFile.objects.exists()


def test_an_expired_lease_is_taken_over_and_a_living_one_is_not(kind, sacha):
    job = ask(sacha)
    first = lease.take(job.pk, "alliance", job.alliance_id, job.person_id)
    assert first.attempt == 1
    assert lease.take(job.pk, "alliance", job.alliance_id, job.person_id) is None
    change(job, lease_until=timezone.now() - timedelta(seconds=1))
    assert run(job)
    assert seen(job).attempts == 2
    with pytest.raises(lease.LeaseLost):
        lease.keep(first)


def test_three_attempts_then_a_clear_cause(kind, sacha, caplog):
    @kind
    def broken(work):
        raise RuntimeError("secret detail")

    job = ask(sacha)
    for attempt in (1, 2):
        assert not run(job)
        waiting = seen(job)
        assert (waiting.state, waiting.attempts) == ("queued", attempt)
        assert waiting.rung_at > timezone.now()
        assert not run(job), "it must wait for its hour"
        change(job, rung_at=timezone.now())
    assert run(job)
    failed = seen(job)
    assert failed.state == "failed"
    assert failed.error.startswith("Le document n’a pas pu être produit après 3 essais.")
    assert "secret detail" not in failed.error
    assert "reference" in caplog.text


def test_a_job_that_kills_its_worker_three_times_ends(kind, sacha):
    job = ask(sacha)
    for _ in range(3):
        assert lease.take(job.pk, "alliance", job.alliance_id, job.person_id)
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.take(job.pk, "alliance", job.alliance_id, job.person_id) is None
    assert seen(job).state == "failed"


def test_a_refusal_is_final_and_says_why(kind, sacha):
    @kind
    def refuse(work):
        raise runner.JobRefused("Les PDF sont arrêtés.")

    job = ask(sacha)
    assert run(job)
    assert (seen(job).state, seen(job).error, seen(job).attempts) == ("failed", "Les PDF sont arrêtés.", 1)


def test_an_unknown_kind_fails_clearly(sacha):
    job = ask(sacha, kind="unheard-of")
    run(job)
    assert seen(job).error == runner.UNKNOWN


def test_a_full_disk_fails_clearly_and_asking_again_works(kind, sacha, monkeypatch):
    job = ask(sacha)
    with monkeypatch.context() as patch:

        def full(*args, **kwargs):
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(FileSystemStorage, "_save", full)
        assert run(job)
    assert (seen(job).state, seen(job).error) == ("failed", runner.FULL)
    actor = build.actor(sacha, "manager")
    with alliance_scope(job.alliance_id, sacha.pk):
        again = services.retry(actor=actor, job=seen(job))
    assert again.pk != job.pk
    assert run(again)
    assert seen(again).state == "done"


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(kind, sacha):
    actor = build.actor(sacha, "manager")

    @kind
    def cancelled_meanwhile(work):
        with alliance_scope(job.alliance_id, sacha.pk):
            services.cancel(actor=actor, job=job)
        finish(work)

    job = ask(sacha)
    assert run(job)
    assert seen(job).state == "cancelled"
    waiting = ask(sacha, year=2022)
    with alliance_scope(waiting.alliance_id, sacha.pk):
        services.cancel(actor=actor, job=waiting)
        assert not StoredFile.objects.exists()
    assert seen(waiting).state == "cancelled"
    assert not run(waiting)


def test_an_alliance_runs_two_jobs_at_once_and_leaves_the_rest_to_the_others(kind, sacha):
    jobs = [ask(sacha, n=n) for n in range(3)]
    elsewhere = ask(build.member("manager", of="estrie"), of="estrie")
    take = [lease.take(j.pk, "alliance", j.alliance_id, j.person_id) for j in (*jobs, elsewhere)]
    assert [taken is not None for taken in take] == [True, True, False, True]
    assert seen(jobs[2]).attempts == 0


def test_when_one_ends_the_next_is_rung(kind, sacha, rung):
    first, second = ask(sacha, n=1), ask(sacha, n=2)
    run(first)
    rung.clear()
    sweeper.ring_next("alliance", first.alliance_id, sacha.pk)
    assert rung == [second.pk]


def test_too_many_waiting_are_refused_in_french(kind, sacha, monkeypatch):
    monkeypatch.setattr(services, "MOST_WAITING", 2)
    ask(sacha, n=1)
    ask(sacha, n=2)
    with pytest.raises(services.QueueFull, match="demandes en attente"):
        ask(sacha, n=3)


def test_the_sweeper_rings_what_waits_and_what_died(kind, sacha, rung, as_worker):
    quiet, lost, done, fresh = (ask(sacha, n=n) for n in range(4))
    long_ago = timezone.now() - timedelta(days=40)
    change(quiet, rung_at=long_ago)
    lease.take(lost.pk, "alliance", lost.alliance_id, lost.person_id)
    change(lost, rung_at=long_ago, lease_until=long_ago)
    run(done)
    rung.clear()
    with as_worker():
        assert sweeper.sweep() == 2
        assert sorted(rung) == sorted([quiet.pk, lost.pk])
        assert sweeper.sweep() == 0, "each is rung once in ten seconds"
    assert fresh.pk not in rung


def test_expired_files_lose_their_bytes_and_orphans_are_found(kind, sacha, as_worker):
    job = ask(sacha)
    run(job)
    stored = seen(job).file
    orphan = "00/" + "0" * 32
    default_storage.save(orphan, ContentFile(b"left behind"))
    now = timezone.now()
    with as_worker():
        assert remove_expired(now) == 0
        assert remove_expired(stored.expires_at) == 1
        assert not default_storage.exists(stored.storage_name)
        rounds = [now + timedelta(seconds=600 * n) for n in range(32)]
        assert sum(remove_orphans(moment) for moment in rounds) == 0, "too young"
        later = [moment + timedelta(days=2) for moment in rounds]
        assert sum(remove_orphans(moment) for moment in later) == 1
    assert not default_storage.exists(orphan)


def test_two_functions_cannot_do_the_same_kind(kind, monkeypatch):
    monkeypatch.setitem(CHORES, "trial", len)
    with pytest.raises(ValueError, match="twice"):
        does("trial")(lambda work: None)
    with pytest.raises(ValueError, match="twice"):
        chore("trial")(lambda: 2)


def test_reading_a_job_of_another_alliance_finds_nothing(kind, sacha):
    job = ask(sacha)
    assert runner.run(job.pk, "alliance", build.alliance("estrie").pk, sacha.pk) is False
    assert seen(job).state == "queued"


def test_what_reads_sees_one_moment_and_writes_nothing(kind, sacha, as_worker):
    @kind
    def writes(work):
        with work.reading():
            Job.objects.filter(pk=work.job_id).update(step="x")

    job = ask(sacha)
    with as_worker():
        assert not run(job)
    assert (seen(job).state, seen(job).step) == ("queued", "")
