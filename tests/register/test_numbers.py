"""Numbers are unique whatever runs at the same time, and of two writers only one is right about the version."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from alliances.tenancy.access import portal_for
from alliances.tenancy.scope import alliance_scope
from projects.models import Project
from projects.register.content import content_of
from projects.register.services import Stale, change, next_number
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, work) -> list:
    """Run `work(index)` in threads that all start together; what each returned or raised."""
    start, done = threading.Barrier(count), [None] * count

    def one(index):
        try:
            start.wait(timeout=20)
            done[index] = work(index)
        except Exception as error:
            done[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return done


def test_twenty_threads_get_twenty_numbers():
    agreed, tenant, year = build.agreement(), build.alliance(), timezone.localdate().year

    def take(_index):
        with alliance_scope(agreed.alliance_id):
            return next_number(alliance=tenant, year=year)

    assert sorted(at_once(20, take)) == [f"APS-04-{year}-{number:04d}" for number in range(1, 21)]


def test_the_series_goes_on_after_the_numbers_already_given():
    agreed, tenant = build.agreement(), build.alliance()
    with alliance_scope(agreed.alliance_id):
        build.project(agreed, number="APS-04-2019-0041")
        build.project(agreed, number="APS-04-2019-BIS")
        assert next_number(alliance=tenant, year=2019) == "APS-04-2019-0042"
        assert next_number(alliance=tenant, year=2019) == "APS-04-2019-0043"
        assert next_number(alliance=tenant, year=2020) == "APS-04-2020-0001"


def test_of_writers_at_the_same_version_one_writes_and_the_others_are_told():
    agreed = build.agreement()
    actor = portal_for(agreed.alliance_id)
    with alliance_scope(agreed.alliance_id):
        project = build.project(agreed)

    def write(index):
        with alliance_scope(agreed.alliance_id):
            mine = Project.objects.get(pk=project.pk)
            content = content_of(mine)
            changed = type(content)(**{**vars(content), "title": f"Titre {index}"})
            return change(actor=actor, project=mine, version=1, content=changed)

    done = at_once(5, write)
    assert sum(isinstance(one, Stale) for one in done) == 4, done
    with alliance_scope(agreed.alliance_id):
        assert Project.objects.get(pk=project.pk).version == 2
