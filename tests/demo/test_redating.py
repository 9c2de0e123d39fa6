"""A partner’s money counts from its project’s award to its cancellation, whichever is written first."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from alliances.tenancy.scope import alliance_scope
from projects.models import Contribution, Project, ProjectDay
from tests.support import build

pytestmark = pytest.mark.django_db


def counted(alliance_id, day):
    return ProjectDay.objects.filter(alliance_id=alliance_id, day__lte=day).aggregate(n=Sum("n"), money=Sum("partners"))


def test_contributions_follow_the_dates_of_their_project():
    agreed = build.agreement()
    with alliance_scope(agreed.alliance_id):
        project = build.project(agreed, state="draft")
        gift = Contribution.objects.create(
            alliance_id=agreed.alliance_id, project=project, partner="MRC de Mékinac", kind="municipal", form="cash",
            state="confirmed", amount=Decimal("54000"), effective_on=date(2021, 5, 1),
        )  # fmt: skip
        assert counted(agreed.alliance_id, date(2022, 3, 31))["money"] is None
        mine = Project.objects.filter(pk=project.pk)
        mine.update(state="approved", awarded_on=date(2021, 6, 22))
        gift.refresh_from_db()
        assert (gift.counts_from, gift.counts_until) == (date(2021, 6, 22), None)
        assert counted(agreed.alliance_id, date(2021, 6, 21))["money"] is None
        assert counted(agreed.alliance_id, date(2021, 6, 22)) == {"n": 1, "money": Decimal("54000.00")}
        mine.update(state="cancelled", cancelled_on=date(2021, 9, 1))
        gift.refresh_from_db()
        assert gift.counts_until == date(2021, 9, 1)
        assert counted(agreed.alliance_id, date(2021, 8, 31)) == {"n": 1, "money": Decimal("54000.00")}
        assert counted(agreed.alliance_id, date(2021, 9, 1)) == {"n": 0, "money": Decimal("0.00")}
