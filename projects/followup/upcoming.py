"""What the list of projects says of instalments: what is still to be done of each."""

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat

from projects.followup.models import Instalment

LABELS = {
    "instalment-planned": "Versement %(rank)d prévu",
    "instalment-due": "Versement %(rank)d à demander",
    "instalment-blocked": "Versement %(rank)d bloqué",
    "instalment-requested": "Versement %(rank)d à approuver",
    "instalment-approved": "Versement %(rank)d à payer",
    "instalment-returned": "Versement %(rank)d à reprendre",
}
SINCE: frozenset[str] = frozenset()


def waiting(alliance_id: int, project_ids: list[int]) -> QuerySet:
    states = [code.removeprefix("instalment-") for code in LABELS]
    rows = Instalment.objects.filter(alliance_id=alliance_id, project_id__in=project_ids, state__in=states)
    code = Concat(Value("instalment-"), F("state"), output_field=CharField())
    return rows.order_by().annotate(code=code, day=F("due_on"))
