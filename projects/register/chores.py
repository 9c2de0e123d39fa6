"""Housekeeping of the register: its tables of differences are folded."""

from alliances.jobs.folding import fold
from alliances.jobs.registry import chore


@chore("projects.fold_tally")
def fold_tally() -> int:
    """Numbers and money of projects by what the list filters on."""
    return fold(
        table="project_tally",
        sums="agreement_id, state, fiscal_year, territory_ids, priority_ids",
        function="fold_project_tally",
    )


@chore("projects.fold_days")
def fold_days() -> int:
    """Awarded projects and partners’ money by day; the sums by month with them."""
    return fold(table="project_day", sums="agreement_id, day, kind", function="fold_project_day")
