"""The ledger as it is read: branches with their states, entries with what they add up to."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.db.models.expressions import RawSQL

from regions.money.enums import SOURCES, AccountState
from regions.money.models import Account, Entry, Envelope

ZERO = Decimal(0)
# « Engagé » on screens: committed by a decision, paid or not.
ENGAGED = "engaged"
ENGAGED_STATES = (AccountState.COMMITTED, AccountState.PAID)


@dataclass
class Branch:
    """An envelope and what it holds. Amounts are balances of its accounts, that is sums of its entries."""

    envelope: Envelope
    held: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    children: list["Branch"] = field(default_factory=list)

    def of(self, *states: str) -> Decimal:
        """The sum of some states, in this branch and those under it."""
        own = sum((self.held[state] for state in states), ZERO)
        return own + sum((child.of(*states) for child in self.children), ZERO)

    @property
    def credits(self) -> Decimal:
        """All that came in and stands here: free, reserved, committed, paid, carried forward."""
        return self.of(*(state for state in AccountState.values if state not in SOURCES))

    @property
    def free(self) -> Decimal:
        return self.of(AccountState.APPROPRIATED)

    @property
    def reserved(self) -> Decimal:
        return self.of(AccountState.RESERVED)

    @property
    def paid(self) -> Decimal:
        return self.of(AccountState.PAID)

    @property
    def engaged(self) -> Decimal:
        return self.of(*ENGAGED_STATES)

    @property
    def carried(self) -> Decimal:
        return self.of(AccountState.CARRIED)


def accounts_of(alliance_id: int) -> list[Account]:
    """Every account of an alliance with its branch and its agreement: a few dozen a year. One query."""
    accounts = Account.objects.filter(alliance_id=alliance_id).select_related("envelope__agreement")
    return list(accounts.order_by("envelope__fiscal_year", "envelope_id", "id"))


def tree(accounts: list[Account]) -> list[Branch]:
    """The years, latest first, each with its branches. Only branches that have an account are there."""
    branches: dict[int, Branch] = {}
    for account in accounts:
        branch = branches.setdefault(account.envelope_id, Branch(account.envelope))
        branch.held[account.state] += account.balance
    roots = []
    for branch in branches.values():
        parent = branches.get(branch.envelope.parent_id)
        (parent.children if parent else roots).append(branch)
    return sorted(roots, key=lambda root: (-root.envelope.fiscal_year, root.envelope.agreement_id))


def chosen(accounts: list[Account], *, year: int | None, branch: int | None, state: str) -> list[Account]:
    """The accounts that a filter keeps. The sources are left out: what they give is read where it arrives."""
    states = (
        set(ENGAGED_STATES) if state == ENGAGED else ({state} if state else set(AccountState.values) - set(SOURCES))
    )
    return [
        account
        for account in accounts
        if account.state in states
        and (year is None or account.envelope.fiscal_year == year)
        and (branch is None or branch in {account.envelope_id, account.envelope.parent_id})
    ]


def entries_of(alliance_id: int, accounts: list[Account], project: int | None) -> QuerySet:
    """Entries of these accounts, of one project where one is asked for."""
    entries = Entry.objects.filter(alliance_id=alliance_id, account_id__in=[account.pk for account in accounts])
    if project is not None:
        entries = entries.filter(posting__alliance_id=alliance_id, posting__subject_id=project)
    return entries


# The last entries of each account by its index, then the last of all: never a walk over those of others.
_LAST = """
SELECT l.id FROM unnest(%s::bigint[]) AS wanted (account)
 CROSS JOIN LATERAL (SELECT e.id FROM entry e{posting} WHERE e.alliance_id = %s AND e.account_id = wanted.account
                        AND e.id < %s ORDER BY e.id DESC LIMIT %s) l
 ORDER BY l.id DESC LIMIT %s
"""
_WITHIN = " JOIN posting p ON p.alliance_id = %s AND p.id = e.posting_id AND p.effective_on BETWEEN %s AND %s"
_NO_LATER = 2**63 - 1


def last_of(
    alliance_id: int,
    accounts: list[Account],
    before: int | None,
    most: int,
    days: tuple[date | None, date | None] = (None, None),
) -> QuerySet:
    """The `most` last entries of these accounts with their postings, the last first: before an id, of some days."""
    within = [alliance_id, days[0] or date.min, days[1] or date.max] if any(days) else []
    given = [[account.pk for account in accounts], *within, alliance_id, before or _NO_LATER, most, most]
    last = RawSQL(_LAST.format(posting=_WITHIN if within else ""), given)
    return Entry.objects.filter(alliance_id=alliance_id, pk__in=last).select_related("posting").order_by("-id")


def sums(entries: QuerySet) -> dict[int, Decimal]:
    """{account: the sum of these entries}. One query."""
    return dict(entries.order_by().values_list("account_id").annotate(Sum("amount")))
