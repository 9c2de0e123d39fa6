"""The link of an invitation: for one address, once, for 72 hours; only its hash is kept."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from alliances.models import AllianceMembership, AuditEvent, Invitation, Notice, OrganisationMembership, User
from alliances.people import joining, services
from alliances.people.actors import Actor
from alliances.people.teams import team_of_alliance, team_of_organisation
from alliances.tenancy.scope import alliance_scope, person_scope, promoter_scope
from tests.support import build

pytestmark = pytest.mark.django_db
PASSWORD = "trois mots sans lien"


@pytest.fixture
def sacha():
    return build.member("manager", email="gestion@mauricie.test")


def secret_in(letter) -> str:
    assert letter.code == "N01"
    return re.search(r"/invitation/([\w-]+)/", letter.text)[1]


@pytest.fixture
def invite(sacha, outbox):
    """Sends an invitation; returns the link's secret, as it stands in the e-mail."""

    def sent(email="agent@mauricie.test", role="officer", **more) -> str:
        tenant = build.alliance()
        with alliance_scope(tenant.pk, sacha.pk):
            services.invite(
                actor=build.actor(sacha, "manager"), team=team_of_alliance(tenant), email=email, role=role, **more
            )
        return secret_in(outbox[-1])

    return sent


def link(secret):
    return reverse("people:invitation", args=[secret])


def join(client, secret, **data):
    return client.post(link(secret), {"first_name": "Dominique", "last_name": "Témoin", "password": PASSWORD, **data})


def later(hours):
    """The invitation was sent `hours` earlier than it says."""
    with alliance_scope(build.alliance().pk):
        for row in Invitation.objects.all():
            row.expires_at -= timedelta(hours=hours)
            row.save(update_fields=["expires_at"])


def test_only_the_hash_is_kept(sacha, invite):
    secret = invite()
    assert len(secret) >= 22  # 128 bits in base64
    with alliance_scope(build.alliance().pk):
        row = Invitation.objects.get()
    assert row.token_hash == services.hashed(secret)
    assert secret not in str(row.__dict__)
    assert row.expires_at - row.sent_at == timedelta(hours=72)


def test_a_new_person_joins_with_the_invited_address(client, sacha, invite):
    secret = invite()
    page = client.get(link(secret)).content.decode()
    assert "agent@mauricie.test" in page
    assert 'name="email"' not in page
    answer = join(client, secret, email="autre@exemple.test")
    assert answer.url == reverse("people:arrival")
    user = User.objects.get(email="agent@mauricie.test")
    assert str(user) == "Dominique Témoin"
    assert user.emailaddress_set.get().verified
    assert client.get(reverse("people:arrival")).url == "/a/mauricie/"
    with alliance_scope(build.alliance().pk):
        assert AllianceMembership.objects.get(person_id=user.pk).role == "officer"
        events = AuditEvent.objects.order_by("pk").values_list("verb", "person_id")
        assert list(events) == [
            ("invitation.sent", sacha.pk),
            ("invitation.accepted", user.pk),
            ("membership.granted", user.pk),
        ]


@pytest.mark.parametrize("password", ["court", "123456789012345", "motdepasse", "agent@mauricie.test", ""])
def test_a_weak_password_opens_no_account(client, sacha, password, invite):
    secret = invite()
    page = join(client, secret, password=password)
    assert page.status_code == 200
    assert 'value="Dominique"' in page.content.decode()
    assert not User.objects.filter(email="agent@mauricie.test").exists()


def test_an_invitation_serves_once(client, sacha, invite):
    secret = invite()
    join(client, secret)
    client.logout()
    page = client.get(link(secret))
    assert page.status_code == 410
    assert "Demandez-en une nouvelle à Manager Exemple" in page.content.decode()


def test_an_invitation_expires(client, sacha, invite):
    secret = invite()
    later(hours=71)
    assert client.get(link(secret)).status_code == 200
    later(hours=2)
    assert client.get(link(secret)).status_code == 410
    assert join(client, secret).status_code == 410
    assert not User.objects.filter(email="agent@mauricie.test").exists()


def test_a_cancelled_invitation_opens_nothing(client, sacha, invite):
    secret = invite()
    with alliance_scope(build.alliance().pk, sacha.pk):
        services.cancel_invitation(
            actor=build.actor(sacha, "manager"),
            team=team_of_alliance(build.alliance()),
            invitation=Invitation.objects.get(),
        )
    assert join(client, secret).status_code == 410


def test_an_unknown_secret_says_no_more(client, db):
    page = client.get(link("jamais-envoye"))
    assert page.status_code == 404
    assert "Demandez-en une nouvelle" in page.content.decode()


def test_an_existing_person_signs_in_and_accepts(client, sacha, invite):
    dominique = build.person("agent@mauricie.test")
    secret = invite(email="Agent@Mauricie.test")
    page = client.get(link(secret)).content.decode()
    assert f"/session/login/?next={link(secret)}" in page
    assert "password" not in page
    assert join(client, secret).status_code == 200  # nothing: an account stands there already
    client.force_login(dominique)
    assert "Accepter l’invitation" in client.get(link(secret)).content.decode()
    assert client.post(link(secret)).url == reverse("people:arrival")
    assert client.get(reverse("people:arrival")).url == "/a/mauricie/"


def test_somebody_elses_invitation(client, sacha, invite):
    build.person("noa@exemple.test")
    secret = invite(email="noa@exemple.test")
    other = build.person("autre@exemple.test")
    client.force_login(other)
    for answer in (client.get(link(secret)), client.post(link(secret))):
        assert answer.status_code == 403
        assert "adressée à une autre personne" in answer.content.decode()
        assert "noa@exemple.test" not in answer.content.decode()
    # the database refuses by itself
    assert not joining.accept(actor=Actor(other.pk, "autre"), secret=secret)


def test_one_cannot_accept_ones_own_invitation(sacha):
    """By the page it cannot even be sent; this is the database's own refusal."""
    tenant = build.alliance()
    with alliance_scope(tenant.pk, sacha.pk):
        Invitation.objects.create(
            alliance=tenant, email=sacha.email, role="finance", token_hash=services.hashed("x"), sent_by_id=sacha.pk,
            expires_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
    assert not joining.accept(actor=build.actor(sacha), secret="x")


def test_the_database_refuses_what_the_page_would(client, sacha, invite):
    noa = build.person("noa@exemple.test")
    actor = Actor(noa.pk, "Noa")
    secret = invite(email="noa@exemple.test")
    later(hours=73)
    assert not joining.accept(actor=actor, secret=secret)
    later(hours=-73)
    assert joining.accept(actor=actor, secret=secret)
    assert not joining.accept(actor=actor, secret=secret)


def test_a_new_delegation_replaces_the_old(sacha, invite):
    noa = build.delegate_of("350")
    with alliance_scope(build.alliance().pk):
        row = AllianceMembership.objects.get(person_id=noa.pk)
        row.ends_on = timezone.localdate() - timedelta(days=1)
        row.save()
    until = timezone.localdate() + timedelta(days=90)
    secret = invite(email=noa.email, role="delegate", ends_on=until, territory_codes=("360",))
    assert joining.accept(actor=Actor(noa.pk, "Noa"), secret=secret)
    with alliance_scope(build.alliance().pk), connection.cursor() as cursor:
        cursor.execute("SELECT t.code FROM territory_permission p JOIN territory t ON t.id = p.content_object_id")
        assert cursor.fetchall() == [("360",)]


def test_an_organisation_invites(client, outbox):
    of, alex = build.organisation(), build.promoter("manager")
    with promoter_scope(of.pk, alex.pk):
        services.invite(
            actor=build.actor(alex, "manager"), team=team_of_organisation(of), email="lou@entraide.test", role="editor"
        )
    secret = secret_in(outbox[-1])
    join(client, secret)
    user = User.objects.get(email="lou@entraide.test")
    with promoter_scope(of.pk, user.pk):
        assert OrganisationMembership.objects.get(person_id=user.pk).role == "editor"
        assert AuditEvent.objects.filter(organisation_id=of.pk).count() == 3
    assert client.get(reverse("people:arrival")).url == reverse("promoter:home", args=[of.pk])


def test_bad_input_gives_no_500(client, sacha, invite):
    secret = invite()
    assert join(client, secret, first_name="\x00", password="\x00" * 20).status_code == 200
    assert client.get(link("%00")).status_code == 404
    assert client.get(link("é" * 2000)).status_code == 404


def test_the_notice_is_nobodys_to_read(sacha, invite):
    invite()
    with person_scope(sacha.pk):
        assert not Notice.objects.exists()
