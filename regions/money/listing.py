"""One page of the ledger: entries, the latest first, with the running total of what is filtered. By keyset."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest

from regions.money.enums import AccountState
from regions.money.forms import LedgerFilter
from regions.money.models import Account, Entry
from regions.money.reading import ENGAGED, ZERO, chosen, entries_of, sums
from regions.money.window import Window

SIZE = 50
_FIGURES = (
    ("appropriated", "Disponible"),
    ("reserved", "Réservé"),
    (ENGAGED, "Engagé"),
    ("paid", "Versé"),
)


@dataclass(frozen=True)
class Row:
    entry: Entry
    account: Account
    running: Decimal


def number(text: str) -> int | None:
    """A key typed in an address; anything else is no filter."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def ledger_page(request: HttpRequest, accounts: list[Account], form: LedgerFilter) -> dict:
    """Context of the page. Two queries: the sums by account and the entries."""
    given = form.cleaned_data if form.is_valid() else {}
    state, project = given.get("etat", ""), number(request.GET.get("projet", ""))
    kept = chosen(
        accounts,
        year=number(given.get("exercice", "")),
        branch=number(given.get("branche", "")),
        state=state,
    )
    window = Window.read(request.GET)
    kept = window.accounts(kept)
    before = number(request.GET.get("avant", ""))
    here = request.access.alliance.pk
    entries = window.entries(entries_of(here, kept, project))
    by_account = sums(entries, before)
    running = sum((rest for _, rest in by_account.values()), ZERO)
    if before:
        entries = entries.filter(id__lt=before)
    found = list(entries.select_related("posting").order_by("-id")[: SIZE + 1])
    named = {account.pk: account for account in kept}
    rows = []
    for entry in found[:SIZE]:
        rows.append(Row(entry, named[entry.account_id], running))
        running -= entry.amount
    return {
        "rows": rows,
        "total": sum((total for total, _ in by_account.values()), ZERO),
        "figures": _figures(by_account, named) if not state else [],
        "next": found[SIZE - 1].pk if len(found) > SIZE else "",
        "first": not before,
        # Over all states the entries of a posting add up to zero: a running total says something of one state only.
        "cumulative": bool(state),
        "project": project,
        "project_label": _label(rows) if project else "",
        "window": window.words,
        "filtered": bool(project or window.words or any(given.values())),
    }


def _label(rows: list[Row]) -> str:
    """The number and title of the project, as its postings carry them; empty where it has none here."""
    labels = [row.entry.posting.label.partition(",")[0] for row in rows]
    return next(filter(None, labels), "sans libellé") if labels else ""


def _figures(by_account: dict, named: dict[int, Account]) -> list[tuple[str, str, Decimal]]:
    held = dict.fromkeys(AccountState.values, ZERO)
    for account, (total, _) in by_account.items():
        held[named[account].state] += total
    held[ENGAGED] = held["committed"] + held["paid"]
    return [(code, label, held[code]) for code, label in _FIGURES]
