"""Several things at the same instant, each in a thread with its own connection; and guards taken off, for controls."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection
from django.db.models import QuerySet

from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import alliance_scope
from tests.conftest import empty

WORKERS = 6  # fewer than the connections of the pool


def at_once(tasks: list[Callable]) -> list:
    """Run them as simultaneously as threads allow; what each returned, or the exception it raised, in order."""
    connection.close()
    start = threading.Barrier(min(WORKERS, len(tasks)))

    def run(place: int, task: Callable):
        if place < start.parties:
            start.wait(timeout=20)
        try:
            return task()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return [job.result() for job in [pool.submit(run, place, task) for place, task in enumerate(tasks)]]


def in_scope(alliance_id: int, act: Callable, **kwargs) -> Callable:
    """`act(**kwargs)` in the alliance’s scope, committed at the end."""

    def task():
        with alliance_scope(alliance_id):
            return act(**kwargs)

    return task


def take_locks_off(monkeypatch, *tables) -> None:
    """SELECT … FOR UPDATE locks nothing, and the first moves of `tables` meet before they write."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **kwargs: self)
    met, here = threading.Barrier(2), threading.local()
    for table, name in tables:
        monkeypatch.setattr(table, "verdict", _met(table.verdict, name, met, here))


def _met(verdict, name: str, met: threading.Barrier, here: threading.local):
    def judged(row, move, actor):
        said = verdict(row, move, actor)
        if move == name and not getattr(here, "met", False):
            here.met = True
            met.wait(timeout=20)
        return said

    return judged


@contextmanager
def without(*constraints: tuple[str, str]):
    """Inside, these (table, constraint) are not there. The tables are emptied before they come back."""
    with as_owner(), connection.cursor() as cursor:
        kept = []
        for table, name in constraints:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s",
                [table, name],
            )
            kept.append((table, name, cursor.fetchone()[0]))
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        connection.close()
        empty()
        with as_owner(), connection.cursor() as cursor:
            for table, name, definition in kept:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
