"""Who does which kind of job, and what is tidied up in the background.

The rooms above register themselves when their `tasks` and `chores` are read, as the worker does at start:
this room never imports them.
"""

from collections.abc import Callable

KINDS: dict[str, Callable] = {}
CHORES: dict[str, Callable[[], int]] = {}


def does(kind: str) -> Callable:
    """Decorates the function that does jobs of this kind. It gets a `Work` and returns nothing; see runner.py."""

    def register(function: Callable) -> Callable:
        _once(KINDS, kind, function)
        return function

    return register


def chore(name: str) -> Callable:
    """Decorates a function run every ten minutes, without a scope; it returns how many things it tidied up."""

    def register(function: Callable[[], int]) -> Callable[[], int]:
        _once(CHORES, name, function)
        return function

    return register


def _once(table: dict, name: str, function: Callable) -> None:
    if table.setdefault(name, function) is not function:
        raise ValueError(f"{name} is registered twice")
