"""A delegate's territories: read once per request, by guardian, in one alliance."""

import pytest
from django.contrib.auth.models import Permission

from alliances.tenancy.access import Access
from alliances.tenancy.scope import alliance_scope
from regions.models import Territory, TerritoryUserObjectPermission
from regions.territory.access import territories_of
from tests.support import build

pytestmark = pytest.mark.django_db

MEKINAC = "350"


def _access(user, *roles, of="mauricie", space="alliance"):
    return Access(space, user, build.alliance(of), roles=frozenset(roles))


def test_a_delegate_is_limited_to_the_territories_given(django_assert_num_queries):
    noa = build.delegate_of(MEKINAC)
    access = _access(noa, "delegate")
    with alliance_scope(build.alliance().pk):
        assert territories_of(access) == {Territory.objects.get(code=MEKINAC).pk}
        with django_assert_num_queries(0):
            territories_of(access)


def test_a_permission_of_another_alliance_does_not_count():
    noa = build.delegate_of(MEKINAC)
    build.member("delegate", of="estrie", email=noa.email)
    with alliance_scope(build.alliance("estrie").pk):
        assert territories_of(_access(noa, "delegate", of="estrie")) == frozenset()


@pytest.mark.parametrize("roles", [("manager",), ("delegate", "officer"), ("reader",)])
def test_other_roles_see_the_whole_alliance(roles):
    noa = build.delegate_of(MEKINAC)
    with alliance_scope(build.alliance().pk):
        assert territories_of(_access(noa, *roles)) is None


def test_the_alliance_cannot_give_a_permission_in_another_one():
    noa = build.delegate_of(MEKINAC)
    with alliance_scope(build.alliance().pk):
        mekinac = Territory.objects.get(code=MEKINAC)
        TerritoryUserObjectPermission.objects.create(
            user_id=noa.pk,
            permission=Permission.objects.get(codename="follow_territory"),
            content_object=Territory.objects.exclude(pk=mekinac.pk).first(),
        )
    with alliance_scope(build.alliance("estrie").pk):
        assert not TerritoryUserObjectPermission.objects.exists()
