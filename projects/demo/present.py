"""The projects of the agreements 2024-2029: some in every state, so that each screen has something to do."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from projects.demo.figures import FIFTY, spread
from projects.demo.plans import NATURES, Ground, InstalmentPlan, ProjectPlan, Writer, shares_of_payment, working_day
from regions.money.fiscal import first_day, last_day
from regions.money.split import split

CYCLE = (2024, 2025, 2026, 2027, 2028)
# Parts of a year’s branch that are committed: the current year keeps half of its money.
PACE = (Decimal("0.86"), Decimal("0.90"), Decimal("0.92"), Decimal("0.90"))
NOW = Decimal("0.48")
# What the current year shows, one project each: (its state, its award’s, its instalments’)
SHOWN = (
    ("draft", "", ""),
    ("draft", "requested", ""),
    ("draft", "requested", ""),
    ("draft", "", ""),
    ("approved", "approved", ""),
    ("to_sign", "approved", "planned planned"),
    ("in_progress", "approved", "due planned"),
    ("in_progress", "approved", "requested planned"),
    ("in_progress", "approved", "approved planned"),
    ("in_progress", "approved", "paid planned"),
    ("in_progress", "approved", "paid blocked"),
    ("suspended", "approved", "paid planned"),
    ("cancelled", "approved", "cancelled"),
    ("completed", "approved", "paid paid"),
)
REASONS = {
    "suspended": "La personne responsable du projet a quitté l’organisme; une relève est attendue.",
    "cancelled": "L’organisme a renoncé au projet faute de local.",
    "blocked": "Rapport d’étape attendu",
}


def projects(
    ground: Ground, holds: dict[int, Decimal], many: int, today: date, end: date, writer: Writer
) -> Iterator[ProjectPlan]:
    """About `many` projects over the years that are open (`holds`: what each « projects » branch holds)."""
    years = sorted(holds)
    current = years[-1]
    for place, year in enumerate(years):
        rng = Random(f"present {ground.code} {year}")
        shown = SHOWN if year == current else ()
        count = max(len(shown), many // len(years), 4)
        total = holds[year] * (NOW if year == current else PACE[place % len(PACE)])
        total = (total / FIFTY).to_integral_value() * FIFTY
        amounts = split(total, spread(rng, count, total), FIFTY)
        for i, amount in enumerate(amounts):
            state, award, instalments = shown[i] if i < len(shown) else ("", "approved", "")
            plan = _begin(ground, rng, year, i + 1, amount, state, award, today, end)
            whole = writer.text(rng, plan, plan.since)
            gift = (amount * Decimal(round(rng.uniform(0.6, 2.0), 2))).quantize(Decimal("0.01"))
            secured, promised = (gift, Decimal(0)) if plan.committed and rng.random() < 0.8 else (Decimal(0), gift)
            writer.partners(rng, plan, whole, secured, promised, today)
            writer.budget(rng, plan)
            _instalments(rng, plan, instalments, today)
            yield plan


def _begin(ground, rng, year, place, amount, state, award, today, end) -> ProjectPlan:
    opened = first_day(year)
    last = min(last_day(year), today)
    span = max((last - opened).days, 1)
    # What is still to decide came in lately; what is awarded was so during the year.
    late = state == "draft"
    day = max(opened, last - timedelta(days=rng.randint(1, 20))) if late else opened + timedelta(
        days=int(span * rng.uniform(0.1, 0.55 if state else 0.9))
    )  # fmt: skip
    day = max(opened, working_day(day))
    starts = day + timedelta(days=rng.randint(10, 50))
    ends = min(starts + timedelta(days=rng.randint(200, 560)), end)
    if state == "completed":
        starts, ends = day, max(day, min(day + timedelta(days=120), today))
    if not state:
        state = "in_progress" if ends > today else ("closed" if rng.random() < 0.7 else "completed")
        if state == "in_progress" and starts > today:
            state = "to_sign"
    plan = ProjectPlan(
        number=f"APS-{ground.code}-{year}-{place:04d}",
        year=year, title="", summary="", organisation=rng.randrange(len(ground.organisations)) if place > 2 else 0,
        nature=rng.choice(NATURES), state=state, since=day, starts_on=starts, ends_on=ends, amount=amount, award=award,
        reason=REASONS.get(state, ""), history=True,
    )  # fmt: skip
    if award == "approved":
        plan.awarded_on = day
    if state == "cancelled":
        plan.cancelled_on = plan.since = min(working_day(day + timedelta(days=30)), today)
    elif state in ("closed", "completed"):
        plan.since = min(ends, today)
    elif state == "suspended":
        plan.since = min(day + timedelta(days=90), today)
    elif state in ("in_progress", "to_sign"):
        plan.since = min(day + timedelta(days=12), today)
    return plan


def _instalments(rng: Random, plan: ProjectPlan, states: str, today: date) -> None:
    if not plan.committed or (plan.state == "approved" and not states):
        return
    if states:
        wanted = states.split()
        parts = split(plan.amount, [60, 40][: len(wanted)])
    else:
        parts = shares_of_payment(rng, plan.amount)
        wanted = ["paid"] * len(parts)
        if plan.state in ("in_progress", "to_sign"):
            wanted = ["paid" if plan.state == "in_progress" else "planned"] + ["planned"] * (len(parts) - 1)
    step = max((plan.ends_on - plan.starts_on).days // len(parts), 20)
    for place, (part, state) in enumerate(zip(parts, wanted, strict=True)):
        due = working_day(plan.awarded_on + timedelta(days=15 + step * place))
        if state in ("paid", "due", "requested", "approved"):
            due = max(min(due, today - timedelta(days=3 - place)), plan.awarded_on)
        elif state == "planned" and due <= today:
            # What a past date had made due and nobody has asked for yet: one in eight; the others were paid.
            late = plan.state == "in_progress" and not states
            state = ("due" if rng.random() < 0.12 else "paid") if late else state
            due = due if late else working_day(today + timedelta(days=25 + 30 * place))
        paid = max(due, plan.awarded_on) if state == "paid" else None
        reason = REASONS.get(state, plan.reason if state == "cancelled" else "")
        plan.instalments.append(InstalmentPlan(part, due, state, min(paid, today) if paid else None, reason))
