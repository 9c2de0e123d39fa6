"""A small alliance for the tests of money: its people, its branch, and projects at the state that is asked for."""

from datetime import date
from decimal import Decimal

from projects.awards import services as awards
from projects.dossier import services as dossier
from projects.followup import services as followup
from projects.followup.models import Instalment
from tests.support import build

DECIDED = date(2021, 6, 22)
ROLES = ("manager", "officer", "finance", "reader", "privacy", "delegate")


class Team:
    """One actor per role, and a second manager; made outside any scope."""

    def __init__(self):
        self.people = {role: build.member(role) for role in ROLES}
        self.people["other"] = build.member("manager", email="autre@mauricie.test")
        self.people["other"].first_name = "Autre"

    def __getattr__(self, name: str):
        role = "manager" if name == "other" else name
        return build.actor(self.people[name], role)

    def with_role(self, role: str):
        return getattr(self, role)


def asked(agreed, team, *, amount="78000", number="APS-04-2021-0001", title="École citoyenne", branch=None):
    project = build.project(agreed, amount=amount, number=number, title=title)
    award = awards.request(
        actor=team.officer,
        project=project,
        envelope=branch or build.envelope(agreed),
        amount=Decimal(amount),
        resolution="2021-118",
    )
    return project, award


def awarded(agreed, team, **kwargs):
    project, award = asked(agreed, team, **kwargs)
    awards.approve(actor=team.manager, award=award, decided_on=DECIDED)
    project.refresh_from_db()
    return project


def started(agreed, team, *parts: str, **kwargs):
    """A project in progress with its instalments planned, 1 September and later."""
    project = awarded(agreed, team, **kwargs)
    dossier.prepare(actor=team.officer, project=project)
    dossier.start(actor=team.officer, project=project, signed_on=date(2021, 8, 20))
    rows = [(date(2021, 9 + place, 1), Decimal(part)) for place, part in enumerate(parts)]
    planned = followup.plan(actor=team.officer, project=project, rows=rows) if rows else []
    project.refresh_from_db()
    return project, planned


def to_pay(team, instalment) -> Instalment:
    """Requested by finance, approved by the manager."""
    followup.request(actor=team.finance, instalment=instalment)
    return followup.approve(actor=team.manager, instalment=instalment)


def paid(team, instalment, *, on=date(2021, 9, 15), reference="DD-1") -> Instalment:
    ready = to_pay(team, instalment)
    return followup.pay(actor=team.finance, instalment=ready, paid_on=on, reference=reference, tries=ready.tries)
