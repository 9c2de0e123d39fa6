import pytest

from tests.support.outbox import watch


@pytest.fixture
def outbox(monkeypatch):
    """What is written in the outbox during the test, in order."""
    return watch(monkeypatch)
