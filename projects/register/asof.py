"""Awarded projects and partners’ money as of a day, from the sums that the database keeps."""

from datetime import date

from projects.register.tallies import ProjectDay, ProjectMonth
from regions.money.asof import as_of


def projects_as_of(day: date, *keys: str, **which) -> list[tuple]:
    """Rows (keys…, number of projects, partners’ secured money), by agreement or by kind of partner. One query."""
    return as_of(ProjectMonth, ProjectDay, day, keys, ("n", "partners"), **which)
