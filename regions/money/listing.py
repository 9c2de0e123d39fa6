"""One page of the ledger: entries, the latest first, with the running total of what is filtered. By keyset."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest

from regions.money.asof import money_between
from regions.money.enums import AccountState
from regions.money.forms import LedgerFilter
from regions.money.models import Account, Entry
from regions.money.reading import ENGAGED, ZERO, chosen, entries_of, last_of, sums
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
    """Context of the page: three queries at most, of the entries shown and of the sums that no other page has given."""
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
    by_account = _totals(here, accounts, kept, window, entries, project)
    later = sum(sums(entries.filter(id__gte=before)).values(), ZERO) if before and state else ZERO
    running = sum(by_account.values(), ZERO) - later
    if project or window.causes:
        shown = entries.filter(id__lt=before) if before else entries
        found = list(shown.select_related("posting").order_by("-id")[: SIZE + 1])
    else:
        found = list(last_of(here, kept, before, SIZE + 1, (window.first, window.last)))
    named = {account.pk: account for account in kept}
    rows = []
    for entry in found[:SIZE]:
        rows.append(Row(entry, named[entry.account_id], running))
        running -= entry.amount
    return {
        "rows": rows,
        "total": sum(by_account.values(), ZERO),
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


def _totals(
    alliance_id: int,
    accounts: list[Account],
    kept: list[Account],
    window: Window,
    entries: QuerySet,
    project: int | None,
) -> dict[int, Decimal]:
    """{account: the sum of what is filtered}: balances, sums by day, or the entries themselves where they are few."""
    if not window.narrows and not project:
        return {account.pk: account.balance for account in kept}
    if window.causes or project or not _whole(accounts, kept):
        return sums(entries)
    # One account stands for those of its agreement, year, kind and state: only sums by state are shown.
    standing = {_cell(account): account.pk for account in kept}
    found: dict[int, Decimal] = {}
    agreements = {account.envelope.agreement_id for account in kept}
    here = {"alliance_id": alliance_id, "agreement_id__in": agreements}
    for *cell, amount in money_between(
        window.first, window.last, "agreement_id", "fiscal_year", "kind", "state", **here
    ):
        if account := standing.get(tuple(cell)):
            found[account] = found.get(account, ZERO) + amount
    return found


def _cell(account: Account) -> tuple:
    branch = account.envelope
    return branch.agreement_id, branch.fiscal_year, branch.kind, account.state


def _whole(accounts: list[Account], kept: list[Account]) -> bool:
    """Whether no account left out has the agreement, year, kind and state of one that is kept."""
    return not {_cell(account) for account in kept} & {_cell(one) for one in accounts if one not in kept}


def _label(rows: list[Row]) -> str:
    """The number and title of the project, as its postings carry them; empty where it has none here."""
    labels = [row.entry.posting.label.partition(",")[0] for row in rows]
    return next(filter(None, labels), "sans libellé") if labels else ""


def _figures(by_account: dict, named: dict[int, Account]) -> list[tuple[str, str, Decimal]]:
    held = dict.fromkeys(AccountState.values, ZERO)
    for account, total in by_account.items():
        held[named[account].state] += total
    held[ENGAGED] = held["committed"] + held["paid"]
    return [(code, label, held[code]) for code, label in _FIGURES]
