"""The scope a job's row lives in, and the scope its work reads in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from alliances.tenancy.scope import alliance_scope, audit_scope, ministry_scope


def space_scope(space: str, alliance_id: int | None, person_id: int):
    """The scope of a job: alliance, ministry or audit."""
    if space == "alliance":
        return alliance_scope(alliance_id, person_id)
    return {"ministry": ministry_scope, "audit": audit_scope}[space](person_id)


@contextmanager
def snapshot(space: str, alliance_id: int | None, person_id: int) -> Iterator[None]:
    """Read only, and everything as it was at one moment: sums read by several queries agree with one another."""
    with transaction.atomic():
        # Inside a longer transaction (a test) the moment is already chosen.
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with space_scope(space, alliance_id, person_id):
            yield
