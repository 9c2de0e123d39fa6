"""What the list of projects says of awards: the one that waits for its approval."""

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import TruncDate

from projects.awards.models import Award, AwardState

LABELS = {"award": "Engagement à approuver"}
SINCE = frozenset(LABELS)


def waiting(alliance_id: int, project_ids: list[int]) -> QuerySet:
    return Award.objects.filter(
        alliance_id=alliance_id, project_id__in=project_ids, state=AwardState.REQUESTED
    ).annotate(
        code=Value("award", output_field=CharField()),
        rank=Value(0, output_field=IntegerField()),
        day=TruncDate("requested_at"),
    )
