"""Ways in that were tried, in SQL and as the role of a space: each wall is seen to fire."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alliances.models import AuditEvent, Invitation, StoredFile
from alliances.people import services
from alliances.people.policies import TeamRefused
from alliances.tenancy import scope
from alliances.tenancy.access import portal_for
from projects.models import Award, Instalment, Project
from regions.money.services import commit
from reporting.models import Document
from tests.support import build

pytestmark = pytest.mark.django_db


def refused(act, match):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        act()


@pytest.fixture
def people():
    """Ids of an agent and of a manager: no space may read or make accounts, so they are there before it."""
    return [build.member(role).pk for role in ("officer", "manager")]


@pytest.fixture
def inside(people):
    agreed = build.agreement()
    with scope.alliance_scope(agreed.alliance_id):
        yield agreed


def event(**fields):
    return AuditEvent.objects.create(actor_name="x", verb="project.approved", object_kind="project", **fields)


def test_nobody_writes_in_the_journal_of_another_tenant():
    mine, foreign, of = build.alliance(), build.alliance("estrie"), build.organisation()
    me = build.person("moi@exemple.test")
    spaces = (
        (scope.promoter_scope(of.pk, me.pk), {"organisation_id": of.pk, "alliance_id": mine.pk, "person_id": me.pk}),
        (scope.person_scope(me.pk), {"alliance_id": mine.pk, "person_id": me.pk}),
        (scope.person_scope(me.pk), {"organisation_id": of.pk, "person_id": me.pk}),
        (scope.alliance_scope(mine.pk), {"alliance_id": foreign.pk}),
        (scope.alliance_scope(mine.pk), {"alliance_id": mine.pk, "organisation_id": of.pk}),
        (scope.committee_scope(mine.pk, me.pk), {"alliance_id": mine.pk, "person_id": mine.pk + 10**6}),
        (scope.ministry_scope(me.pk), {"alliance_id": mine.pk}),
    )
    for space, fields in spaces:
        with space:
            refused(lambda fields=fields: event(**fields), "row-level security")


def test_a_line_of_the_journal_is_never_changed(inside):
    line = event(alliance_id=inside.alliance_id)
    rows = AuditEvent.objects.filter(pk=line.pk)
    refused(lambda: rows.update(actor_name="autre"), "permission denied")
    refused(lambda: rows._raw_delete(rows.db), "permission denied")


def test_notices_go_through_their_door_alone():
    me, other, tenant = build.person("moi@exemple.test"), build.person("autre@exemple.test"), build.alliance().pk
    statement = (
        "INSERT INTO notice (code, person_id, address, subject, text, html, url, state, attempts, error, created_at, "
        "next_try_at) VALUES ('N01', %s, 'x@y.test', 's', 't', 'h', '', 'sent', 0, '', now(), now())"
    )
    for space in ("alliance", "committee", "ministry", "audit", "promoter", "public", "person"):
        with scope._scope(space, alliance=tenant, organisation=1, person=me.pk), connection.cursor() as cursor:
            refused(lambda cursor=cursor: cursor.execute(statement, [me.pk]), "permission denied")
            cursor.execute("SELECT post_notice('N40', %s, '', 's', 't', 'h', '')", [other.pk])
    with scope.person_scope(me.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notice")
        assert cursor.fetchone() == (0,), "the notices of somebody else"
        refused(lambda: cursor.execute("SELECT * FROM claim_notices(9)"), "permission denied")
        refused(lambda: cursor.execute("SELECT settle_notice(1, 'sent', '')"), "permission denied")


def test_an_invitation_sent_is_only_closed(inside, people):
    sacha = people[1]
    sent = Invitation.objects.create(
        alliance_id=inside.alliance_id,
        email="noa@exemple.test",
        role="reader",
        token_hash=services.hashed("x"),
        sent_by_id=sacha,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    row = Invitation.objects.filter(pk=sent.pk)
    for change in (
        {"role": "manager"},
        {"email": "autre@exemple.test"},
        {"token_hash": services.hashed("y")},
        {"sent_by_id": sacha},
        {"accepted_at": None},
        {"ends_on": None},
        {"territory_codes": []},
    ):
        refused(lambda change=change: row.update(**change), "permission denied")
    assert row.update(cancelled_at=timezone.now()) == 1


def test_the_ministry_invites_a_first_manager_and_never_another():
    sam, tenant = build.ministry_member("administrator"), build.alliance()
    boss = build.actor(sam, "administrator")
    build.member("manager")
    with scope.ministry_scope(sam.pk):
        with pytest.raises(TeamRefused, match="déjà une personne en gestion"):
            services.invite_first_manager(actor=boss, alliance=tenant, email="x@exemple.test")
        for role in ("manager", "finance"):
            refused(
                lambda role=role: Invitation.objects.create(
                    alliance=tenant,
                    email="x@exemple.test",
                    role=role,
                    token_hash="0",
                    sent_by_id=sam.pk,
                    expires_at=timezone.now(),
                ),
                "row-level security",
            )
        services.invite_first_manager(actor=boss, alliance=build.alliance("estrie"), email="x@exemple.test")


def test_a_space_that_has_lost_its_managers_is_opened_again():
    sam, gone = build.ministry_member("administrator"), timezone.localdate() - timedelta(days=1)
    build.member("manager", ends_on=gone)
    with scope.ministry_scope(sam.pk):
        services.invite_first_manager(
            actor=build.actor(sam, "administrator"), alliance=build.alliance(), email="x@exemple.test"
        )


def test_only_the_ministry_asks_whether_an_alliance_is_managed(inside):
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("SELECT alliance_is_managed(1)"), "permission denied")


def _award(inside, people, state):
    asks, decides = people
    return Award.objects.create(
        alliance_id=inside.alliance_id,
        project=build.project(inside),
        envelope=build.envelope(inside),
        amount=Decimal(5),
        state=state,
        requested_at=timezone.now(),
        requested_by_id=asks,
        **({} if state == "requested" else {"decided_at": timezone.now(), "decided_by_id": decides}),
    )


def test_an_award_is_decided_once_and_keeps_its_amount(inside, people):
    declined = Award.objects.filter(pk=_award(inside, people, "declined").pk)
    refused(lambda: declined.update(state="approved"), "is decided")
    refused(lambda: declined.update(resolution="CA-1"), "is decided")
    for change in ({"amount": 6}, {"project_id": 1}, {"envelope_id": 1}, {"requested_by_id": 1}):
        refused(lambda change=change: declined.update(**change), "permission denied")


def _instalment(inside, people, state="planned"):
    now = timezone.now()
    more = {}
    if state == "paid":
        more = {"requested_by_id": people[0], "requested_at": now, "approved_by_id": people[1], "approved_at": now}
        more |= {"paid_on": now.date(), "paid_by_id": people[0]}
    return Instalment.objects.create(
        alliance_id=inside.alliance_id,
        project=build.project(inside),
        envelope=build.envelope(inside),
        rank=1,
        amount=Decimal(5),
        due_on=now.date(),
        state=state,
        state_since=now,
        **more,
    )


def test_a_paid_instalment_is_neither_removed_nor_rewritten(inside, people):
    paid = Instalment.objects.filter(pk=_instalment(inside, people, "paid").pk)
    assert paid._raw_delete(paid.db) == 0
    for change in ({"amount": 6}, {"project_id": 1}, {"envelope_id": 1}, {"rank": 2}, {"due_on": None}):
        refused(lambda change=change: paid.update(**change), "permission denied")


@pytest.mark.parametrize(
    ("state", "rule"),
    [("requested", "requested_by"), ("approved", "(requested|approved)_by"), ("paid", "(requested|approved)_by|paid")],
)
def test_no_state_without_what_leads_to_it(inside, people, state, rule):
    planned = Instalment.objects.filter(pk=_instalment(inside, people).pk)
    refused(lambda: planned.update(state=state), rule)


def test_what_money_was_decided_on_stays(inside):
    project = build.project(inside, state="approved")
    row = Project.objects.filter(pk=project.pk)
    refused(lambda: row.update(fund_amount=999_999), "is decided")
    refused(lambda: row.update(organisation_id=project.organisation_id + 1), "is decided")
    for column in ("reserved", "committed", "paid", "partners_secured", "fiscal_year", "number"):
        refused(lambda column=column: row.update(**{column: 5}), "permission denied")
    assert row.update(title="Autre titre") == 1


def test_money_said_at_creation_is_not_believed(inside):
    project = build.project(inside)
    project.pk, project.number = None, "APS-04-2021-0099"
    project.reserved = project.committed = project.paid = project.partners_secured = Decimal(5)
    project.save(force_insert=True)
    project.refresh_from_db()
    assert (project.reserved, project.committed, project.paid, project.partners_secured) == (0, 0, 0, 0)


def test_a_project_has_no_money_of_another_agreement(inside):
    with scope.ministry_scope():
        other = build.other_agreement(inside)
    commit_act = {
        "actor": portal_for(inside.alliance_id),
        "amount": Decimal(5),
        "subject_id": build.project(inside).pk,
        "effective_on": timezone.localdate(),
    }
    refused(lambda: commit(envelope=build.envelope(other), key="a", **commit_act), "no money of this agreement")
    commit(envelope=build.envelope(inside), key="b", **commit_act)


def test_a_posting_is_about_a_project_of_its_own_alliance(inside):
    foreign = build.agreement(of="estrie")
    with scope.alliance_scope(foreign.alliance_id):
        theirs = build.project(foreign)
    refused(
        lambda: commit(
            actor=portal_for(inside.alliance_id),
            envelope=build.envelope(inside),
            amount=Decimal(5),
            subject_id=theirs.pk,
            key="a",
            effective_on=timezone.localdate(),
        ),
        "posting_of_project",
    )


def test_a_printed_code_is_of_one_document_in_the_whole_portal(people):
    """Else an alliance could have its own document verified in the place of another's."""

    def printed(slug, code, version=1):
        tenant = build.alliance(slug)
        with scope.alliance_scope(tenant.pk, people[0]):
            file = StoredFile.objects.create(
                alliance=tenant,
                person_id=people[0],
                name="rapport.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0" * 64,
                expires_at=timezone.now(),
            )
            return Document.objects.create(
                alliance=tenant,
                kind="accountability",
                title="Rapport",
                fiscal_year=2021,
                version=version,
                code=code,
                data={},
                data_sha256="0" * 64,
                template_version="1",
                file=file,
                file_sha256="0" * 64,
                job_id=version,
                produced_at=timezone.now(),
            )

    printed("mauricie", "APS-2222-3333")
    refused(lambda: printed("estrie", "APS-2222-3333"), "of another document")
    printed("estrie", "APS-2222-4444")


def test_keepers_doors_open_for_their_spaces_alone(inside):
    """What a space may not call, it may not call: each function, from each space that is not its own."""
    doors = {
        "SELECT * FROM find_projects('école')": {"alliance", "ministry", "audit"},
        "SELECT open_year(1, 1, 'x')": {"ministry"},
        "SELECT * FROM programme_totals(1, '2023-03-31')": {"public"},
        "SELECT * FROM verify_document('APS-2222-3333')": {"public"},
        "SELECT accept_invitation('x', '2026-01-01')": {"person"},
        "SELECT * FROM open_invitation('x')": {"person", "public"},
        "SELECT rename_me('a', 'b', 'fr-ca')": {"person"},
        "SELECT fold_project_tally(1)": set(),
        "SELECT fold_project_day(1)": set(),
        "SELECT fold_money_day(1)": set(),
        "SELECT fold_instalment_tally(1)": set(),
    }
    for space in ("alliance", "committee", "ministry", "audit", "promoter", "public", "person"):
        with scope._scope(space, alliance=inside.alliance_id, organisation=1, person=1), connection.cursor() as cursor:
            for statement, allowed in doors.items():
                if space not in allowed:
                    refused(
                        lambda statement=statement, cursor=cursor: cursor.execute(statement),
                        "permission denied for func",
                    )
