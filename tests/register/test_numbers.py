"""Numbers are unique whatever runs at the same time, and of two writers only one is right about the version."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.tenancy.access import portal_for
from alliances.tenancy.scope import alliance_scope
from projects.models import Project
from projects.register.content import content_of
from projects.register.services import Stale, change, next_number
from tests.register.posted import good
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


def test_ten_simultaneous_posts_of_one_form_enter_one_project():
    """A double click, a browser that tries again: all are led to the project that the first one entered."""
    agreed = build.agreement()
    answers, projects = sent_ten_times(agreed, form_key=str(uuid4()))
    assert len(projects) == 1
    assert answers == {f"/a/mauricie/projets/{projects[0]}/"}


def test_without_its_key_each_post_enters_a_project():
    """The control: what holds the one above is the key of the form, nothing else."""
    answers, projects = sent_ten_times(build.agreement())
    assert len(projects) == len(answers) == 10


def test_ten_posts_with_a_new_organisation_enter_it_once():
    agreed = build.agreement()
    fresh = {"organisation": "", "new_name": "Entraide neuve", "new_neq": "1149876543", "new_city": "Shawinigan"}
    answers, projects = sent_ten_times(agreed, form_key=str(uuid4()), **fresh)
    assert (len(projects), len(answers)) == (1, 1)


def sent_ten_times(agreed, **more) -> tuple[set[str], list[int]]:
    """(where each post was led, the projects there are then)."""
    user, data = build.member("officer"), good(agreed, **more)

    def send(_index):
        client = Client()
        client.force_login(user)
        response = client.post(reverse("alliance:project_new", args=["mauricie"]), data)
        assert response.status_code == 302, response.content.decode()
        return response.url

    answers = at_once(10, send)
    assert all(isinstance(answer, str) for answer in answers), answers
    with alliance_scope(agreed.alliance_id):
        return set(answers), list(Project.objects.values_list("pk", flat=True))
