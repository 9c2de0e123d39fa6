"""Housekeeping of the ledger: its sums by day are folded."""

from alliances.jobs.folding import fold
from alliances.jobs.registry import chore


@chore("money.fold")
def fold_money() -> int:
    """Sums of entries by day; those by month with them."""
    return fold(table="money_day", sums="agreement_id, fiscal_year, kind, state, day", function="fold_money_day")
