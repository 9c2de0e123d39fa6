"""The tables of a report as CSV files that travel inside it: every column, every row, every cent.

Made for the spreadsheet most people open: UTF-8 with its mark, semicolons, a decimal comma, CR LF.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from alliances.look.spreadsheets import harmless
from reporting.accountability.content import AccountabilityContent
from reporting.documents.render import Attached


def cell(value) -> str:
    """One cell: « 1234,50 » for an amount, the text itself otherwise, disarmed if it looks like a formula."""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return harmless(value) if isinstance(value, str) else str(value)


def as_csv(head: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """The bytes of one table, head first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def accountability_twins(content: AccountabilityContent) -> tuple[Attached, ...]:
    """The six tables of the annual report, in the order in which it prints them."""
    envelope = content.envelope
    shares = ("Projets", "Engagé", "Versé")
    return (
        Attached(
            "enveloppe.csv",
            "Situation de l’enveloppe pendant l’exercice",
            as_csv(
                ("Poste", "Montant"),
                (
                    ("Solde d’ouverture", envelope.opening),
                    ("Sommes reçues", envelope.appropriated),
                    ("Autres entrées", envelope.other_receipts),
                    ("Reports entre exercices", envelope.carried),
                    ("Versements aux projets", -envelope.paid_to_projects),
                    ("Administration", -envelope.administration),
                    ("Mobilisation", -envelope.mobilisation),
                    ("Solde de clôture", envelope.closing),
                    ("dont engagé, non versé", envelope.committed_unpaid),
                    ("dont non engagé", envelope.free),
                    ("Engagé pendant l’exercice (pour information)", envelope.committed_in_year),
                ),
            ),
        ),
        Attached(
            "priorites.csv",
            "Projets et sommes par priorité",
            as_csv(
                ("Priorité", *shares),
                ((row.label, row.projects, row.committed, row.paid) for row in content.by_priority),
            ),
        ),
        Attached(
            "territoires.csv",
            "Projets et sommes par territoire",
            as_csv(
                ("Territoire", *shares),
                ((row.label, row.projects, row.committed, row.paid) for row in content.by_territory),
            ),
        ),
        Attached(
            "provenance.csv",
            "Contributions des partenaires par source",
            as_csv(
                ("Source", "Espèces", "Services", "Total", "Promis"),
                ((row.label, row.cash, row.in_kind, row.total, row.promised) for row in content.sources),
            ),
        ),
        Attached(
            "projets.csv",
            "Tableau des projets",
            as_csv(
                (
                    "Numéro",
                    "Titre",
                    "Organisme",
                    "Territoire",
                    "Priorité",
                    "État",
                    "Engagé",
                    "Versé",
                    "Partenaires",
                    "Coût total",
                ),
                (
                    (
                        row.number,
                        row.title,
                        row.organisation,
                        row.territory,
                        row.priority,
                        row.state_label,
                        row.committed,
                        row.paid,
                        row.partners,
                        row.total_cost,
                    )
                    for row in content.projects
                ),
            ),
        ),
        Attached(
            "partenaires.csv",
            "Liste des partenaires",
            as_csv(
                ("Partenaire", "Type", "Espèces", "Services", "Total", "Projets"),
                ((row.name, row.kind, row.cash, row.in_kind, row.total, row.projects) for row in content.partners),
            ),
        ),
    )
