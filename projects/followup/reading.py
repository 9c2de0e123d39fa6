"""Instalments as they stand today: a planned one whose date has come is due, whether the clock has passed or not."""

from datetime import date
from decimal import Decimal

from django.db.models import Case, CharField, Q, QuerySet, Sum, Value, When

from alliances.look.acts import Act
from alliances.tenancy.access import Actor
from projects.followup.models import NOT_OVER, Instalment, InstalmentState, InstalmentTally
from projects.followup.workflow import INSTALMENT

# The move’s name in addresses.
WORDS = {
    "due": "declarer-du",
    "blocked": "bloquer",
    "unblocked": "debloquer",
    "requested": "demander",
    "approved": "approuver",
    "refused": "refuser",
    "paid": "verser",
    "returned": "retourner",
    "reopened": "remettre",
    "cancelled": "annuler",
}
MOVES = {word: name for name, word in WORDS.items()}
FORWARD = ("requested", "approved", "paid", "unblocked", "reopened")  # what brings the money nearer


def judged(row: Instalment, today: date) -> Instalment:
    """The instalment with the state that its date gives it: the same row, or a copy of it that is due."""
    if row.state != InstalmentState.PLANNED or row.due_on > today:
        return row
    columns = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    due = Instalment(**{**columns, "state": InstalmentState.DUE})
    due._state = row._state  # what was read with it, its project, is not read again
    return due


def in_state(rows: QuerySet, state: str, today: date) -> QuerySet:
    """Rows in a state as they stand today."""
    if state == InstalmentState.DUE:
        # What is over is left out first: the index of what is not serves these in the order of their dates.
        return rows.filter(NOT_OVER).filter(Q(state="due") | Q(state="planned", due_on__lte=today))
    if state == InstalmentState.PLANNED:
        return rows.filter(state="planned", due_on__gt=today)
    return rows.filter(state=state)


def totals_by_state(alliance_id: int, today: date) -> dict[str, tuple[int, Decimal]]:
    """{state today: (how many, how much)} of an alliance, from the sums that the database keeps. One query."""
    rows = InstalmentTally.objects.filter(alliance_id=alliance_id).order_by()
    due = When(state="planned", due_on__lte=today, then=Value("due"))
    shown = rows.annotate(shown=Case(due, default="state", output_field=CharField()))
    sums = shown.values_list("shown").annotate(Sum("n"), Sum("amount"))
    return {state: (n, total) for state, n, total in sums if n}


def acts_of(row: Instalment, actor: Actor, address, approvers: str, only=None) -> list[Act]:
    """The buttons of one instalment for this person; a closed one says why. `address(row, word)` gives its address."""
    acts = []
    for arrow, verdict in INSTALMENT.offered(row, actor):
        if verdict.code == "role" or (only and arrow.name not in only):
            continue
        why = approvers if verdict.code == "E55" else verdict.why
        acts.append(
            Act(
                label=arrow.label,
                url=address(row, WORDS[arrow.name]),
                why=why,
                id=f"v{row.pk}-{arrow.name}",
                about=f"{row.rank} de {row.project.title}",
            )
        )
    return acts
