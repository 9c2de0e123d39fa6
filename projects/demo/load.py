"""Loads the demonstration data set; its law is in the package’s docstring."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count, islice
from multiprocessing import get_context
from random import Random

import django
from django.db import connection, transaction

from alliances.models import Alliance, MinistryMembership, Organisation
from alliances.tenancy.access import PORTAL
from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import alliance_scope, ministry_scope, upkeep_scope
from projects.demo import past, present
from projects.demo.figures import TARGETS, plan, totals
from projects.demo.notices import write_notices
from projects.demo.people import (
    LAST_PLACE,
    MINISTRY,
    PROMOTERS,
    ROLES,
    Cast,
    create_people,
    give_ministry,
    give_places,
    give_promoters,
)
from projects.demo.places import towns_of
from projects.demo.plans import Ground, ProjectPlan, Writer
from projects.demo.rows import put
from projects.demo.words import organisation_names
from projects.demo.write import Codes, Desk, PostingPlan, moment
from regions.agreements.reference import amounts_by_alliance
from regions.agreements.services import activate, sign
from regions.models import Agreement, Cycle, Envelope, TerritoryLink
from regions.money.fiscal import first_day, fiscal_year_of
from regions.money.split import DOLLAR, split
from regions.territory.reference import rows as facts

CHUNK = 1_000
MORE = Decimal(70_000)  # what each of the sixteen lines gets more in 2024-2029


def is_loaded() -> bool:
    """By what a load writes last: the ministry’s places."""
    with as_owner(), upkeep_scope():
        return MinistryMembership.objects.filter(email=LAST_PLACE).exists()


@dataclass(frozen=True)
class Task:
    """What one process needs to load one alliance."""

    alliance: Alliance
    cast: Cast
    organisations: list[tuple[int, str]]
    links: list[tuple]
    before: Agreement
    now: Agreement
    total: tuple[Decimal, Decimal]
    today: date
    scale: int


def load(*, today: date, scale: int = 1, only: Iterable[str] = (), say: Callable[[str], None] = print) -> None:
    """Load everything (`only`: the projects of these alliances, by code). At scale 1 all or nothing.

    At another scale each chunk is a transaction, and alliances are loaded by two processes at a time.
    """
    chosen = set(only) or set(TARGETS)
    with as_owner():
        with transaction.atomic():
            ids, tasks = _ground(today, scale)
            tasks = [task for task in tasks if task.alliance.code in chosen]
            if scale == 1:
                for place, task in enumerate(tasks, start=1):
                    say(f"{task.alliance.name} ({place}/{len(tasks)})")
                    _load_alliance(task)
                    if place in (1, 2, 6):
                        _measure("ANALYZE")
                _end(ids, today)
        if scale > 1:
            _load_beside(tasks, say)
            with transaction.atomic():
                _end(ids, today)
        # The figures of the planner, and pages known to be whole: lists are read from their indexes alone.
        _measure("VACUUM (ANALYZE)")


def _ground(today: date, scale: int) -> tuple[dict[str, int], list[Task]]:
    """People, organisations and agreements; what is left is one task by alliance."""
    alliances = list(Alliance.objects.order_by("code"))
    ids, casts = create_people(alliances, moment(date(2017, 4, 1)))
    organisations = _organisations(alliances)
    give_places(alliances, casts, today, date(fiscal_year_of(today) + 1, 12, 31))
    give_promoters(ids, {slug: rows[0] for slug, rows in organisations.items()})
    with ministry_scope():
        _sign_present(fiscal_year_of(today))
        earlier = {a.alliance_id: a for a in Agreement.objects.filter(cycle__code="2017-2023")}
        later = {a.alliance_id: a for a in Agreement.objects.filter(cycle__code="2024-2029")}
    links, sums = _links(), totals({a.code: earlier[a.pk].amount for a in alliances})
    return ids, [
        Task(
            a, casts[a.slug], [(row.pk, row.name) for row in organisations[a.slug]], links.get(a.pk, []),
            earlier[a.pk], later[a.pk], sums[a.code], today, scale,
        )
        for a in alliances
    ]  # fmt: skip


def _load_alliance(task: Task) -> None:
    alliance, today, codes = task.alliance, task.today, Codes()
    keys = [pk for pk, _ in task.organisations]
    ground = Ground(alliance.code, alliance.slug, task.links, [name for _, name in task.organisations])
    writer = Writer(ground)
    with alliance_scope(alliance.pk):
        before, now = Desk(task.before, task.cast, codes, keys), Desk(task.now, task.cast, codes, keys)
    years = plan(alliance.code, task.total, _holds(alliance, task.before), task.scale)
    open_years, many = _holds(alliance, task.now), max(14, TARGETS[alliance.code][0] // 4)
    _write(alliance, before, past.projects(ground, years, writer), measure=task.scale > 1)
    _write(alliance, now, present.projects(ground, open_years, many, today, task.now.ends_on, writer))
    # After the projects: triggers are planned for the first statement they meet, which should be a large one.
    with alliance_scope(alliance.pk):
        _administration(alliance, before, range(2017, 2022), today)
        _administration(alliance, now, range(2024, fiscal_year_of(today) + 1), today)
    _fold(alliance)


def _load_beside(tasks: list[Task], say) -> None:
    """Largest first, two at a time: the rows of two alliances never wait for each other."""
    tasks = sorted(tasks, key=lambda task: -TARGETS[task.alliance.code][0])
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        waiting = {pool.submit(_load_one, task): task.alliance.name for task in tasks}
        for place, done in enumerate(as_completed(waiting), start=1):
            done.result()
            say(f"{waiting[done]} ({place}/{len(tasks)})")


def _load_one(task: Task) -> None:
    with as_owner():
        _load_alliance(task)


def _end(ids: dict[str, int], today: date) -> None:
    """Last, since a load is known to be whole by the ministry’s last account."""
    greeted = [*MINISTRY, *(f"{who}@mauricie.demo.test" for who in ROLES), PROMOTERS[0][0]]
    give_ministry(ids)
    write_notices([(ids[email], email) for email in greeted], today)


def _measure(what: str) -> None:
    """Tell the planner how many rows there are: planned for empty tables, each check of a key would read them whole."""
    with connection.cursor() as cursor:
        cursor.execute(f"{what} " + ", ".join(sorted(connection.introspection.table_names(cursor))))


def _write(alliance: Alliance, desk: Desk, plans: Iterator[ProjectPlan], *, measure: bool = False) -> None:
    """By chunks, each a transaction of its own unless the whole load is one."""
    for place in count():
        chunk = list(islice(plans, CHUNK))
        if not chunk:
            return
        with alliance_scope(alliance.pk):
            desk.projects(chunk)
        if measure and place in (0, 7):
            _measure("ANALYZE")


def _fold(alliance: Alliance) -> None:
    with upkeep_scope(), connection.cursor() as cursor:
        for tally in ("fold_project_tally", "fold_project_day", "fold_money_day", "fold_instalment_tally"):
            cursor.execute(f"SELECT {tally}(%s)", [alliance.pk])


def _links() -> dict[int, list[tuple]]:
    links: dict[int, list[tuple]] = {}
    rows = TerritoryLink.objects.order_by("territory__code", "valid_from").values_list(
        "alliance_id", "territory__code", "territory__name", "territory__kind", "valid_from", "valid_to"
    )
    for alliance, *link in rows:
        links.setdefault(alliance, []).append(tuple(link))
    return links


def _holds(alliance: Alliance, agreement: Agreement) -> dict[int, Decimal]:
    """{fiscal year: what its « projects » branch holds}."""
    with alliance_scope(alliance.pk):
        branches = Envelope.objects.filter(alliance=alliance, agreement=agreement, kind="projects")
        rows = branches.filter(accounts__state="appropriated").values_list("fiscal_year", "accounts__balance")
        return dict(rows)


def _organisations(alliances: list[Alliance]) -> dict[str, list[Organisation]]:
    """Fictitious organisations, about one for four projects, each in one alliance. NEQ 1199…, with a right checksum."""
    wanted, place = [], 2  # 1 is Entraide de la Rive-Neuve
    codes = {row["code"]: row["alliance_code"] for row in facts("mrc.csv")}
    for alliance in alliances:
        many = max(8, TARGETS[alliance.code][0] // 4)
        territories = [code for code, owner in codes.items() if owner == alliance.code] or ["PN"]
        towns = [town.name for code in territories for town in towns_of(code)]
        rng = Random(f"organisations {alliance.code}")
        names = organisation_names(place, many)
        if alliance.slug == "mauricie":
            names[0] = "Entraide de la Rive-Neuve"
        for i, name in enumerate(names):
            number = 1 if name == "Entraide de la Rive-Neuve" else place + i
            form = "cooperative" if name.startswith("Coopérative") else "nonprofit"
            city = "Trois-Rivières" if number == 1 else rng.choice(towns)
            wanted.append((alliance.slug, name, neq(number), form, city))
        place += many
    now = moment(date(2017, 4, 1))
    put(
        Organisation,
        "name neq legal_form city created_at",
        [(name, number, form, city, now) for _, name, number, form, city in wanted],
    )
    made = {row.neq: row for row in Organisation.objects.filter(neq__startswith="1199")}
    by_slug: dict[str, list[Organisation]] = {}
    for slug, _, number, *_ in wanted:
        by_slug.setdefault(slug, []).append(made[number])
    return by_slug


def neq(number: int) -> str:
    """The `number`th artificial NEQ: 1199…, its last digit by Luhn on the last eight."""
    body = f"99{number:05d}"
    total = 0
    for i, digit in enumerate(reversed(body)):
        doubled = int(digit) * (1 if i % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return f"11{body}{-total % 10}"


def _sign_present(current: int) -> None:
    """The agreements 2024-2029, in force, their years open up to the current one."""
    cycle = Cycle.objects.get(code="2024-2029")
    lines = {row["code"]: row["allocation_line"] for row in facts("alliances.csv")}
    holders = {row["code"]: (row["mandate_holder"], row["mandate_holder_source"]) for row in facts("alliances.csv")}
    before = amounts_by_alliance(Cycle.objects.get(code="2017-2023"))
    alliances = list(Alliance.objects.order_by("code"))
    by_line: dict[str, list[Alliance]] = {}
    for alliance in alliances:
        by_line.setdefault(lines[alliance.code], []).append(alliance)
    for line, sharing in by_line.items():
        more = MORE if line.isdigit() and line != "06" else Decimal(0)
        extra = split(more, [before[a.pk] for a in sharing], DOLLAR)
        for alliance, part in zip(sharing, extra, strict=True):
            name, source = holders[alliance.code]
            agreement = sign(
                actor=PORTAL, years=list(present.CYCLE), alliance_id=alliance.pk, cycle=cycle,
                number=f"APS-2024-{alliance.code}", starts_on=date(2024, 4, 1), ends_on=date(2029, 3, 31),
                amount=before[alliance.pk] + part, holder_name=name, holder_source=source,
            )  # fmt: skip
            activate(actor=PORTAL, agreement=agreement, until=current)


def _administration(alliance: Alliance, desk: Desk, years: Iterable[int], today: date) -> None:
    """What the holder spent on administration: half-years that have ended, between 90 % and all of the branch."""
    holds = dict(
        Envelope.objects.filter(
            alliance=alliance, agreement=desk.agreement, kind="administration", accounts__state="appropriated"
        ).values_list("fiscal_year", "accounts__balance")
    )
    postings = []
    for year in years:
        rng = Random(f"administration {alliance.code} {year}")
        for half, amount in enumerate(split(holds[year], [50, 50]), start=1):
            on = date(year, 9, 30) if half == 1 else date(year + 1, 3, 31)
            spent = (amount * Decimal(round(rng.uniform(0.9, 1.0), 3))).quantize(Decimal("0.01"))
            if on <= today and on >= first_day(year):
                label = f"Administration {year}-{year + 1}, semestre {half}"
                key = f"administration:{desk.agreement.number}:{year}:{half}"
                branch = desk.branches["administration", year]
                postings.append(PostingPlan("expense", key, on, branch, spent, label, "finance"))
    desk.post(postings)
