"""The projects of a filter as rows of a table: read by batches, so that memory does not grow with their number."""

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import xlsxwriter

from alliances.look import formats
from alliances.look.spreadsheets import harmless
from projects.register.enums import Nature, ProjectState
from projects.register.filters import Filters
from projects.register.listing import matching
from projects.register.models import Project, ProjectTerritory
from regions.models import Agreement, Priority, Territory

BATCH = 1000
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HEADS = (
    "Numéro", "Titre", "Organisme", "NEQ", "Territoires et parts", "Priorité principale", "Autres priorités", "Nature",
    "État", "Entente", "Début", "Fin", "Exercice", "Accepté le", "Demandé au FQIS ($)", "Réservé ($)", "Accordé ($)",
    "Versé ($)", "Partenaires, promis ($)", "Partenaires, confirmé ou reçu ($)",
)  # fmt: skip
_WIDTHS = (20, 40, 34, 12, 40, 26, 30, 18, 16, 16, 11, 11, 11, 11, 16, 14, 16, 16, 18, 18)
Cell = str | Decimal | date | None
Progress = Callable[[int], None]


class Rows:
    """Rows of cells under HEADS, in the order of the list. Iterated in the scope of the alliance."""

    def __init__(self, alliance_id: int, territories: frozenset[int] | None, filters: Filters):
        self.alliance_id, self.filters = alliance_id, filters
        self.projects = matching(alliance_id, territories, filters).select_related("organisation")
        self.territories = dict(Territory.objects.values_list("pk", "name"))
        self.priorities = dict(Priority.objects.values_list("pk", "name"))
        self.agreements = dict(Agreement.objects.filter(alliance_id=alliance_id).values_list("pk", "number"))

    def __iter__(self) -> Iterator[list[Cell]]:
        batch = self._after(None)
        while batch:
            shares = self._shares(batch)
            for project in batch:
                yield self._row(project, shares.get(project.pk, []))
            last = batch[-1]
            batch = self._after((getattr(last, self.filters.column), last.pk)) if len(batch) == BATCH else []

    def _after(self, last: tuple | None) -> list[Project]:
        column, descending = self.filters.column, self.filters.descending
        rows = self.projects.beyond(column, *last, descending=descending) if last else self.projects
        return list(rows.in_order(column, descending=descending)[:BATCH])

    def _shares(self, batch: list[Project]) -> dict[int, list[tuple[int, Decimal]]]:
        parts = ProjectTerritory.objects.filter(
            alliance_id=self.alliance_id, project_id__in=[project.pk for project in batch]
        )
        shares: dict[int, list[tuple[int, Decimal]]] = {}
        for project_id, pk, share in parts.order_by("-share").values_list("project_id", "territory_id", "share"):
            shares.setdefault(project_id, []).append((pk, share))
        return shares

    def _row(self, project: Project, shares: list[tuple[int, Decimal]]) -> list[Cell]:
        priorities = [self.priorities[pk] for pk in project.priority_ids]
        return [
            project.number,
            project.title,
            project.organisation.name,
            project.organisation.neq,
            "; ".join(f"{self.territories[pk]} {formats.percent(share, 2)}" for pk, share in shares),
            priorities[0] if priorities else "",
            "; ".join(priorities[1:]),
            str(Nature(project.nature).label),
            str(ProjectState(project.state).label),
            self.agreements.get(project.agreement_id, ""),
            project.starts_on,
            project.ends_on,
            formats.fiscal_year(project.fiscal_year),
            project.awarded_on,
            project.fund_amount,
            project.reserved,
            project.engaged,
            project.paid,
            project.partners_promised,
            project.partners_secured,
        ]


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell or "")


def as_csv(rows: Rows, progress: Progress) -> bytes:
    """UTF-8 with its mark, semicolons, decimal commas: what a spreadsheet in French opens by a double click."""
    with tempfile.TemporaryFile() as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADS)
        for number, row in enumerate(rows, start=1):
            writer.writerow([_text(cell) for cell in row])
            if number % BATCH == 0:
                progress(number)
        text.flush()
        file.seek(0)
        body = file.read()
        text.detach()
    return body


def as_xlsx(rows: Rows, progress: Progress) -> bytes:
    """A workbook of one sheet: amounts are numbers, dates are dates, texts are never formulas."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "projets.xlsx")
        book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Projets")
        sheet.freeze_panes(1, 1)
        for index, width in enumerate(_WIDTHS):
            sheet.set_column(index, index, width)
        sheet.write_row(0, 0, HEADS, head)
        for number, row in enumerate(rows, start=1):
            for index, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(number, index, cell, money)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, index, cell, day)
                elif cell:
                    sheet.write_string(number, index, harmless(cell))
            if number % BATCH == 0:
                progress(number)
        book.close()
        with open(path, "rb") as file:
            return file.read()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


def name_of(alliance_slug: str, kind: str, today: date) -> str:
    return f"projets-{alliance_slug}-{today.isoformat()}.{kind}"
