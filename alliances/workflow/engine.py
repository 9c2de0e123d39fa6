"""Processes as tables one can read aloud, run by one small engine.

Always in this order: lock the row → is there such an arrow → may this person → write the state and its date → write the
audit row. Nothing slow inside. The same table draws the buttons, the diagram of the documentation and the test of every
state × every move.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from alliances.audit.services import record
from alliances.tenancy.access import YES, Actor, Verdict


@dataclass(frozen=True)
class Move:
    """One arrow: `name` (verb of the audit row), from which states, to which state, by whom, the button's label.

    `rule(row, actor)` is the policy beside the roles: a Verdict with its reason.
    """

    name: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    label: str
    rule: Callable[[object, Actor], Verdict] | None = None


def move(name: str, sources: str, target: str, roles: str, label: str, rule=None) -> Move:
    """Sources and roles as words separated by spaces, so that a table of moves reads as text."""
    return Move(name, frozenset(sources.split()), target, frozenset(roles.split()), label, rule)


class MoveRefused(Exception):
    """The move is not possible; `verdict.why` is a French sentence for the person."""

    def __init__(self, verdict: Verdict):
        super().__init__(verdict.why)
        self.verdict = verdict


class Workflow:
    """The moves of one kind of thing. `kind` is its name in the audit journal (« instalment.approved »)."""

    def __init__(self, kind: str, states, *moves: Move, people_for: str = ""):
        self.kind = kind
        self.states = states
        self.moves = {each.name: each for each in moves}
        if len(self.moves) != len(moves):
            raise ValueError(f"two moves of {kind} have the same name")
        unknown = {state for each in moves for state in (*each.sources, each.target)} - set(states.values)
        if unknown:
            raise ValueError(f"{kind}: unknown states {unknown}")

    def verdict(self, row, name: str, actor: Actor) -> Verdict:
        """May this actor make this move on this row now?"""
        arrow = self.moves[name]
        if row.state not in arrow.sources:
            label = self.states(row.state).label
            return Verdict(
                False, f"Ce dossier est maintenant « {label} ». Rechargez la page pour voir ce qui est possible.", "E69"
            )
        if not actor.roles & arrow.roles:
            return Verdict(False, "Votre rôle ne permet pas cette action.", "role")
        return arrow.rule(row, actor) if arrow.rule else YES

    def offered(self, row, actor: Actor) -> list[tuple[Move, Verdict]]:
        """The moves that leave this row's state, each with its verdict: what the page draws as buttons."""
        return [
            (arrow, self.verdict(row, arrow.name, actor)) for arrow in self.moves.values() if row.state in arrow.sources
        ]

    @transaction.atomic
    def take(self, *, actor: Actor, row, name: str, facts: dict | None = None, **values):
        """Make the move; returns the locked row with its new state. `values` are written in the same UPDATE.

        MoveRefused when the arrow, the role or the rule says no, judged on the row as locked.
        """
        locked = type(row)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
        verdict = self.verdict(locked, name, actor)
        if not verdict:
            raise MoveRefused(verdict)
        before, arrow = locked.state, self.moves[name]
        columns = {"state": arrow.target, **values}
        if hasattr(locked, "state_since"):
            columns["state_since"] = timezone.now()
        for column, value in columns.items():
            setattr(locked, column, value)
        locked.save(update_fields=list(columns))
        record(
            actor=actor,
            verb=f"{self.kind}.{name}",
            subject=locked,
            alliance_id=getattr(locked, "alliance_id", None),
            **{"from": before, "to": arrow.target, **(facts or {})},
        )
        return locked
