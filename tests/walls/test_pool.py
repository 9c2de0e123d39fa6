"""One pooled connection, two tenants in turn, a thousand times: nothing stays of the one before."""

import pytest
from django.db import DatabaseError, connection, connections

from alliances.tenancy import scope
from projects.models import Project
from tests.support import build

ROUNDS = 1_000


@pytest.fixture
def one_connection():
    """The web's own pool, cut down to a single connection."""
    connection.close()
    connection.close_pool()
    before = connection.settings_dict["OPTIONS"]["pool"]
    connection.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    yield
    connection.close()
    connection.close_pool()
    connection.settings_dict["OPTIONS"]["pool"] = before


@pytest.mark.django_db(transaction=True)
def test_a_thousand_turns_on_one_connection(one_connection):
    tenants = {}
    for slug in ("mauricie", "estrie"):
        agreed = build.agreement(of=slug)
        with scope.alliance_scope(agreed.alliance_id):
            tenants[agreed.alliance_id] = build.project(agreed, title=slug).pk
    turns = list(tenants.items())
    served_by = set()
    for turn in range(ROUNDS):
        alliance_id, own = turns[turn % 2]
        with scope.RequestScope() as request:
            request.enter("alliance", alliance=alliance_id)
            assert list(Project.objects.values_list("pk", flat=True)) == [own]
            served_by.add(connection.connection.info.backend_pid)
        connections["default"].close()  # back to the pool, as at the end of a request
        if turn % 100 == 0:
            with pytest.raises(DatabaseError, match="permission denied"):
                Project.objects.count()
            connections["default"].close()
    assert len(served_by) == 1
