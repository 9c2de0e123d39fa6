"""Who is looking. The only module that changes the database role or the scope settings."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_IDS = ("alliance", "organisation", "person")
_READ = "SELECT current_setting('role'), " + ", ".join(
    f"coalesce(current_setting('app.{name}', true), '')" for name in _IDS
)
_SET = "SELECT set_config('role', %s, true), " + ", ".join(f"set_config('app.{name}', %s, true)" for name in _IDS)
_READ_AND_SET = f"{_READ}, {_SET.removeprefix('SELECT ')}"


def _wanted(space: str, **ids: int | None) -> list[str]:
    return [f"space_{space}", *(str(ids.get(name) or "") for name in _IDS)]


@contextmanager
def _scope(space: str, **ids: int | None) -> Iterator[None]:
    """Everything inside is done as one space; the previous space comes back after."""
    wanted = _wanted(space, **ids)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_READ_AND_SET, wanted)
            before = cursor.fetchone()[: len(wanted)]
        yield
        # Not in a finally: after an error the rollback brings the settings back.
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(_SET, before)


class RequestScope:
    """The transaction of one request, which takes its space once it is known.

    COMMIT forgets the space by itself; only inside a longer transaction (a test) must it be put back by hand.
    """

    def __init__(self):
        self._nested = connection.in_atomic_block
        self._atomic = transaction.atomic()
        self._before: list[str] | None = None

    def __enter__(self):
        self._atomic.__enter__()
        return self

    def __exit__(self, *error):
        if self._nested and self._before and not error[0] and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(_SET, self._before)
        return self._atomic.__exit__(*error)

    def enter(self, space: str, **ids: int | None) -> None:
        """From here to the end of the request, everything is done as this space."""
        wanted = _wanted(space, **ids)
        with connection.cursor() as cursor:
            cursor.execute(_READ_AND_SET, wanted)
            self._keep(cursor)

    def enter_and_read(self, space: str, statement: str, values: dict, **ids: int | None) -> list[tuple]:
        """Enter a space and read a constant statement in it, with `values` and the ids by name: one journey for both.

        The database plans the second statement once the first has run: with the role and the ids of the space.
        """
        wanted = _wanted(space, **ids)
        settings = {f"setting_{place}": value for place, value in enumerate(wanted)}
        enter = _READ_AND_SET.replace("%s", "{}").format(*(f"%({name})s" for name in settings))
        with connection.cursor() as cursor:
            cursor.execute(f"{enter}; {statement}", {**settings, **values, **ids})
            self._keep(cursor)
            cursor.nextset()
            return cursor.fetchall()

    def _keep(self, cursor) -> None:
        """The space to come back to, where this request is inside a longer transaction."""
        if self._before is None:
            self._before = cursor.fetchone()[: len(_IDS) + 1]


def alliance_scope(alliance_id: int, person_id: int | None = None):
    return _scope("alliance", alliance=alliance_id, person=person_id)


def committee_scope(alliance_id: int, person_id: int):
    return _scope("committee", alliance=alliance_id, person=person_id)


def ministry_scope(person_id: int | None = None):
    return _scope("ministry", person=person_id)


def audit_scope(person_id: int | None = None):
    """Reads what the ministry reads, writes nothing."""
    return _scope("audit", person=person_id)


def promoter_scope(organisation_id: int, person_id: int | None = None):
    return _scope("promoter", organisation=organisation_id, person=person_id)


def public_scope():
    return _scope("public")


def person_scope(person_id: int):
    return _scope("person", person=person_id)


def upkeep_scope():
    """Reads every alliance, writes nothing. Only the worker's login and the owner may enter it."""
    return _scope("upkeep")
