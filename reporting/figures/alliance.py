"""One alliance in figures, for its own team. In the alliance's scope."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Sum

from alliances.look import formats
from projects.followup.reading import totals_by_state
from projects.models import Award, ProjectTally
from regions.models import Agreement, Priority


def agreement_of(alliance_id: int, day: date, number: str = "") -> Agreement | None:
    """The agreement with that number, or the one in force on the day, or the last one before it."""
    agreements = list(
        Agreement.objects.filter(alliance_id=alliance_id).select_related("alliance").order_by("-starts_on")
    )
    named = [one for one in agreements if one.number == number]
    started = [one for one in agreements if one.starts_on <= day]
    return (named or started or agreements or [None])[0]


def elapsed(agreement: Agreement, day: date) -> int:
    """How much of the agreement's time is gone, in percent."""
    whole = (agreement.ends_on - agreement.starts_on).days + 1
    gone = min(max((day - agreement.starts_on).days, 0), whole)
    return round(100 * gone / whole)


@dataclass(frozen=True)
class ByPriority:
    label: str
    pk: int
    projects: int
    committed: Decimal  # to pay
    paid: Decimal
    partners: Decimal

    @property
    def engaged(self) -> Decimal:
        return self.committed + self.paid

    @property
    def figure(self) -> str:
        return formats.money_short(self.engaged)


def by_priority(alliance_id: int, agreement_id: int) -> list[ByPriority]:
    """Awarded projects by their main priority, largest first. Two queries."""
    names = dict(Priority.objects.values_list("pk", "name"))
    sums = (
        ProjectTally.objects.filter(alliance_id=alliance_id, agreement_id=agreement_id)
        .exclude(state__in=["draft", "cancelled"])
        .annotate(main=F("priority_ids__0"))
        .values_list("main")
        .annotate(Sum("n"), Sum("committed"), Sum("paid"), Sum("partners"))
    )
    rows = [ByPriority(names.get(pk, "À préciser"), pk or 0, *values) for pk, *values in sums if any(values)]
    return sorted(rows, key=lambda one: (-one.engaged, one.label))


@dataclass(frozen=True)
class Waiting:
    """What waits for this person: a sentence, how many, how much, the page that shows them."""

    label: str
    page: str
    query: str
    n: int
    amount: Decimal


# (what the roles do, whose turn, label, state)
_AWARDS = ({"manager"}, "Engagements à approuver", "requested")
_INSTALMENTS = (
    ({"officer", "finance"}, "Versements à demander", "due"),
    ({"manager"}, "Versements à approuver", "requested"),
    ({"finance"}, "Versements à inscrire comme versés", "approved"),
)


def waiting(alliance_id: int, roles: frozenset[str], today: date) -> list[Waiting]:
    """Acts that this person's roles may do now. Two queries."""
    tasks = []
    turn, label, state = _AWARDS
    if roles & turn:
        asked = Award.objects.filter(alliance_id=alliance_id, state=state).aggregate(
            n=Count("pk"), amount=Sum("amount")
        )
        if asked["n"]:
            tasks.append(Waiting(label, "alliance:projects", "?acte=engagement", asked["n"], asked["amount"]))
    wanted = {state: label for turn, label, state in _INSTALMENTS if roles & turn}
    if wanted:
        for state, (n, amount) in sorted(totals_by_state(alliance_id, today).items()):
            if state in wanted:
                tasks.append(Waiting(wanted[state], "alliance:instalments", f"?etat={state}", n, amount))
    return tasks
