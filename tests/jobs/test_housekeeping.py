"""What is tidied up in the background, and the proof that a worker lives."""

import os
import time

import pytest
import redis

from alliances.config.health import HEARTBEAT, _worker
from alliances.jobs import folding, tasks
from alliances.jobs.registry import CHORES
from alliances.tenancy.scope import alliance_scope
from projects.register.chores import fold_days, fold_tally
from regions.models import MoneyDay
from regions.money.chores import fold_money
from reporting.documents.chores import remove_font_folders
from tests.accountability import rows
from tests.accountability.test_gather import report


@pytest.mark.django_db(transaction=True)
def test_folding_changes_no_figure(as_worker, monkeypatch):
    agreed, _ = rows.small()
    with alliance_scope(agreed.alliance_id):
        rows.many(agreed, 30)
        before, lines = report(agreed.alliance_id), MoneyDay.objects.count()
    with as_worker():
        assert fold_money() == 0, "not worth it yet"
        monkeypatch.setattr(folding, "SLACK", 10)
        assert [fold() for fold in (fold_money, fold_tally, fold_days)] == [1, 1, 1]
    with alliance_scope(agreed.alliance_id):
        assert report(agreed.alliance_id) == before
        assert MoneyDay.objects.count() < lines


def test_one_chore_that_fails_keeps_no_other_from_being_done(monkeypatch, caplog):
    done = []

    def broken():
        raise RuntimeError("no")

    for name in ("remove_expired", "remove_orphans"):
        monkeypatch.setattr(tasks, name, lambda: 0)
    monkeypatch.setattr(tasks, "CHORES", {"broken": broken, "next": lambda: done.append(1) or 1})
    tasks.keep_house()
    assert done == [1]
    assert "chore broken" in caplog.text


def test_chores_of_the_rooms_above_are_registered():
    assert {"money.fold", "projects.fold_tally", "projects.fold_days", "documents.fonts"} <= CHORES.keys()


def test_old_folders_of_fonts_go_and_the_others_stay(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    for name, age in (("weasyprint-old", 7200), ("weasyprint-new", 60), ("other-old", 7200)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    assert remove_font_folders() == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other-old", "weasyprint-new"]


def test_the_heartbeat_is_the_worker_s(settings):
    client = redis.Redis.from_url(settings.REDIS_URL)
    with client:
        client.set(HEARTBEAT, str(time.time() - 600))
        assert not _worker()
        tasks.heartbeat()
        assert _worker()
        client.delete(HEARTBEAT)
        assert not _worker()
