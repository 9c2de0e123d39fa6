from contextlib import contextmanager

import pytest
from django.db import connections

from alliances.config import environment
from tests.support.outbox import watch

_LOGIN = ("USER", "PASSWORD")


@pytest.fixture
def outbox(monkeypatch):
    """What is written in the outbox during the test, in order."""
    return watch(monkeypatch)


@pytest.fixture
def as_worker(transactional_db):
    """Inside, the connection is the worker's. The test must commit: nothing crosses from one login to the other."""

    @contextmanager
    def enter():
        worker = environment.database("DATABASE_WORKER_URL")
        connection = connections["default"]
        before = {key: connection.settings_dict[key] for key in _LOGIN}
        _log_in(connection, {key: worker[key] for key in _LOGIN})
        try:
            yield
        finally:
            _log_in(connection, before)

    return enter


def _log_in(connection, credentials) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(credentials)
