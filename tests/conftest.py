"""Tests log in as the web role; only building, emptying and dropping the test database is the owner's."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from alliances.config import environment
from alliances.tenancy.owner import as_owner, logged_in_as

# Facts loaded once; a transactional test leaves them in place.
KEPT = {
    "alliance", "region", "territory", "territory_link", "cycle", "allocation_line", "allocation_share", "priority",
    "target_group", "expense_category", "django_migrations", "django_content_type", "auth_permission",
}  # fmt: skip


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_keepdb, django_db_modify_db_settings):
    with django_db_blocker.unblock():
        with as_owner():
            databases = setup_databases(verbosity=0, interactive=False, keepdb=django_db_keepdb)
        call_command("load_reference", verbosity=0)
        empty()
    TransactionTestCase._fixture_teardown = lambda test: empty()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            drop(databases)


def drop(databases) -> None:
    """Drop the test database, after whoever is still in it: a process that a test killed leaves its session behind."""
    name = connection.settings_dict["NAME"]
    for login in ("DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL"):
        given = environment.database(login)
        # a session may be ended by another one of the same login
        with psycopg.connect(
            host=given["HOST"], port=given["PORT"], user=given["USER"], password=given["PASSWORD"], dbname=name
        ) as mine:
            mine.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
    with as_owner():
        teardown_databases(databases, verbosity=0)


def empty() -> None:
    """Replaces flush, which truncates as the role of the connection: ours may not."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal"
        )
        guards = cursor.fetchall()
        tables = sorted(set(connection.introspection.table_names(cursor)) - KEPT)
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        cursor.execute("TRUNCATE " + ", ".join(tables) + " RESTART IDENTITY")
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")


@pytest.fixture(autouse=True)
def no_scope_left(request):
    yield
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = session_user")
            assert cursor.fetchone()[0], "a test left its scope open"


@pytest.fixture
def as_worker(transactional_db):
    """Inside, the connection is the worker's, who alone enters upkeep. The test must commit: nothing crosses."""
    return lambda: logged_in_as(environment.database("DATABASE_WORKER_URL"))
