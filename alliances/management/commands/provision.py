"""Makes the roles and the database, once per cluster; safe to run again, and to run after a change of passwords."""

import os
from urllib.parse import unquote, urlsplit

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg import sql

from alliances.tenancy.roles import BACKUP, KEEPERS, OWNER, SPACES, WEB, WORKER

_ADDRESSES = {OWNER: "DATABASE_OWNER_URL", WEB: "DATABASE_URL", WORKER: "DATABASE_WORKER_URL"}
# Of the login, since PostgreSQL reads them at connection: those of a role taken later have no effect.
_TIMEOUTS = {
    WEB: {"statement_timeout": "10s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"},
    WORKER: {"statement_timeout": "10min", "lock_timeout": "5s"},
}
_SPACE_ROLES = tuple(f"space_{name}" for name in SPACES)
_KEEPER_ROLES = tuple(f"keeper_{name}" for name in KEEPERS)


class Command(BaseCommand):
    help = "Makes the roles and the database of the three addresses, as the administrator of DATABASE_ADMIN_URL."
    # It runs before there is a database to check.
    requires_system_checks = ()

    def handle(self, **options):
        logins = {login: _address(variable) for login, variable in _ADDRESSES.items()}
        database = _name_of(logins)
        admin = _address("DATABASE_ADMIN_URL")
        with _connect(admin) as connection:
            _make_roles(connection, {login: unquote(parts.password or "") for login, parts in logins.items()})
            _make_database(connection, database)
        # Test databases are copies of template1, and belong to the owner.
        for name in ("template1", database):
            with _connect(admin, name) as connection:
                _open_schema(connection)
        if options["verbosity"]:
            self.stdout.write(f"Roles and database {database}: ready")


def _address(variable: str):
    value = os.environ.get(variable, "").strip()
    parts = urlsplit(value)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.hostname:
        raise CommandError(f"{variable} must look like postgres://login:password@host:5432/name.")
    return parts


def _name_of(logins: dict) -> str:
    for login, parts in logins.items():
        if unquote(parts.username or "") != login or not parts.password:
            raise CommandError(f"{_ADDRESSES[login]} must name the login {login} and its password.")
    names = {unquote(parts.path.strip("/")) for parts in logins.values()}
    if len(names) != 1 or not all(names):
        raise CommandError("The three addresses must name the same database.")
    return names.pop()


def _connect(admin, database: str | None = None) -> psycopg.Connection:
    try:
        connection = psycopg.connect(
            host=admin.hostname,
            port=admin.port or 5432,
            user=unquote(admin.username or ""),
            password=unquote(admin.password or ""),
            dbname=database or unquote(admin.path.strip("/")) or "postgres",
            autocommit=True,
            connect_timeout=10,
        )
    except psycopg.OperationalError as error:
        raise CommandError(f"DATABASE_ADMIN_URL: {str(error).strip()}") from error
    if connection.info.server_version >= 160000:
        # An administrator who is no superuser may otherwise not give the database to the role it has just made.
        connection.execute("SET createrole_self_grant = 'set, inherit'")
    return connection


def _make_roles(connection: psycopg.Connection, passwords: dict[str, str]) -> None:
    known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    # NOINHERIT comes before the grants: from PostgreSQL 16 on, each grant keeps the inheritance it was made with.
    for role in (*passwords, *_SPACE_ROLES, *_KEEPER_ROLES):
        if role not in known:
            _run(connection, "CREATE ROLE {} NOLOGIN NOINHERIT", role)
    if BACKUP not in known:
        # The only one that passes the walls: it reads everything, and may log in only once it is given a password.
        _run(connection, "CREATE ROLE {} NOLOGIN BYPASSRLS", BACKUP)
    _run(connection, "GRANT pg_read_all_data TO {}", BACKUP)
    for login, password in passwords.items():
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(login), sql.Literal(password))
        )
    if settings.DEMO:
        _run(connection, "ALTER ROLE {} CREATEDB", OWNER)
    for login in (OWNER, WEB, WORKER):
        _grant(connection, [role for role in _SPACE_ROLES if login != WEB or role != "space_upkeep"], login)
    _grant(connection, _KEEPER_ROLES, OWNER)
    for login, timeouts in _TIMEOUTS.items():
        for name, value in timeouts.items():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    sql.Identifier(login), sql.Identifier(name), sql.Literal(value)
                )
            )


def _grant(connection: psycopg.Connection, roles, login: str) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, roles))
    connection.execute(sql.SQL("GRANT {} TO {}").format(names, sql.Identifier(login)))


def _make_database(connection: psycopg.Connection, name: str) -> None:
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        _run(connection, "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0", name, OWNER)
    _run(connection, "REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC", name)
    for login in (WEB, WORKER, BACKUP):
        _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", name, login)


def _open_schema(connection: psycopg.Connection) -> None:
    # PostgreSQL 15 needs it: there a NOINHERIT owner does not get the rights of pg_database_owner on schema public.
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    _run(connection, "GRANT USAGE, CREATE ON SCHEMA public TO {} WITH GRANT OPTION", OWNER)


def _run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
