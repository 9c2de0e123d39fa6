"""What a request knows of its person, read in one journey: the same as the ORM says, and only of that person."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alliances.models import AllianceMembership, MinistryMembership, OrganisationMembership
from alliances.notices.models import Notice
from alliances.notices.services import Letter, post
from alliances.people.models import current
from alliances.people.spaces import enter_as_person
from alliances.tenancy.scope import RequestScope, alliance_scope, person_scope
from tests.support import build

pytestmark = pytest.mark.django_db
EMAIL = "partout@mauricie.test"


def standing(person_id: int):
    with RequestScope() as scope:
        return enter_as_person(scope, person_id)


@pytest.fixture
def everywhere():
    """A person with roles of each sort, one that ends today, one that ended and one to come."""
    today = timezone.localdate()
    user = build.member("manager", email=EMAIL)
    build.member("officer", of="estrie", email=EMAIL, ends_on=today)
    build.member("reader", of="outaouais", email=EMAIL, ends_on=today - timedelta(days=1))
    build.member("committee", of="laval", email=EMAIL)
    place = build.organisation()
    user.email, address = "manager@entraide.test", user.email
    user.save(update_fields=["email"])
    build.promoter("manager", of=place)
    user.email = "analyst@ministere.test"
    user.save(update_fields=["email"])
    build.ministry_member("analyst")
    user.email = address
    user.save(update_fields=["email"])
    with alliance_scope(build.alliance().pk):
        for _ in range(2):
            post(Letter("N04", user.pk, address, "Objet", "Texte", "<p>Texte</p>", ""))
    return user


def test_it_says_what_the_orm_says(everywhere):
    with person_scope(everywhere.pk):
        expected = set()
        for row in AllianceMembership.objects.filter(current(), person_id=everywhere.pk).select_related("alliance"):
            expected.add(("alliance", row.alliance_id, row.alliance.slug, row.alliance.name, row.role))
        rows = OrganisationMembership.objects.filter(current(), person_id=everywhere.pk)
        for row in rows.select_related("organisation"):
            expected.add(("organisation", row.organisation_id, "", row.organisation.name, row.role))
        for row in MinistryMembership.objects.filter(current(), person_id=everywhere.pk):
            expected.add(("ministry", 0, "", "", row.role))
        unread = Notice.objects.filter(person_id=everywhere.pk, read_at=None).count()
    found = standing(everywhere.pk)
    assert {(one.place, one.tenant_id, one.slug, one.name, one.role) for one in found.held} == expected
    assert {one.slug for one in found.held if one.place == "alliance"} == {"mauricie", "estrie", "laval"}
    assert len(expected) == 5
    assert found.unread == unread == 2
    held = [one for one in found.held if one.place == "alliance"]
    assert held == sorted(held, key=lambda one: one.code)
    assert held[0].alliance.name_with_de == build.alliance(held[0].slug).name_with_de


def test_a_stranger_has_nothing(everywhere):
    stranger = build.person("personne@ailleurs.test")
    found = standing(stranger.pk)
    assert (found.held, found.unread) == ([], 0)


def test_the_wall_holds_whatever_the_statement_asks(everywhere):
    """The second statement is judged as the person's own space: asking for somebody else gives nothing."""
    stranger = build.person("personne@ailleurs.test")
    with RequestScope() as scope:
        rows = scope.enter_and_read(
            "person",
            "SELECT m.role FROM alliance_member m WHERE m.person_id <> %(person)s OR m.starts_on <= %(day)s",
            {"day": date(2099, 1, 1)},
            person=stranger.pk,
        )
    assert rows == []


def test_it_is_one_journey(everywhere):
    with RequestScope() as scope, CaptureQueriesContext(connection) as captured:
        enter_as_person(scope, everywhere.pk)
    assert len(captured) == 1
