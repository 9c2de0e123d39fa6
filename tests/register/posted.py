"""What the form of a project posts, right in every field; tests change one thing at a time."""

from alliances.tenancy.scope import alliance_scope
from projects.models import ExpenseCategory
from regions.models import Priority, TargetGroup, Territory
from tests.support import build


def good(agreed, **changes) -> dict:
    """Two equal territories, 11 000 $ of expenses, 8 000 $ of the fund, 3 000 $ of partners."""
    with alliance_scope(agreed.alliance_id):
        organisation = build.organisation()
    places = territories(agreed)
    categories = list(ExpenseCategory.objects.all())
    data = {
        "organisation": str(organisation.pk),
        "title": "Cuisine collective de Mékinac",
        "summary": "Des ateliers de cuisine.",
        "nature": "intervention",
        "starts_on": "2021-09-01",
        "ends_on": "2022-08-31",
        "priority": str(Priority.objects.first().pk),
        "more_priorities": [str(Priority.objects.last().pk)],
        "target_groups": [str(TargetGroup.objects.first().pk)],
        "fund_amount": "8\u202f000,00\u00a0$",
        "territory": [str(place.pk) for place in places[:2]],
        f"budget-{categories[0].pk}": "10 000",
        f"budget-{categories[1].pk}": "1000,00",
        "contributions-INITIAL_FORMS": "0",
        "contributions-TOTAL_FORMS": "2",
        "contributions-0-partner": "MRC de Mékinac",
        "contributions-0-kind": "municipal",
        "contributions-0-form": "cash",
        "contributions-0-state": "confirmed",
        "contributions-0-amount": "3 000",
        "contributions-0-effective_on": "2021-09-01",
        "results-INITIAL_FORMS": "0",
        "results-TOTAL_FORMS": "1",
        "results-0-label": "Personnes rejointes",
        "results-0-target": "1 200",
    }
    return {**data, **changes}


def territories(agreed) -> list[Territory]:
    return list(Territory.objects.of_alliance(agreed.alliance_id, agreed.starts_on))


def first_budget() -> str:
    return f"budget-{ExpenseCategory.objects.first().pk}"
