import pytest
from django.core.cache import cache

from tests.support.outbox import watch


@pytest.fixture(autouse=True)
def fresh_limits():
    """Tries are counted in the cache: each test starts at none."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def outbox(monkeypatch):
    """What is written in the outbox during the test, in order: no login of a test may read it."""
    return watch(monkeypatch)
