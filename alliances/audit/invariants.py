"""What must always hold, checked by one command: each room says its own, the command runs them all.

An invariant is a query that finds the rows at fault: none when all is well. Run in the upkeep scope, which reads every
alliance and writes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Invariant:
    """`says` is what must hold. `query` returns (alliance_id or None, which row, what is wrong)."""

    name: str
    says: str
    query: str


@dataclass(frozen=True)
class Fault:
    invariant: Invariant
    alliance_id: int | None
    row: str
    detail: str


_INVARIANTS: dict[str, Invariant] = {}
MOST = 50  # faults shown for each


def hold(name: str, says: str, query: str) -> None:
    """Add an invariant. Called once per room, from its `invariants` module."""
    _INVARIANTS[name] = Invariant(name, says, query)


def invariants() -> list[Invariant]:
    return list(_INVARIANTS.values())


def faults_of(invariant: Invariant) -> Iterator[Fault]:
    """In the upkeep scope."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT alliance_id, row_at_fault::text, detail::text FROM ({invariant.query}) f LIMIT {MOST}")
        for alliance_id, row, detail in cursor.fetchall():
            yield Fault(invariant, alliance_id, row, detail)
