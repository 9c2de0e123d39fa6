"""A small alliance made by hand: two years, three projects, partners of each sort. Amounts one can add up by heart."""

from datetime import date
from decimal import Decimal

from alliances.models import Organisation
from alliances.tenancy.access import portal_for
from alliances.tenancy.scope import alliance_scope
from projects.models import Contribution, Project, ProjectPriority, ProjectTerritory
from regions.models import Priority, Territory
from regions.money.services import commit, pay, spend
from tests.support import build


def small(of: str = "mauricie"):
    """Returns (agreement, its three projects). Written in the alliance's scope."""
    agreed = build.agreement(of=of)
    with alliance_scope(agreed.alliance_id):
        projects = [
            project(agreed, 1, "École citoyenne", date(2020, 6, 22)),
            project(agreed, 2, "Table commune", date(2021, 6, 22)),
            project(agreed, 3, "Jardins partagés", date(2022, 6, 22)),  # after the year 2021-2022
        ]
        money = Books(agreed)
        money.commit(projects[0], 2020, "30000.00", date(2020, 6, 22))
        money.pay(projects[0], 2020, "10000.00", date(2020, 9, 1))
        money.pay(projects[0], 2020, "5000.00", date(2021, 9, 1))
        money.commit(projects[1], 2021, "100.01", date(2021, 6, 22))
        money.pay(projects[1], 2021, "33.34", date(2022, 3, 31))
        money.commit(projects[2], 2022 - 1, "700.00", date(2022, 6, 22))
        money.spend(2021, "administration", "110250.00", date(2021, 12, 1))
        parts(projects[1])
        gives(projects[0], "Ville", "municipal", "cash", "received", "40000.00", date(2020, 7, 1))
        gives(projects[1], "Ville", "municipal", "in_kind", "confirmed", "50.00", date(2021, 7, 1))
        gives(projects[1], "Fondation", "philanthropy", "cash", "promised", "9.99", date(2021, 7, 1))
        gives(projects[1], "Centraide", "philanthropy", "cash", "confirmed", "0.03", date(2022, 4, 1))  # a day late
    return agreed, projects


def project(agreed, number: int, title: str, awarded_on: date, **fields) -> Project:
    made = build.project(agreed, title=title, number=f"APS-04-2021-{number:04}", state="in_progress")
    Project.objects.filter(pk=made.pk).update(awarded_on=awarded_on, **fields)
    return made


def parts(one: Project) -> None:
    """Two priorities, and two territories by halves: 100,01 $ does not divide evenly."""
    for rank, priority in enumerate(Priority.objects.order_by("rank")[:2]):
        ProjectPriority.objects.create(alliance_id=one.alliance_id, project=one, priority=priority, rank=rank)
    for territory in Territory.objects.of_alliance(one.alliance_id, date(2021, 4, 1))[:2]:
        ProjectTerritory.objects.create(
            alliance_id=one.alliance_id, project=one, territory=territory, share=Decimal("50.00")
        )


def gives(one: Project, partner: str, kind: str, form: str, state: str, amount: str, day: date) -> None:
    Contribution.objects.create(
        alliance_id=one.alliance_id,
        project=one,
        partner=partner,
        kind=kind,
        form=form,
        state=state,
        amount=Decimal(amount),
        effective_on=day,
    )


class Books:
    """Postings of one agreement, each with a key of its own."""

    def __init__(self, agreed):
        self.agreed, self.actor, self.last = agreed, portal_for(agreed.alliance_id), 0

    def _act(self, year: int, amount: str, day: date, kind: str = "projects") -> dict:
        self.last += 1
        return {
            "actor": self.actor,
            "envelope": build.envelope(self.agreed, year, kind),
            "amount": Decimal(amount),
            "key": f"small-{self.last}",
            "effective_on": day,
        }

    def commit(self, one, year, amount, day):
        commit(**self._act(year, amount, day), subject_id=one.pk)

    def pay(self, one, year, amount, day):
        pay(**self._act(year, amount, day), subject_id=one.pk)

    def spend(self, year, kind, amount, day):
        spend(**self._act(year, amount, day, kind))


def many(agreed, count: int) -> None:
    """More projects, all alike."""
    promoter = Organisation.objects.first()
    money = Books(agreed)
    money.last = 1000
    for number in range(count):
        one = project(agreed, 100 + number, f"{promoter} {number}", date(2021, 7, 1))
        money.commit(one, 2021, "10.00", date(2021, 7, 1))
        parts(one)
        gives(one, f"Partenaire {number}", "business", "cash", "received", "5.00", date(2021, 8, 1))
