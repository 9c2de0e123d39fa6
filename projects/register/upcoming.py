"""What comes next for a project, as the rooms above this one know it: they register, this room only asks.

A provider gives rows (project_id, code, rank, day) of what is still to be done; the union of all is one query.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

COLUMNS = ("project_id", "code", "rank", "day")
_providers: list[Callable[[int, list[int]], QuerySet]] = []
_labels: dict[str, str] = {}
_without_deadline: set[str] = set()
# By state alone, when nothing more precise is known; with the end of the project where it is what is waited for.
_BY_STATE = {
    "draft": (_("Engagement à demander"), False),
    "approved": (_("Entente à préparer"), False),
    "to_sign": (_("Signature de l’entente"), False),
    "in_progress": (_("Fin des activités"), True),
    "suspended": (_("Reprise à confirmer"), False),
    "completed": (_("Fermeture du dossier"), False),
}


# Elsewhere the state says it all: nothing is paid before the signature, nor while a project is suspended.
_WATCHED = frozenset({"draft", "in_progress", "completed"})


@dataclass(frozen=True, slots=True)
class Act:
    """The next act of a project and its day: when it is due, or `since` when it waits. `late` in days, 0 for not."""

    label: str
    day: date | None = None
    late: int = 0
    since: bool = False


def register(provider: Callable[[int, list[int]], QuerySet], labels: dict[str, str], since: frozenset[str]) -> None:
    """`provider(alliance_id, ids)` gives a QuerySet that has COLUMNS; `labels` words its codes (%(rank)d).

    The day of a code in `since` is not when it is due, but since when it waits.
    """
    if provider not in _providers:
        _providers.append(provider)
        _labels.update(labels)
        _without_deadline.update(since)


def next_acts(alliance_id: int, projects: Iterable, today: date) -> dict[int, Act]:
    """{project id: its next act}; closed and cancelled projects have none. One query, whatever the number of rooms."""
    projects = list(projects)
    ids = [project.pk for project in projects]
    waiting: dict[int, tuple] = {}
    if ids and _providers:
        first, *others = (provider(alliance_id, ids).values_list(*COLUMNS) for provider in _providers)
        for project_id, code, rank, day in first.union(*others, all=True):
            found = (day, rank, code)
            waiting[project_id] = min(waiting.get(project_id, found), found)
    acts = {}
    for project in projects:
        if project.pk in waiting and project.state in _WATCHED:
            day, rank, code = waiting[project.pk]
            label = _labels[code] % {"rank": rank}
            since = code in _without_deadline
            acts[project.pk] = Act(label, day, since=True) if since else _act(label, day, today)
        elif project.state in _BY_STATE:
            label, at_the_end = _BY_STATE[project.state]
            acts[project.pk] = _act(str(label), project.ends_on if at_the_end else None, today)
    return acts


def _act(label: str, day: date | None, today: date) -> Act:
    return Act(label, day, max((today - day).days, 0) if day else 0)
