"""The projects of the agreements 2017-2023: those of the ministry’s figures, and a few cancelled ones beside them."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from projects.demo.figures import YearPlan
from projects.demo.plans import NATURES, Ground, InstalmentPlan, ProjectPlan, Writer, shares_of_payment, working_day
from regions.money.fiscal import first_day

LAST = date(2022, 3, 31)  # the day of the figures
END = date(2023, 3, 31)  # of the agreements

# The ministry's own examples, in our words: code of the alliance → year, title, summary, territories, priority,
# groups, result, amount
EXAMPLES = {
    "04": (
        2021, "École citoyenne",
        "Des activités parents-enfants dans les écoles de la Mauricie. Les familles se connaissent, s’entraident et "
        "accompagnent la réussite de leurs enfants.",
        [("371", Decimal(60)), ("360", Decimal(40))], "decrochage", ["familles", "immigrantes", "premieres-nations"],
        ("Familles participantes", 120), Decimal(78000),
    ),
    "05": (
        2020, "Solidarité transport",
        "Un projet pilote : le tarif solidaire, 40 % moins cher, offert à 400 personnes depuis le 1er avril 2020.",
        [("430", Decimal(100))], "transport", ["faible-revenu", "aide-sociale"],
        ("Personnes au tarif solidaire", 400), None,
    ),
    "01": (
        2019, "Carnet de santé",
        "Un carnet pour décrire son état, connaître ses droits et s’orienter dans les soins. Le personnel qui "
        "accompagne reçoit aussi des outils.",
        [("100", Decimal(40)), ("080", Decimal(30)), ("130", Decimal(30))], "accessibilite",
        ["seules", "aines", "faible-revenu"],
        ("Carnets remis", 2500), None,
    ),
}  # fmt: skip


def projects(ground: Ground, years: list[YearPlan], writer: Writer) -> Iterator[ProjectPlan]:
    """All of an alliance, year by year."""
    for plan in years:
        example = EXAMPLES.get(ground.code)
        example = example if example and example[0] == plan.year else None
        if example:
            _make_room(plan, example[-1])
        rng = Random(f"projects {ground.code} {plan.year}")
        for place, (amount, gift) in enumerate(zip(plan.amounts, plan.partners, strict=True), start=1):
            yield _awarded(ground, rng, writer, plan.year, place, amount, gift, example if place == 1 else None)
        for place in range(max(1, len(plan.amounts) // 90)):
            yield _cancelled(ground, rng, writer, plan.year, len(plan.amounts) + 1 + place)


def _make_room(plan: YearPlan, wanted: Decimal | None) -> None:
    """Give the example its amount, and what it had to a neighbour: the year’s total does not move."""
    if wanted is None:
        return
    other = max(range(1, len(plan.amounts)), key=lambda i: plan.amounts[i])
    difference = wanted - plan.amounts[0]
    if plan.amounts[other] > difference and len(plan.amounts) < 1_000:
        plan.amounts[0], plan.amounts[other] = wanted, plan.amounts[other] - difference


def _awarded(ground, rng, writer, year, place, amount, gift, example) -> ProjectPlan:
    first = first_day(year) + timedelta(days=150 if year == 2017 else 25)
    span = (first_day(year + 1) - first).days - 1
    day = working_day(first + timedelta(days=rng.randint(2, span)))
    starts = day + timedelta(days=rng.randint(5, 45))
    if example and example[1] == "Solidarité transport":
        day = starts = date(2020, 4, 1)
    ends = min(starts + timedelta(days=rng.randint(170, 520)), END - timedelta(days=rng.randint(0, 60)))
    plan = ProjectPlan(
        number=f"APS-{ground.code}-{year}-{place:04d}",
        year=year, title="", summary="", organisation=rng.randrange(len(ground.organisations)),
        nature=rng.choice(NATURES), state="closed", since=day, starts_on=starts, ends_on=ends, amount=amount,
        awarded_on=day, award="approved",
    )  # fmt: skip
    whole = writer.text(rng, plan, day)
    if example:
        _, plan.title, plan.summary, plan.territories, priority, plan.targets, result, _ = example
        plan.priorities, plan.results, plan.organisation = [priority], [result], 0
    promised = (amount / 10).quantize(Decimal("0.01")) if rng.random() < 0.12 else Decimal(0)
    writer.partners(rng, plan, whole, gift, promised, LAST)
    writer.budget(rng, plan)
    _pay(rng, plan, year)
    return plan


def _pay(rng: Random, plan: ProjectPlan, year: int) -> None:
    """All is paid and the file closed, but for some of the last year, whose final report is awaited."""
    parts = shares_of_payment(rng, plan.amount)
    reported = working_day(min(plan.ends_on + timedelta(days=rng.randint(30, 75)), END))
    steps = [plan.awarded_on + timedelta(days=rng.randint(8, 30))]
    middle = plan.starts_on + (plan.ends_on - plan.starts_on) / 2
    steps += [middle, reported][2 - (len(parts) - 1) :]
    waiting = year == 2021 and rng.random() < 0.2
    for rank, (part, day) in enumerate(zip(parts, steps, strict=False), start=1):
        on = working_day(min(max(day, plan.awarded_on + timedelta(days=3)), END))
        if waiting and rank == len(parts) > 1 and rng.random() < 0.4:
            plan.instalments.append(InstalmentPlan(part, on, "blocked", reason="Rapport final attendu"))
        else:
            plan.instalments.append(InstalmentPlan(part, on, "paid", on))
    plan.state = "completed" if waiting else "closed"
    plan.since = plan.ends_on if waiting else max(reported, plan.instalments[-1].due_on)


def _cancelled(ground, rng, writer, year, place) -> ProjectPlan:
    """Awarded, then given up within the same fiscal year: its money went back to the branch."""
    day = working_day(first_day(year) + timedelta(days=200 + rng.randint(0, 60)))
    given_up = working_day(day + timedelta(days=rng.randint(20, 70)))
    plan = ProjectPlan(
        number=f"APS-{ground.code}-{year}-{place:04d}",
        year=year, title="", summary="", organisation=rng.randrange(len(ground.organisations)),
        nature="intervention", state="cancelled", since=given_up, starts_on=day + timedelta(days=14),
        ends_on=day + timedelta(days=300), amount=Decimal(rng.randint(30, 80) * 100), awarded_on=day,
        cancelled_on=given_up, award="approved", reason="L’organisme n’a pas trouvé de local.",
    )  # fmt: skip
    whole = writer.text(rng, plan, day)
    writer.partners(rng, plan, whole, Decimal(rng.randint(10, 60) * 100), Decimal(0), given_up)
    writer.budget(rng, plan)
    plan.instalments = [InstalmentPlan(plan.amount, plan.starts_on, "cancelled", reason=plan.reason)]
    return plan
