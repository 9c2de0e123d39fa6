"""The rows behind a figure of the programme: the projects of an alliance as of a day. Detail, so under the wall."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from projects.models import Contribution, Project
from regions.models import Entry

PAGE = 50
ZERO = Decimal(0)


@dataclass
class Row:
    project: Project
    engaged: Decimal = ZERO
    paid: Decimal = ZERO
    partners: Decimal = ZERO


def project_rows(
    alliance_id: int, agreement_id: int, day: date, before: int | None = None
) -> tuple[list[Row], int | None]:
    """A page of projects awarded by `day` and not cancelled by then, newest first, with their money as of that day.

    `before` is the id after which the page starts; the second value is the next one, None on the last page.
    """
    awarded = Project.objects.filter(
        Q(cancelled_on=None) | Q(cancelled_on__gt=day),
        alliance_id=alliance_id,
        agreement_id=agreement_id,
        awarded_on__lte=day,
    ).select_related("organisation")
    if before:
        awarded = awarded.filter(pk__lt=before)
    page = list(awarded.order_by("-pk")[: PAGE + 1])
    rows = {project.pk: Row(project) for project in page[:PAGE]}
    entries = Entry.objects.filter(
        alliance_id=alliance_id,
        posting__alliance_id=alliance_id,
        posting__subject_id__in=list(rows),
        posting__effective_on__lte=day,
        account__state__in=["committed", "paid"],
    )
    for pk, state, amount in entries.values_list("posting__subject_id", "account__state").annotate(Sum("amount")):
        rows[pk].engaged += amount
        if state == "paid":
            rows[pk].paid += amount
    secured = Contribution.objects.filter(
        Q(counts_until=None) | Q(counts_until__gt=day),
        alliance_id=alliance_id,
        project_id__in=list(rows),
        counts_from__lte=day,
    )
    for pk, amount in secured.values_list("project_id").annotate(Sum("amount")):
        rows[pk].partners = amount
    return list(rows.values()), page[PAGE - 1].pk if len(page) > PAGE else None
