"""Run something as the owner of the tables: migrations, reference data, and the test database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

_KEYS = ("USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def logged_in_as(login: dict, alias: str = "default") -> Iterator[None]:
    """Inside, the connection is that of `login` (USER, PASSWORD, HOST, PORT). What has not committed does not cross."""
    connection = connections[alias]
    before = {key: connection.settings_dict[key] for key in _KEYS}
    _log_in(connection, {key: login[key] for key in _KEYS})
    try:
        yield
    finally:
        _log_in(connection, before)


def as_owner(alias: str = "default"):
    """Inside, the connection is the owner's. ImproperlyConfigured on a host that does not know its password."""
    if not settings.DATABASE_OWNER:
        raise ImproperlyConfigured("DATABASE_OWNER_URL is not set on this host: run this from the release job.")
    return logged_in_as(settings.DATABASE_OWNER, alias)


def _log_in(connection, credentials) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(credentials)
