"""The timeline of a project as a drawing: whole numbers only, so that no locale spells a coordinate."""

from dataclasses import dataclass
from datetime import date

from alliances.look.formats import MONTHS, ordinal_day

WIDTH, LEFT, RIGHT = 940, 110, 930
SHORT = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")
LEAST = 44  # units between two labels of months


@dataclass(frozen=True)
class Mark:
    """A point in time. kind: done, late, blocked, coming, cancelled."""

    x: int
    kind: str
    day: date
    label: str
    text: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Tick:
    x: int
    label: str
    year: str


@dataclass(frozen=True)
class Timeline:
    ticks: list[Tick]
    start: int
    end: int
    now: int | None
    past: int
    marks: list[Mark]
    name: str
    today: date
    steps: list["Step"]

    @property
    def width(self) -> int:
        return self.end - self.start

    @property
    def now_anchor(self) -> str:
        return "end" if self.now > RIGHT - 130 else "start"

    @property
    def now_text(self) -> int:
        return self.now + (-6 if self.now_anchor == "end" else 6)

    @property
    def now_label(self) -> str:
        return f"{ordinal_day(self.today)} {MONTHS[self.today.month - 1]}"


@dataclass(frozen=True)
class Step:
    """A line of the list that replaces the drawing on a phone."""

    day: date
    kind: str = ""
    label: str = ""
    text: str = ""
    now: bool = False


def _month(day: date, more: int = 0) -> date:
    index = day.year * 12 + day.month - 1 + more
    return date(index // 12, index % 12 + 1, 1)


def draw(starts_on: date, ends_on: date, events: list[tuple[date, str, str, str]], today: date) -> Timeline:
    """`events` are (day, kind, label, amount in short); the drawing covers them and the activities, in whole months."""
    days = [starts_on, ends_on, *(day for day, *_ in events)]
    first, last = _month(min(days)), _month(max(days), 1)
    span = (last - first).days

    def at(day: date) -> int:
        return LEFT + (RIGHT - LEFT) * (day - first).days // span

    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(n for n in (1, 2, 3, 6, 12, 24, 60) if (RIGHT - LEFT) * n // max(months, 1) >= LEAST or n == 60)
    ticks, year = [], None
    for index in range(0, months, step):
        day = _month(first, index)
        ticks.append(Tick(at(day), SHORT[day.month - 1], str(day.year) if day.year != year else ""))
        year = day.year
    start, end = at(starts_on), at(ends_on)
    now = at(today) if first <= today <= last else None
    name = (
        f"Ligne du temps du projet, de {MONTHS[starts_on.month - 1]} {starts_on.year} à "
        f"{MONTHS[ends_on.month - 1]} {ends_on.year}; les dates sont dans le tableau qui suit."
    )
    past = 0 if today <= starts_on else (end if today >= ends_on else at(today)) - start
    steps = _steps(starts_on, ends_on, events, today)
    return Timeline(ticks, start, end, now, past, _marks(events, at), name, today, steps)


def _steps(starts_on: date, ends_on: date, events, today: date) -> list[Step]:
    steps = [Step(day, kind, label, amount) for day, kind, label, amount in events]
    for day, label in ((starts_on, "Début des activités"), (ends_on, "Fin des activités")):
        steps.append(Step(day, "done" if day <= today else "coming", label))
    return sorted([*steps, Step(today, now=True)], key=lambda step: (step.day, not step.now, step.label))


def _marks(events, at) -> list[Mark]:
    """Marks with their label, unless it would run into the one before: the table that follows has them all."""
    marks, free = [], 0
    for day, kind, label, amount in sorted(events):
        x = at(day)
        anchor = "end" if x > RIGHT - 30 else "middle"
        half = len(amount) * 4
        left = x - 2 * half if anchor == "end" else x - half
        text = amount if left > free else ""
        if text:
            free = left + 2 * half + 6
        marks.append(Mark(x, kind, day, label, text, anchor))
    return marks
