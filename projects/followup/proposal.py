"""The plan that is proposed: 40 %, 40 % and 20 % of what no instalment promises yet."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils import timezone

from projects.followup.models import Instalment
from projects.followup.services import REPLACED
from projects.register.models import Project
from regions.money.split import split

SHARES = (40, 40, 20)


def proposal(project: Project) -> tuple[list[dict], Decimal]:
    """(rows of the form, amount that may be planned): the rows planned already, or else the proposal."""
    mine = Instalment.objects.filter(alliance_id=project.alliance_id, project=project)
    standing = mine.exclude(Q(state="cancelled") | Q(state__in=REPLACED)).aggregate(total=Sum("amount"))["total"]
    free = project.engaged - (standing or Decimal(0))
    planned = [
        {"due_on": day, "amount": amount}
        for day, amount in mine.filter(state__in=REPLACED).order_by("due_on", "rank").values_list("due_on", "amount")
    ]
    if planned or free <= 0:
        return planned, free
    first = _first_day(project)
    days = [first, first + timedelta(days=(project.ends_on - first).days // 2), project.ends_on]
    parts = zip(days, split(free, SHARES), strict=True)
    return [{"due_on": day, "amount": part} for day, part in parts if part], free


def _first_day(project: Project) -> date:
    """The day the project starts, or today when it is under way: nothing proposed is late from the first."""
    today = timezone.localdate()
    return max(project.starts_on, today) if project.ends_on >= today else project.starts_on
