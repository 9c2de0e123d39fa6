"""The whole demonstration, loaded once in the run’s database and emptied after the module that asked for it."""

from datetime import date

import pytest
from django.core.management import call_command

from projects.demo.load import load
from tests.conftest import empty

TODAY = date(2026, 11, 24)


def fresh(django_db_blocker, **options):
    """Reference and demonstration in an empty database."""
    with django_db_blocker.unblock():
        empty()
        call_command("load_reference", verbosity=0)
        load(today=TODAY, say=lambda line: None, **options)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    fresh(django_db_blocker)
    yield
    with django_db_blocker.unblock():
        empty()
