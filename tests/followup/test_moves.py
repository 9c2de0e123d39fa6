"""Every state × every move × every role, for the three tables: what is written here by hand is what may happen."""

import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from alliances.tenancy.access import Actor
from alliances.tenancy.scope import alliance_scope
from alliances.workflow.engine import MoveRefused
from projects.awards.models import Award, AwardState
from projects.awards.workflow import AWARD
from projects.followup.models import Instalment, InstalmentState
from projects.followup.workflow import INSTALMENT
from projects.register.enums import ProjectState
from projects.register.workflow import PROJECT
from tests.support import build

ROLES = ("manager", "officer", "finance", "reader", "privacy", "delegate", "committee", "portal")

# Written again by hand: a change of a table must be made twice to pass.
MAY = {
    "project": """
        approved:  draft > approved: manager portal
        prepared:  approved > to_sign: officer manager
        started:   to_sign > in_progress: officer manager
        suspended: in_progress > suspended: officer manager
        resumed:   suspended > in_progress: officer manager
        completed: in_progress > completed: officer manager
        closed:    completed > closed: manager
        cancelled: draft approved to_sign in_progress suspended > cancelled: manager
    """,
    "award": """
        approved:  requested > approved: manager
        declined:  requested > declined: manager
        withdrawn: requested > withdrawn: officer manager
    """,
    "payment": """
        due:       planned > due: portal officer manager
        blocked:   planned due > blocked: officer manager
        unblocked: blocked > due: manager
        requested: due > requested: finance officer
        approved:  requested > approved: manager
        refused:   requested > due: manager
        paid:      approved > paid: finance
        returned:  paid > returned: finance
        reopened:  returned > due: finance officer
        cancelled: planned due blocked requested approved returned > cancelled: manager
    """,
}
TABLES = {"project": (PROJECT, ProjectState), "award": (AWARD, AwardState), "payment": (INSTALMENT, InstalmentState)}


def read(kind: str) -> dict[str, tuple[set[str], str, set[str]]]:
    found = re.findall(r"(\w+):\s+([\w ]+) > (\w+): ([\w ]+)", MAY[kind])
    return {name: (set(sources.split()), target, set(roles.split())) for name, sources, target, roles in found}


def a_row(kind: str, state: str, asker: int):
    """What the rules look at: a request made by `asker`, a project in progress, nothing left to pay."""
    project = SimpleNamespace(state="in_progress")
    zero = Decimal(0)
    mine = {"requested_by_id": asker, "project": project, "committed": zero, "reserved": zero}
    return SimpleNamespace(state=state, **mine)


CASES = [
    (kind, name, state, role)
    for kind, (table, states) in TABLES.items()
    for name in table.moves
    for state in states.values
    for role in ROLES
]


@pytest.mark.parametrize(("kind", "name", "state", "role"), CASES)
def test_a_move_is_possible_from_its_states_for_its_roles_and_never_else(kind, name, state, role):
    sources, target, roles = read(kind)[name]
    actor = Actor(person_id=1, name="Dominique Témoin", roles=frozenset({role}))
    row = a_row(kind, state, asker=1 if name == "withdrawn" else 2)
    verdict = TABLES[kind][0].verdict(row, name, actor)
    assert bool(verdict) == (state in sources and role in roles)
    assert TABLES[kind][0].moves[name].target == target
    if not verdict:
        assert verdict.why
        assert verdict.code == ("E69" if state not in sources else "role")


@pytest.mark.parametrize("kind", TABLES)
def test_the_tables_have_these_moves_and_no_other(kind):
    assert set(TABLES[kind][0].moves) == set(read(kind))


@pytest.mark.parametrize(
    ("kind", "name", "state", "code"),
    [
        ("award", "approved", "requested", "E55"),
        ("payment", "approved", "requested", "E55"),
    ],
)
def test_four_eyes(kind, name, state, code):
    actor = Actor(person_id=1, name="Sacha Exemple", roles=frozenset({"manager"}))
    assert TABLES[kind][0].verdict(a_row(kind, state, asker=1), name, actor).code == code
    assert TABLES[kind][0].verdict(a_row(kind, state, asker=2), name, actor)


@pytest.mark.parametrize("state", ["draft", "approved", "to_sign", "suspended", "closed", "cancelled"])
@pytest.mark.parametrize(("name", "at"), [("requested", "due"), ("approved", "requested"), ("paid", "approved")])
def test_nothing_is_paid_for_a_project_that_is_not_in_progress(state, name, at):
    actor = Actor(person_id=1, name="Andréa Modèle", roles=frozenset({"manager", "finance"}))
    row = a_row("payment", at, asker=2)
    row.project.state = state
    verdict = INSTALMENT.verdict(row, name, actor)
    assert verdict.code == "E57"
    assert verdict.why.startswith("Ce versement est bloqué\u00a0: ")


def test_a_file_does_not_close_with_a_balance():
    actor = Actor(person_id=1, name="Sacha Exemple", roles=frozenset({"manager"}))
    row = a_row("project", "completed", asker=2)
    row.committed = Decimal("1149.65")
    assert PROJECT.verdict(row, "closed", actor).why == "Il reste 1\u00a0149,65\u00a0$ à verser ou à désengager."


# --- the same on rows of the database: each arrow is taken once, each other one refused ------------------------------


@pytest.fixture
def world(db):
    agreed = build.agreement()
    people = [build.member("officer"), build.member("manager")]
    with alliance_scope(agreed.alliance_id):
        yield agreed, people


def instalment(agreed, people, project, rank: int, state: str) -> Instalment:
    now, ids = timezone.now(), [person.pk for person in people]
    values = {}
    reached = {"requested": 1, "approved": 2, "paid": 3, "returned": 3}.get(state, 0)
    if reached >= 1:
        values |= {"requested_by_id": ids[0], "requested_at": now}
    if reached >= 2:
        values |= {"approved_by_id": ids[1], "approved_at": now}
    if reached >= 3:
        values |= {"paid_on": date(2021, 9, 1), "paid_by_id": ids[0], "reference": "DD-1", "tries": 1}
    return Instalment.objects.create(
        alliance_id=agreed.alliance_id,
        project=project,
        envelope=build.envelope(agreed),
        rank=rank,
        amount=Decimal("100"),
        due_on=date(2021, 9, 1),
        state=state,
        state_since=now,
        **values,
    )


@pytest.mark.django_db
def test_each_row_moves_where_the_table_says_and_stays_otherwise(world):
    agreed, people = world
    project = build.project(agreed, state="in_progress")
    third = build.actor(people[1], *ROLES)
    extra = {
        "requested": {"requested_by_id": people[0].pk, "requested_at": timezone.now()},
        "approved": {"approved_by_id": people[1].pk, "approved_at": timezone.now()},
        "paid": {"paid_on": date(2021, 9, 1), "paid_by_id": people[0].pk},
    }
    rank = 0
    for name, (sources, target, _) in read("payment").items():
        for state in InstalmentState.values:
            rank += 1
            row = instalment(agreed, people, project, rank, state)
            if state in sources:
                INSTALMENT.take(actor=third, row=row, name=name, **extra.get(name, {}))
            else:
                with pytest.raises(MoveRefused):
                    INSTALMENT.take(actor=third, row=row, name=name)
            row.refresh_from_db()
            assert row.state == (target if state in sources else state), (name, state)


@pytest.mark.django_db
def test_each_award_moves_where_the_table_says(world):
    agreed, people = world
    number, now = 0, timezone.now()
    for name, (sources, target, _) in read("award").items():
        for state in AwardState.values:
            number += 1
            decided = {} if state == "requested" else {"decided_at": now, "decided_by_id": people[1].pk}
            row = Award.objects.create(
                alliance_id=agreed.alliance_id,
                project=build.project(agreed, number=f"APS-04-2021-{number:04}"),
                envelope=build.envelope(agreed),
                amount=Decimal("5"),
                state=state,
                requested_at=now,
                requested_by_id=people[0].pk,
                **decided,
            )
            actor = build.actor(people[0] if name == "withdrawn" else people[1], "officer", "manager")
            if state in sources:
                AWARD.take(actor=actor, row=row, name=name, decided_at=now, decided_by_id=actor.person_id)
            else:
                with pytest.raises(MoveRefused):
                    AWARD.take(actor=actor, row=row, name=name)
            row.refresh_from_db()
            assert row.state == (target if state in sources else state), (name, state)


@pytest.mark.django_db
def test_each_project_moves_where_the_table_says(world):
    agreed, people = world
    actor, number = build.actor(people[1], "manager"), 0
    for name, (sources, target, _) in read("project").items():
        for state in ProjectState.values:
            number += 1
            row = build.project(agreed, number=f"APS-04-2021-{number:04}", state="draft")
            values = {
                "awarded_on": date(2021, 6, 22),
                "cancelled_on": date(2021, 7, 1) if state == "cancelled" else None,
            }
            if state != "draft":
                type(row).objects.filter(pk=row.pk).update(state=state, **values)
            dates = {"approved": {"awarded_on": date(2021, 6, 22)}, "cancelled": {"cancelled_on": date(2021, 7, 1)}}
            if state in sources:
                PROJECT.take(actor=actor, row=row, name=name, **dates.get(name, {}))
            else:
                with pytest.raises(MoveRefused):
                    PROJECT.take(actor=actor, row=row, name=name)
            row.refresh_from_db()
            assert row.state == (target if state in sources else state), (name, state)
