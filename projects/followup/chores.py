"""The clock of instalments. No money moves in a task: a date that has come only makes an instalment due."""

from django.utils import timezone

from alliances.jobs.folding import fold
from alliances.jobs.registry import chore
from alliances.tenancy.models import Alliance
from alliances.tenancy.scope import alliance_scope
from projects.followup.services import fall_due as fall_due_in


@chore("instalments.fall_due")
def fall_due() -> int:
    """How many instalments became due, all alliances together. Each alliance in a scope of its own."""
    today, moved = timezone.localdate(), 0
    for alliance_id in Alliance.objects.order_by("pk").values_list("pk", flat=True):
        with alliance_scope(alliance_id):
            moved += fall_due_in(alliance_id=alliance_id, today=today)
    return moved


@chore("instalments.fold")
def fold_instalments() -> int:
    """Numbers and amounts of instalments by state."""
    return fold(table="instalment_tally", sums="state, due_on", function="fold_instalment_tally")
