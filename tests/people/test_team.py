"""A team keeps a manager, nobody gives oneself a role, and a change counts at the next request."""

import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from alliances.models import AllianceMembership, AuditEvent, Invitation, MinistryMembership, OrganisationMembership
from alliances.people import services
from alliances.people.policies import TeamRefused
from alliances.people.teams import team_of_alliance, team_of_ministry, team_of_organisation
from alliances.tenancy.scope import alliance_scope, ministry_scope, promoter_scope
from regions.models import TerritoryUserObjectPermission
from tests.support import build

pytestmark = pytest.mark.django_db

MEKINAC = "350"


@pytest.fixture
def tenant(db):
    return build.alliance()


@pytest.fixture
def team(tenant):
    return team_of_alliance(tenant)


@pytest.fixture
def sacha(tenant):
    return build.member("manager", email="gestion@mauricie.test")


def row_of(user, role):
    return AllianceMembership.objects.get(person_id=user.pk, role=role)


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_the_last_manager_stays(tenant, team, sacha):
    """Not even another manager's act may remove the last one that has no end."""
    until = timezone.localdate() + timedelta(days=30)
    other = build.member("manager", email="autre@mauricie.test", ends_on=until)
    actor = build.actor(other, "manager")
    with alliance_scope(tenant.pk):
        for act in (
            lambda row: services.end_access(actor=actor, team=team, member=row),
            lambda row: services.change_role(actor=actor, team=team, member=row, role="reader"),
        ):
            with pytest.raises(TeamRefused, match="L’équipe garde toujours une personne"):
                act(row_of(sacha, "manager"))
        assert row_of(sacha, "manager").ends_on is None


def test_nobody_changes_ones_own_role_nor_gives_oneself_one(tenant, team, sacha):
    build.member("manager", email="autre@mauricie.test")
    actor = build.actor(sacha, "manager")
    with alliance_scope(tenant.pk):
        mine = row_of(sacha, "manager")
        with pytest.raises(TeamRefused, match="Une autre personne"):
            services.change_role(actor=actor, team=team, member=mine, role="finance")
        with pytest.raises(TeamRefused, match="Une autre personne"):
            services.end_access(actor=actor, team=team, member=mine)
        with pytest.raises(TeamRefused, match="Une autre personne"):
            services.invite(actor=actor, team=team, email=sacha.email.upper(), role="finance")


@pytest.mark.parametrize("role", ["officer", "finance", "reader", "privacy"])
def test_only_a_manager_acts(tenant, team, sacha, role):
    actor = build.actor(build.member(role), role)
    with alliance_scope(tenant.pk):
        member = row_of(sacha, "manager")
        acts = [
            lambda: services.invite(actor=actor, team=team, email="x@exemple.test", role="reader"),
            lambda: services.change_role(actor=actor, team=team, member=member, role="reader"),
            lambda: services.end_access(actor=actor, team=team, member=member),
        ]
        for act in acts:
            with pytest.raises(TeamRefused, match="Le rôle .*Gestion.* permet cet acte"):
                act()
        assert verbs() == []


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"role": "delegate", "territory_codes": (MEKINAC,)}, "ends_on"),
        ({"role": "delegate", "ends_on": date(2099, 3, 31)}, "territories"),
        ({"role": "delegate", "ends_on": date(2099, 3, 31), "territory_codes": ("010",)}, "territories"),
        ({"role": "committee"}, "seat_kind"),
        ({"role": "committee", "seat_kind": "chair"}, "seat_kind"),
        ({"role": "manager", "ends_on": date(2099, 3, 31)}, "ends_on"),
        ({"role": "reader", "ends_on": date(2020, 3, 31)}, "ends_on"),
        ({"role": "owner"}, "role"),
    ],
)
def test_what_a_role_asks_for(tenant, team, sacha, wanted, field):
    with alliance_scope(tenant.pk), pytest.raises(TeamRefused) as refused:
        services.invite(actor=build.actor(sacha, "manager"), team=team, email="x@exemple.test", **wanted)
    assert refused.value.field == field


def test_the_same_invitation_is_not_sent_twice(tenant, team, sacha):
    actor = build.actor(sacha, "manager")
    build.member("reader", email="lecture@mauricie.test")
    with alliance_scope(tenant.pk):
        first = services.invite(actor=actor, team=team, email="x@exemple.test", role="reader")
        with pytest.raises(TeamRefused, match="déjà en cours"):
            services.invite(actor=actor, team=team, email="X@exemple.test", role="reader")
        services.cancel_invitation(actor=actor, team=team, invitation=first)
        services.invite(actor=actor, team=team, email="x@exemple.test", role="reader")
        with pytest.raises(TeamRefused, match="déjà ce rôle"):
            services.invite(actor=actor, team=team, email="lecture@mauricie.test", role="reader")
        with pytest.raises(TeamRefused, match="déjà servi ou a été annulée"):
            services.cancel_invitation(actor=actor, team=team, invitation=first)
        assert verbs() == ["invitation.sent", "invitation.cancelled", "invitation.sent"]


def test_a_change_counts_at_the_next_request(client, tenant, team, sacha):
    dominique = build.member("officer", email="agent@mauricie.test")
    client.force_login(dominique)
    page = reverse("alliance:team", args=["mauricie"])
    assert client.get(page).status_code == 200
    with alliance_scope(tenant.pk):
        services.end_access(actor=build.actor(sacha, "manager"), team=team, member=row_of(dominique, "officer"))
    assert client.get(page).status_code == 404
    with alliance_scope(tenant.pk):
        assert verbs() == ["membership.ended"]


def test_a_role_change_counts_at_the_next_request(client, tenant, team, sacha):
    other = build.member("manager", email="autre@mauricie.test")
    client.force_login(other)
    with alliance_scope(tenant.pk):
        member = row_of(sacha, "manager")
        mine = row_of(other, "manager")
    page = reverse("alliance:team_role", args=["mauricie", member.pk])
    assert client.get(page).status_code == 200
    with alliance_scope(tenant.pk):
        services.change_role(actor=build.actor(sacha, "manager"), team=team, member=mine, role="reader")
    assert client.get(page).status_code == 404
    assert client.get(reverse("alliance:team", args=["mauricie"])).status_code == 200


def test_a_role_held_before_comes_back(tenant, team, sacha):
    dominique = build.member("officer", email="agent@mauricie.test")
    actor = build.actor(sacha, "manager")
    with alliance_scope(tenant.pk):
        row = services.change_role(actor=actor, team=team, member=row_of(dominique, "officer"), role="finance")
        services.change_role(actor=actor, team=team, member=row, role="officer")
        row = services.change_role(actor=actor, team=team, member=row_of(dominique, "officer"), role="reader")
        assert [(one.role, one.person_id) for one in team.members().filter(person_id=dominique.pk)] == [
            ("reader", dominique.pk)
        ]
        event = AuditEvent.objects.filter(verb="membership.changed").latest("pk")
        assert (event.facts["from"], event.facts["to"], event.object_id) == ("officer", "reader", row.pk)


@pytest.mark.parametrize("role", ["delegate", "committee"])
def test_roles_that_need_more_come_by_invitation(tenant, team, sacha, role):
    dominique = build.member("officer", email="agent@mauricie.test")
    with alliance_scope(tenant.pk), pytest.raises(TeamRefused, match="par une invitation"):
        services.change_role(
            actor=build.actor(sacha, "manager"),
            team=team,
            member=row_of(dominique, "officer"),
            role=role,
            ends_on=date(2099, 1, 1),
        )


def test_a_delegation_ended_follows_nothing(tenant, team, sacha):
    noa = build.delegate_of(MEKINAC)
    with alliance_scope(tenant.pk):
        services.end_access(actor=build.actor(sacha, "manager"), team=team, member=row_of(noa, "delegate"))
        assert not TerritoryUserObjectPermission.objects.filter(user_id=noa.pk).exists()


def test_an_act_on_another_alliance_finds_nothing(client, sacha):
    stranger = build.member("officer", of="estrie")
    with alliance_scope(build.alliance("estrie").pk):
        row = row_of(stranger, "officer")
    client.force_login(sacha)
    for page in ("team_role", "team_end"):
        assert client.get(reverse(f"alliance:{page}", args=["mauricie", row.pk])).status_code == 404
        assert client.get(reverse(f"alliance:{page}", args=["estrie", row.pk])).status_code == 404


def test_an_organisation_keeps_a_manager_and_an_adviser_ends(db):
    of = build.organisation()
    lou, alex = build.promoter("editor"), build.promoter("manager")
    team = team_of_organisation(of)
    with promoter_scope(of.pk, alex.pk):
        actor = build.actor(alex, "manager")
        with pytest.raises(TeamRefused) as refused:
            services.invite(actor=actor, team=team, email="conseil@exemple.test", role="adviser")
        assert refused.value.field == "ends_on"
        member = OrganisationMembership.objects.get(person_id=lou.pk)
        services.change_role(actor=actor, team=team, member=member, role="signatory")
        assert verbs() == ["membership.changed"]
        with pytest.raises(TeamRefused):
            services.end_access(
                actor=build.actor(lou, "manager"),
                team=team,
                member=OrganisationMembership.objects.get(person_id=alex.pk),
            )


def test_the_ministry_leads_its_team_and_opens_a_space(client, tenant):
    sam, alex = build.ministry_member("administrator"), build.ministry_member("analyst")
    client.force_login(sam)
    data = {"alliance": "mauricie", "email": "gestion@mauricie.test"}
    assert client.post(reverse("ministry:team_opens"), data).url == reverse("ministry:team")
    assert "déjà en cours" in client.post(reverse("ministry:team_opens"), data).content.decode()
    with ministry_scope(sam.pk):
        sent = Invitation.objects.get()
        assert (sent.alliance_id, sent.role, sent.sent_by_id) == (tenant.pk, "manager", sam.pk)
        member = MinistryMembership.objects.get(person_id=alex.pk)
        services.end_access(actor=build.actor(sam, "administrator"), team=team_of_ministry(), member=member)
        assert verbs() == ["invitation.sent", "membership.ended"]
    client.force_login(alex)
    assert client.get(reverse("ministry:team")).status_code == 404


def test_the_analyst_opens_no_space(db):
    alex = build.ministry_member("analyst")
    with ministry_scope(alex.pk), pytest.raises(TeamRefused):
        services.invite_first_manager(
            actor=build.actor(alex, "analyst"), alliance=build.alliance(), email="x@exemple.test"
        )


def test_the_page_invites_and_keeps_what_was_typed(client, sacha):
    client.force_login(sacha)
    page = reverse("alliance:team", args=["mauricie"])
    answer = client.post(page, {"email": "noa@exemple.test", "role": "delegate", "ends_on": "2099-03-31"})
    text = answer.content.decode()
    assert "Sélectionnez au moins un territoire" in text
    assert "noa@exemple.test" in text
    data = {"email": "noa@exemple.test", "role": "delegate", "ends_on": "2099-03-31", "territories": [MEKINAC]}
    text = client.post(page, data, follow=True).content.decode()
    assert "Invitation envoyée à noa@exemple.test" in text
    assert "Envoyée" in text


@pytest.mark.parametrize(
    "data", [{}, {"email": "a\x00@b.c", "role": "x", "ends_on": "2026-02-30", "territories": ["zz"]}]
)
def test_bad_input_gives_no_500(client, sacha, data):
    client.force_login(sacha)
    assert client.post(reverse("alliance:team", args=["mauricie"]), data).status_code == 200


def test_others_of_the_space_read(client, sacha):
    client.force_login(build.member("reader"))
    page = client.get(reverse("alliance:team", args=["mauricie"]))
    assert "Inviter une personne" not in page.content.decode()
    assert sacha.email in page.content.decode()
    assert (
        client.post(reverse("alliance:team", args=["mauricie"]), {"email": "x@y.test", "role": "reader"}).status_code
        == 404
    )


def test_the_page_costs_the_same_for_many(client, sacha, django_assert_max_num_queries):
    client.force_login(sacha)
    page = reverse("alliance:team", args=["mauricie"])
    client.get(page)
    for n in range(40):
        build.member("reader", email=f"lecture{n}@mauricie.test")
    build.delegate_of(MEKINAC)
    with django_assert_max_num_queries(16):  # SAVEPOINT and RELEASE included
        assert client.get(page).status_code == 200


def _end_each_other(monkeypatch, locked: bool) -> int:
    """Two managers end each other's access at the same moment; returns how many managers are left."""
    tenant = build.alliance()
    team = team_of_alliance(tenant)
    people = [build.member("manager", email=f"gestion{n}@mauricie.test") for n in range(2)]
    with alliance_scope(tenant.pk):
        rows = [row_of(person, "manager") for person in people]
    if not locked:
        monkeypatch.setattr(services, "lock_anchors", lambda team: team.anchors().count())
    # Each has counted before either writes; the lock makes the second wait for the first instead.
    meet = threading.Barrier(2, timeout=3)
    counted = services.lock_anchors

    def count_then_meet(team):
        number = counted(team)
        with suppress(threading.BrokenBarrierError):  # broken: the other one is waiting for our lock
            meet.wait()
        return number

    monkeypatch.setattr(services, "lock_anchors", count_then_meet)

    def act(n):
        with suppress(TeamRefused), alliance_scope(tenant.pk, people[n].pk):
            services.end_access(actor=build.actor(people[n], "manager"), team=team, member=rows[1 - n])
        connections.close_all()

    threads = [threading.Thread(target=act, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with alliance_scope(tenant.pk):
        return team.anchors().count()


@pytest.mark.django_db(transaction=True)
def test_two_managers_cannot_end_each_other(monkeypatch):
    assert _end_each_other(monkeypatch, locked=True) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_could(monkeypatch):
    """The control: the test above sees the lock, not luck."""
    assert _end_each_other(monkeypatch, locked=False) == 0
