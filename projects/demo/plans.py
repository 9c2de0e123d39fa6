"""What a project of the demonstration is before it is written: plain values, drawn from a seeded generator."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from projects.demo.places import Place, place, towns_of, wide
from projects.demo.words import NATION_WORDS, PARTNER_WEIGHTS, PHASES, SECOND_SENTENCES, THEMES, WEIGHTS, partner_name
from regions.money.split import split

# A budget by categories: codes and weights, one pattern a project.
BUDGETS = (
    (("salaires", 62), ("materiel", 14), ("deplacement", 6), ("participation", 8), ("administration", 10)),
    (("salaires", 48), ("honoraires", 12), ("materiel", 22), ("communication", 8), ("administration", 10)),
    (("salaires", 70), ("location", 12), ("formation", 8), ("administration", 10)),
    (("honoraires", 34), ("materiel", 40), ("participation", 18), ("evaluation", 8)),
)
NATURES = ("intervention",) * 15 + ("structuring",) * 4 + ("research",)


@dataclass
class InstalmentPlan:
    amount: Decimal
    due_on: date
    state: str
    paid_on: date | None = None
    reason: str = ""


@dataclass
class ProjectPlan:
    """A project and its parts; codes instead of ids, days instead of moments."""

    number: str
    year: int  # fiscal year of its branch
    title: str
    summary: str
    organisation: int  # place in the alliance's list
    nature: str
    state: str
    since: date
    starts_on: date
    ends_on: date
    amount: Decimal
    awarded_on: date | None = None
    cancelled_on: date | None = None
    reason: str = ""
    territories: list[tuple[str, Decimal]] = field(default_factory=list)
    priorities: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    budget: list[tuple[str, Decimal]] = field(default_factory=list)
    contributions: list[tuple[str, str, str, str, Decimal, date]] = field(default_factory=list)
    results: list[tuple[str, int]] = field(default_factory=list)
    award: str = ""  # state of the award, or none
    instalments: list[InstalmentPlan] = field(default_factory=list)
    history: bool = False  # with its lines in the journal

    @property
    def committed(self) -> bool:
        return self.award == "approved"


@dataclass(frozen=True)
class Ground:
    """Where an alliance works: its code and slug, its territories on a day, its organisations’ names."""

    code: str
    slug: str
    links: list[tuple[str, str, str, date, date | None]]  # code, name, kind, from, to
    organisations: list[str]

    def territories(self, day: date) -> list[tuple[str, str, str]]:
        return [
            (code, name, kind)
            for code, name, kind, first, last in self.links
            if first <= day and (last is None or last >= day)
        ]


_CODES, _SHARES = list(WEIGHTS), list(WEIGHTS.values())
_KINDS, _KIND_SHARES = list(PARTNER_WEIGHTS), [weight for weight, _ in PARTNER_WEIGHTS.values()]


class Writer:
    """Draws titles, places and parts for one alliance; no title comes twice."""

    def __init__(self, ground: Ground):
        self.ground = ground
        self.titles: dict[str, int] = {}

    def text(self, rng: Random, plan: ProjectPlan, day: date) -> Place:
        """Theme, title, summary, places, priorities, groups and results. Returns the project’s main place."""
        where = self.ground.territories(day)
        code, name, kind = rng.choice(where) if where else (None, "", "")
        town = rng.choice(towns_of(code))
        whole = wide(name, kind) if code else town
        spot = whole if rng.random() < 0.22 else town
        theme = rng.choices(_CODES, _SHARES)[0]
        words, what, groups, result, (least, most) = rng.choice(THEMES[theme])
        plan.title = self._once(rng, words.format(de=spot.de, at=spot.at))
        plan.summary = f"{what}, {spot.at}. {rng.choice(SECOND_SENTENCES)}"
        if code and len(where) > 1 and rng.random() < 0.12:
            second = rng.choice([other for other in where if other[0] != code])
            share = Decimal(rng.choice((50, 60, 70, 75)))
            plan.territories = [(code, share), (second[0], 100 - share)]
        elif code:
            plan.territories = [(code, Decimal(100))]
        plan.priorities = [theme]
        if rng.random() < 0.3:
            plan.priorities.append(rng.choice([other for other in _CODES if other != theme]))
        plan.targets = list(groups)
        plan.results = [(result, rng.randint(least, most) // 5 * 5 or 5)]
        if rng.random() < 0.4:
            plan.results.append(("Partenaires engagés dans le projet", rng.randint(3, 14)))
        return whole if code else place(town.name)

    def _once(self, rng: Random, title: str) -> str:
        nation = NATION_WORDS.get(self.ground.slug)
        if nation and rng.random() < 0.18:
            title = f"{rng.choice(nation)} – {title}"
        if title in self.titles:
            title = f"{title}, {rng.choice(PHASES)}"
        seen = self.titles[title] = self.titles.get(title, 0) + 1
        return title if seen == 1 else f"{title} ({seen})"

    def partners(
        self, rng: Random, plan: ProjectPlan, whole: Place, secured: Decimal, promised: Decimal, last: date
    ) -> None:
        """`secured` of partners confirmed or received by `last`, and `promised` beside it; 0 for none."""
        town = place(plan.title.rsplit(" ", 1)[-1]) if not self.ground.links else whole
        territory = whole.name
        if secured:
            count = min(rng.choice((1, 2, 2, 3, 3, 4)), int(secured * 100))
            kinds = rng.choices(_KINDS, _KIND_SHARES, k=count)
            parts = split(
                secured, [rng.randint(1, 6) for _ in kinds], Decimal(50) if secured % 50 == 0 else Decimal("0.01")
            )
            for kind, part in zip(kinds, parts, strict=True):
                if part:
                    first = plan.awarded_on or plan.since
                    on = min(first + timedelta(days=rng.randint(0, 90)), last)
                    state = "confirmed" if on.year >= last.year and rng.random() < 0.4 else "received"
                    plan.contributions.append(self._gift(rng, plan, kind, town, territory, state, part, on))
        if promised:
            kind = rng.choices(_KINDS, _KIND_SHARES)[0]
            on = plan.awarded_on or plan.since
            plan.contributions.append(self._gift(rng, plan, kind, town, territory, "promised", promised, on))

    def _gift(self, rng, plan, kind, town, territory, state, amount, on):
        organisation = self.ground.organisations[plan.organisation]
        name = partner_name(kind, town=town, territory=territory, organisation=organisation, pick=rng.randint(0, 11))
        return (name, kind, PARTNER_WEIGHTS[kind][1], state, amount, on)

    def budget(self, rng: Random, plan: ProjectPlan) -> None:
        """Lines that add up to the cost: the fund’s part and the partners’."""
        cost = plan.amount + sum(amount for *_, amount, _ in plan.contributions)
        pattern = rng.choice(BUDGETS)
        parts = split(cost, [weight * rng.randint(80, 120) for _, weight in pattern])
        plan.budget = [(code, part) for (code, _), part in zip(pattern, parts, strict=True) if part]


def shares_of_payment(rng: Random, amount: Decimal) -> list[Decimal]:
    """Two or three instalments: the first is the largest."""
    weights = rng.choice(((60, 40), (50, 50), (50, 30, 20), (40, 40, 20), (70, 30)))
    return [part for part in split(amount, weights) if part]


def working_day(day: date) -> date:
    """That day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
