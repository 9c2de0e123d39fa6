"""The worker's login: no tenant row without a scope, everything readable and nothing writable in upkeep."""

import os

import psycopg
import pytest
from django.db import connection

from alliances.config import environment
from alliances.tenancy.scope import alliance_scope
from projects.models import Project
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)
ENTER = "SELECT set_config('role', 'space_upkeep', true)"


@pytest.fixture
def worker():
    """A connection as the worker makes it, on the database of the tests."""
    login = environment.database("DATABASE_WORKER_URL")
    assert os.environ["DATABASE_WORKER_URL"] != os.environ["DATABASE_URL"]
    with psycopg.connect(
        host=login["HOST"],
        port=login["PORT"],
        user=login["USER"],
        password=login["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
    ) as opened:
        yield opened


@pytest.fixture
def two_projects():
    for slug in ("mauricie", "estrie"):
        agreed = build.agreement(of=slug)
        with alliance_scope(agreed.alliance_id):
            build.project(agreed)


def test_a_task_without_a_scope_is_refused(worker):
    assert worker.execute("SELECT current_user::text").fetchone() == ("portal_worker",)
    for table in ("project", "posting", "job", "notice"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"), worker.transaction():
            worker.execute(f"SELECT count(*) FROM {table}")


def test_upkeep_reads_every_alliance_and_writes_none(worker, two_projects):
    with worker.transaction():
        worker.execute(ENTER)
        assert worker.execute("SELECT count(DISTINCT alliance_id) FROM project").fetchone() == (2,)
    for act in ("UPDATE project SET title = 'x'", "DELETE FROM posting", "INSERT INTO job (title) VALUES ('x')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), worker.transaction():
            worker.execute(f"{ENTER}; {act}")
    assert Project._meta.db_table == "project"


def test_the_worker_is_no_keeper_and_no_owner(worker):
    for role in ("keeper_ledger", "portal_owner", "portal_backup"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="set role"), worker.transaction():
            worker.execute(f"SET LOCAL ROLE {role}")
