"""The two lists at the end of a report, as text ready to print."""

from collections.abc import Iterable
from itertools import groupby

from alliances.look import formats
from reporting.accountability.content import ZERO, AccountabilityContent, ProjectRow

PRINTED_ROWS = 500  # beyond, the annex prints the largest projects and the attached CSV is the annex
LARGEST = 200
PRINTED_TEXT = 300  # characters of a title or a name; the attached CSV has the rest
PRINTED_NAME = 90  # characters of a priority, a territory, a kind of partner


def short(text: str, most: int = PRINTED_NAME) -> str:
    """A text of people at a length that a page bears."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def project_rows(content: AccountabilityContent) -> dict:
    """Groups of rows by territory with their sub-totals, and the total; only the largest when there are too many."""
    rows = content.projects
    few = len(rows) <= PRINTED_ROWS
    largest = rows if few else sorted(rows, key=lambda row: (-row.committed, row.number))[:LARGEST]
    printed = {row.number for row in largest}
    groups = []
    for territory, group in groupby(rows, key=lambda row: row.territory):
        every = list(group)
        groups.append(
            {
                "label": short(territory) or "Territoire à préciser",
                "rows": [_project(row) for row in every if row.number in printed],
                "count": formats.counted(len(every), "projet", "projets"),
                **_sums(every),
            }
        )
    return {
        "groups": groups,
        "total": _sums(rows),
        "count": formats.counted(len(rows), "projet", "projets"),
        "largest": "" if few else formats.count(LARGEST),
        "cut": any(len(text) > PRINTED_TEXT for row in rows for text in (row.title, row.organisation)),
    }


def _project(row: ProjectRow) -> dict:
    return {
        "number": short(row.number),
        "title": short(row.title, PRINTED_TEXT),
        "organisation": short(row.organisation, PRINTED_TEXT),
        "priority": short(row.priority),
        "state": row.state_label,
        **_sums([row]),
    }


def _sums(rows: Iterable[ProjectRow]) -> dict:
    rows = list(rows)
    names = ("committed", "paid", "partners", "total_cost")
    return {name: formats.amount(sum((getattr(row, name) for row in rows), ZERO)) for name in names}


def partner_rows(content: AccountabilityContent) -> dict:
    """Rows of the list of partners and its totals; only the largest when there are too many."""
    few = len(content.partners) <= PRINTED_ROWS
    printed = content.partners if few else content.partners[:LARGEST]
    return {
        "rows": [
            {
                "name": short(row.name, PRINTED_TEXT),
                "kind": short(row.kind),
                "cash": formats.amount(row.cash),
                "in_kind": formats.amount(row.in_kind),
                "total": formats.amount(row.total),
                "projects": formats.count(row.projects),
            }
            for row in printed
        ],
        "count": formats.counted(len(content.partners), "partenaire", "partenaires"),
        "largest": "" if few else formats.count(LARGEST),
        "cash": formats.amount(sum((row.cash for row in content.partners), ZERO)),
        "in_kind": formats.amount(sum((row.in_kind for row in content.partners), ZERO)),
        "total": formats.amount(content.key_figures.partners),
    }
