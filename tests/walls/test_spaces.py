"""What each space may and may not do, in SQL: the wall speaks, whatever the code above it forgot."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alliances.models import AllianceMembership, AuditEvent, Notice, Organisation
from alliances.tenancy import scope
from alliances.tenancy.globals import GLOBAL_TABLES
from alliances.tenancy.owner import as_owner
from projects.models import Award, Contribution, Instalment, Project, ProjectDay
from regions.models import Account, Agreement, Entry, Envelope, MoneyDay, Posting
from tests.support import build

pytestmark = pytest.mark.django_db

WALLED = sorted(
    (model for model in apps.get_models() if model._meta.db_table not in GLOBAL_TABLES and model._meta.managed),
    key=lambda model: model._meta.db_table,
)
TENANT = [
    model for model in WALLED if any(f.name == "alliance" and not f.null for f in model._meta.local_concrete_fields)
]
names = [model._meta.db_table for model in WALLED]


def refused(act, match="permission denied"):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        act()


@pytest.fixture
def two():
    """Mauricie and Estrie with a project each; Estrie's is the foreign one."""
    made = {}
    for slug in ("mauricie", "estrie"):
        agreed = build.agreement(of=slug)
        with scope.alliance_scope(agreed.alliance_id):
            made[slug] = build.project(agreed, title=f"Projet de {slug}")
    return made


@pytest.mark.parametrize("model", WALLED, ids=names)
def test_nothing_is_reached_without_a_scope(model):
    refused(lambda: model.objects.count())
    refused(lambda: list(model.objects.filter(pk=0)))
    refused(lambda: model.objects.filter(pk=0)._raw_delete("default"))


@pytest.mark.django_db(transaction=True)
def test_the_owner_reaches_no_row_either():
    build.agreement()
    with as_owner(), connection.cursor() as cursor:
        for model in (Agreement, Account, Posting, Entry, Envelope, MoneyDay):
            refused(
                lambda model=model: cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}"),
                match="only inside a scope",
            )


@pytest.mark.parametrize(
    "model", [m for m in TENANT if m not in (MoneyDay, ProjectDay)], ids=lambda m: m._meta.db_table
)
def test_a_scope_without_its_id_speaks(model):
    with scope._scope("alliance"):
        refused(lambda: model.objects.count(), match="no alliance in scope|permission denied")


def test_an_alliance_reads_and_changes_only_its_own(two):
    mine, foreign = two["mauricie"], two["estrie"]
    with scope.alliance_scope(mine.alliance_id):
        assert list(Project.objects.values_list("pk", flat=True)) == [mine.pk]
        assert not Project.objects.filter(pk=foreign.pk).exists()
        assert Project.objects.filter(pk=foreign.pk).update(title="Volé") == 0
        assert Project.objects.filter(pk=foreign.pk)._raw_delete("default") == 0
        refused(lambda: Project.objects.filter(pk=mine.pk).update(alliance_id=foreign.alliance_id))
        refused(lambda: Project.objects.filter(pk=mine.pk).update(committed=5))
        mine.pk, mine.alliance_id, mine.number = None, foreign.alliance_id, "APS-05-2021-0099"
        refused(mine.save, match="row-level security")


def test_a_child_cannot_point_at_another_alliances_row(two):
    mine, foreign = two["mauricie"], two["estrie"]
    with scope.alliance_scope(mine.alliance_id):
        refused(
            lambda: Contribution.objects.create(
                alliance_id=mine.alliance_id,
                project_id=foreign.pk,
                partner="Ville",
                kind="municipal",
                form="cash",
                amount=Decimal(5),
                effective_on=timezone.localdate(),
            ),
            match="contribution_of_project_key",
        )
        branch = Envelope.objects.filter(kind="projects").first()
        refused(
            lambda: Award.objects.create(
                alliance_id=mine.alliance_id,
                project_id=foreign.pk,
                envelope=branch,
                amount=Decimal(5),
                requested_at=timezone.now(),
                requested_by_id=build.person("x@mauricie.test").pk,
            ),
            match="award_of_project_key|person",
        )


WRITES = [
    "INSERT INTO {t} DEFAULT VALUES",
    "UPDATE {t} SET alliance_id = alliance_id",
    "DELETE FROM {t}",
    "SELECT 1 FROM {t} FOR UPDATE",
]
MINISTRYS = {"agreement", "agreement_year"}


@pytest.mark.parametrize("space", ["ministry", "audit"])
@pytest.mark.parametrize("model", TENANT, ids=lambda m: m._meta.db_table)
def test_the_ministry_writes_and_locks_nothing_of_an_alliance(space, model):
    table = model._meta.db_table
    if table in MINISTRYS and space == "ministry":
        return
    with scope._scope(space), connection.cursor() as cursor:
        for statement in WRITES:
            refused(lambda statement=statement: cursor.execute(statement.format(t=table)))


def test_the_ministry_reads_detail_of_those_who_give_it(two):
    # Eeyou Istchee's agreement gives totals only
    agreed = build.agreement(of="eeyou-istchee")
    with scope.alliance_scope(agreed.alliance_id):
        build.project(agreed, title="Totaux seulement")
    for space in (scope.ministry_scope, scope.audit_scope):
        with space():
            assert set(Project.objects.values_list("title", flat=True)) == {"Projet de mauricie", "Projet de estrie"}
            for model in (Envelope, Account, Posting, Entry):
                assert not model.objects.filter(alliance_id=agreed.alliance_id).exists(), model
                assert model.objects.exists()
            assert MoneyDay.objects.filter(alliance_id=agreed.alliance_id).exists(), "its totals are counted"
            assert Agreement.objects.filter(alliance_id=agreed.alliance_id).exists(), (
                "the agreement is the ministry's own"
            )


def test_an_organisation_reads_its_projects_and_nothing_internal(two):
    mine = two["mauricie"]
    with scope.alliance_scope(mine.alliance_id):
        other = Organisation.objects.create(name="Autre organisme", neq="1199000028")
        Project.objects.filter(pk=mine.pk).update(state="approved", awarded_on=timezone.localdate())
    with scope.promoter_scope(mine.organisation_id):
        # in every alliance, but drafts of the staff stay theirs
        assert list(Project.objects.values_list("title", flat=True)) == ["Projet de mauricie"]
        for model in (Award, Posting, Entry, Account, Envelope, AllianceMembership, Notice):
            refused(lambda model=model: model.objects.count())
        assert AuditEvent.objects.count() == 0
        refused(lambda: Project.objects.update(title="Autre"))
        refused(lambda: Instalment.objects.update(amount=1))
    with scope.promoter_scope(other.pk):
        assert Project.objects.count() == 0


def test_committee_public_and_person_reach_no_project(two):
    someone = build.person("quelquun@mauricie.test")
    for space in (
        scope.public_scope(),
        scope.person_scope(someone.pk),
        scope.committee_scope(two["mauricie"].alliance_id, someone.pk),
    ):
        with space:
            refused(lambda: Project.objects.count())
            refused(lambda: Posting.objects.count())


def test_no_space_reads_credentials():
    someone = build.person("quelquun@mauricie.test")
    for space in ("alliance", "committee", "ministry", "audit", "promoter", "public", "person"):
        with scope._scope(space, alliance=1, organisation=1, person=someone.pk), connection.cursor() as cursor:
            for column in ("email", "password", "last_login"):
                refused(lambda column=column, cursor=cursor: cursor.execute(f"SELECT {column} FROM person"))
            refused(lambda cursor=cursor: cursor.execute("SELECT 1 FROM django_session"))
            refused(lambda cursor=cursor: cursor.execute("SELECT 1 FROM mfa_authenticator"))


def test_the_web_cannot_enter_upkeep_or_become_a_keeper():
    refused(lambda: scope.upkeep_scope().__enter__(), match="permission denied to set role")
    with connection.cursor() as cursor:
        for role in ("keeper_ledger", "keeper_search", "portal_owner"):
            refused(lambda role=role: cursor.execute(f"SET LOCAL ROLE {role}"), match="permission denied to set role")


def test_scopes_nest_and_come_back(two):
    mine, foreign = two["mauricie"].alliance_id, two["estrie"].alliance_id

    def seen():
        return list(Project.objects.values_list("alliance_id", flat=True))

    with scope.alliance_scope(mine):
        with scope.alliance_scope(foreign):
            assert seen() == [foreign]
        assert seen() == [mine]
        with pytest.raises(ZeroDivisionError), scope.alliance_scope(foreign):
            1 / 0  # noqa: B018 - a Python error inside a scope
        assert seen() == [mine]
        with pytest.raises(DatabaseError), scope.alliance_scope(foreign), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert seen() == [mine]
    refused(seen)
