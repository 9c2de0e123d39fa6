"""What an organisation is told of its payments: each instalment of its projects, in the words meant for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alliances.look import formats, states
from projects.followup.reading import judged
from projects.models import Instalment, Project
from projects.register.enums import ProjectState

_WAITS = ("planned", "due")


@dataclass(frozen=True)
class Payment:
    """One instalment as it stands today: the day it was paid or is planned for, and what follows."""

    row: Instalment
    day: date
    told: str


def payments(projects: Sequence[Project], today: date) -> list[tuple[Project, list[Payment]]]:
    """Projects that have instalments, in the order given, each with its own by rank. One query."""
    rows = Instalment.objects.filter(
        alliance_id__in={project.alliance_id for project in projects},
        project_id__in=[project.pk for project in projects],
    )
    lines: dict[int, list[Payment]] = {}
    found = {project.pk: project for project in projects}
    for row in rows.order_by("project_id", "rank"):
        row = judged(row, today)
        payment = Payment(row, row.paid_on or row.due_on, _told(row, found[row.project_id]))
        lines.setdefault(row.project_id, []).append(payment)
    return [(project, lines[project.pk]) for project in projects if project.pk in lines]


def _told(row: Instalment, project: Project) -> str:
    if project.state == ProjectState.SUSPENDED and row.state in _WAITS:
        return "Les versements sont arrêtés."
    day = formats.day(row.paid_on or row.due_on)
    said = states.state("instalment", row.state).tell("mine", date=day, reason=row.reason, reference=row.reference)
    return formats.ended(said.rstrip("."))  # a reason may bring its own mark
