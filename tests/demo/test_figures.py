"""The law of the data set, read back from the database as the ministry reads it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F, Sum

from alliances.models import Alliance, AllianceMembership, User
from alliances.tenancy.scope import alliance_scope, ministry_scope
from projects.demo.figures import COMMITTED, PARTNERS, PROJECTS, TARGETS
from projects.models import BudgetLine, Contribution, Instalment, Project, ProjectDay, ProjectTerritory
from regions.models import Agreement, Envelope, MoneyDay
from tests.demo.conftest import TODAY
from tests.demo.test_words import NEVER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
DAY = date(2022, 3, 31)


@pytest.fixture(params=["mauricie", "nunavik", "monteregie", "premieres-nations"])
def inside(request):
    """In the space of an alliance."""
    alliance = Alliance.objects.get(slug=request.param)
    with alliance_scope(alliance.pk):
        yield alliance


def agreements(cycle="2017-2023"):
    return list(Agreement.objects.filter(cycle__code=cycle).values_list("id", flat=True))


def engaged(ids, **more):
    rows = MoneyDay.objects.filter(
        agreement_id__in=ids, day__lte=DAY, kind="projects", state__in=["committed", "paid"], **more
    )
    return rows.aggregate(total=Sum("amount"))["total"]


def test_the_figures_of_the_ministry_to_the_cent():
    with ministry_scope():
        ids = agreements()
        days = ProjectDay.objects.filter(agreement_id__in=ids, day__lte=DAY).aggregate(
            n=Sum("n"), money=Sum("partners")
        )
        committed = engaged(ids)
    assert days["n"] == PROJECTS == 2500
    assert committed == COMMITTED == Decimal("115000000.00")
    assert days["money"] == PARTNERS == Decimal("150000000.00")
    assert committed + days["money"] == Decimal("265000000.00")
    assert round(days["money"] / committed, 2) == Decimal("1.30")


def test_each_alliance_has_its_projects_and_its_share():
    with ministry_scope():
        amounts = dict(Agreement.objects.filter(cycle__code="2017-2023").values_list("alliance__code", "amount"))
        ids = agreements()
        for alliance in Alliance.objects.all():
            count = ProjectDay.objects.filter(alliance=alliance, agreement_id__in=ids, day__lte=DAY).aggregate(
                n=Sum("n")
            )
            assert count["n"] == TARGETS[alliance.code][0]
            assert Decimal("0.69") < engaged(ids, alliance=alliance) / amounts[alliance.code] < Decimal("0.885")


def test_each_commitment_counts_from_a_day_of_its_year(inside):
    strays = Project.objects.filter(alliance=inside, awards__state="approved").exclude(
        fiscal_year=F("awards__envelope__fiscal_year")
    )
    assert not strays.exists()


def test_no_branch_is_overdrawn_and_money_is_left_today(inside):
    branches = Envelope.objects.filter(alliance=inside, kind="projects", accounts__state="appropriated")
    left = dict(branches.values_list("fiscal_year", "accounts__balance"))
    assert min(left.values()) >= 0
    assert left[2026] > 50_000


def test_every_state_is_shown(inside):
    states = set(
        Project.objects.filter(alliance=inside, agreement__cycle__code="2024-2029").values_list("state", flat=True)
    )
    assert states >= {"draft", "approved", "to_sign", "in_progress", "suspended", "completed", "cancelled"}
    paid = set(Instalment.objects.filter(alliance=inside).values_list("state", flat=True))
    assert paid >= {"planned", "due", "requested", "approved", "paid", "blocked", "cancelled"}


def test_budgets_equal_costs_and_shares_make_a_hundred(inside):
    costs = {project.pk: project.cost for project in Project.objects.filter(alliance=inside)}
    budgets = dict(BudgetLine.objects.filter(alliance=inside).values_list("project").annotate(total=Sum("amount")))
    assert budgets == costs
    shares = ProjectTerritory.objects.filter(alliance=inside).values("project").annotate(total=Sum("share"))
    assert {row["total"] for row in shares} <= {Decimal(100)}


def test_instalments_make_the_award(inside):
    planned = Instalment.objects.filter(alliance=inside).exclude(state="cancelled").values_list("project")
    sums = dict(planned.annotate(total=Sum("amount")))
    money = {p.pk: p.engaged for p in Project.objects.filter(alliance=inside, pk__in=sums)}
    assert sums == money
    assert not Project.objects.filter(alliance=inside, state="closed").exclude(committed=0).exists()


def test_nothing_happens_in_the_future(inside):
    assert not Project.objects.filter(alliance=inside, awarded_on__gt=TODAY).exists()
    assert not Instalment.objects.filter(alliance=inside, paid_on__gt=TODAY).exists()
    assert not Contribution.objects.filter(alliance=inside, effective_on__gt=TODAY).exclude(state="promised").exists()


def test_titles_are_written_as_the_portal_writes(inside):
    rows = Project.objects.filter(alliance=inside).values_list("title", "summary")
    assert not [text for row in rows for text in row if NEVER.search(text)]
    titles = [title for title, _ in rows]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("slug", "title"),
    [("mauricie", "École citoyenne"), ("estrie", "Solidarité transport"), ("bas-saint-laurent", "Carnet de santé")],
)
def test_the_examples_of_the_ministry_are_there(slug, title):
    alliance = Alliance.objects.get(slug=slug)
    with alliance_scope(alliance.pk):
        project = Project.objects.get(alliance=alliance, title=title)
        assert project.engaged > 0
        assert project.partners_secured > 0


def test_agreements_of_today_are_the_earlier_ones_and_seventy_thousand():
    with ministry_scope():
        before, after = (
            dict(Agreement.objects.filter(cycle__code=cycle).values_list("alliance__code", "amount"))
            for cycle in ("2017-2023", "2024-2029")
        )
    assert after["04"] == Decimal("5805682.00")
    assert after["06"], after["PN"] == (before["06"], before["PN"])
    assert sum(after.values()) - sum(before.values()) == 16 * 70_000
    assert after["11-GA"] + after["11-IM"] == Decimal("5881754.00")


def test_all_roles_have_an_account(inside):
    roles = AllianceMembership.objects.filter(alliance=inside).values_list("role", flat=True)
    assert sorted(roles) == ["committee"] * 5 + ["delegate", "finance", "manager", "officer", "reader"]


def test_one_password_hashed_once():
    hashes = set(User.objects.filter(email__endswith=".demo.test").values_list("password", flat=True))
    assert len(hashes) == 1
