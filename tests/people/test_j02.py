"""J02: a team takes possession of its space."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from alliances.models import AllianceMembership, AuditEvent, User
from alliances.people import services
from alliances.tenancy.access import Actor
from alliances.tenancy.scope import alliance_scope, ministry_scope
from regions.territory.access import territories_of
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "trois mots sans lien"
MEKINAC = "350"
TEAM = "/a/mauricie/equipe/"


def path_in(letter):
    return re.search(r"http://localhost:8000(/invitation/[\w-]+/)", letter.text)[1]


def join(client, path, first_name, last_name):
    page = client.get(path)
    assert page.status_code == 200
    return client.post(path, {"first_name": first_name, "last_name": last_name, "password": PASSWORD})


def test_a_team_takes_possession_of_its_space(client, outbox, settings):
    settings.MFA_REQUIRED = True
    sam = build.ministry_member("administrator")
    with ministry_scope(sam.pk):
        services.invite_first_manager(
            actor=Actor(sam.pk, str(sam), frozenset({"administrator"})),
            alliance=build.alliance(),
            email="gestion@mauricie.demo.test",
        )

    # 1. Sacha's address is fixed; a password, the second step, ten recovery codes
    join(client, path_in(outbox[-1]), "Sacha", "Exemple")
    assert [letter.code for letter in outbox] == ["N01", "N04"]
    assert client.get(TEAM).url.startswith(reverse("people:second_factor"))
    settings.MFA_REQUIRED = False  # the set-up itself: test_second_factor

    # 2. three invitations, « Envoyée », 72 hours
    until = timezone.localdate() + timedelta(days=60)
    wanted = [
        {"email": "agent@mauricie.demo.test", "role": "officer"},
        {"email": "finance@mauricie.demo.test", "role": "finance"},
        {"email": "delegue.mekinac@mauricie.demo.test", "role": "delegate", "territories": [MEKINAC],
         "ends_on": until.isoformat()},
    ]  # fmt: skip
    for data in wanted:
        page = client.post(TEAM, data, follow=True)
        assert page.status_code == 200
    assert page.content.decode().count("Envoyée") == 3
    letters = {letter.address: letter for letter in outbox if letter.code == "N01"}
    assert len(letters) == 4
    assert "Délégation – Mékinac" in letters["delegue.mekinac@mauricie.demo.test"].text

    # 3. Noa's link opened by somebody else who has a session, then a second time
    path = path_in(letters["delegue.mekinac@mauricie.demo.test"])
    assert "adressée à une autre personne" in client.get(path).content.decode()
    visitors = [type(client)() for _ in wanted]
    for visitor, data, name in zip(visitors, wanted, ("Dominique", "Andréa", "Noa"), strict=True):
        join(visitor, path_in(letters[data["email"]]), name, "Témoin")
    assert "n’est plus valable" in type(client)().get(path).content.decode()

    # 4. Noa follows Mékinac and nothing else; a page of others answers like an unknown one
    noa, noa_client = User.objects.get(first_name="Noa"), visitors[2]
    page = noa_client.get(TEAM)
    access = page.wsgi_request.access
    with alliance_scope(build.alliance().pk, noa.pk), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM territory WHERE code = %s", [MEKINAC])
        assert territories_of(access) == {cursor.fetchone()[0]}
    unknown, foreign = noa_client.get(f"{TEAM}999999/role/"), noa_client.get("/a/estrie/equipe/")
    assert (unknown.status_code, foreign.status_code) == (404, 404)
    assert unknown.content == foreign.content

    # 5. the day after the last one, Noa's next request answers 404
    with alliance_scope(build.alliance().pk):
        AllianceMembership.objects.filter(person_id=noa.pk).update(ends_on=timezone.localdate())
    assert noa_client.get(TEAM).status_code == 200
    with alliance_scope(build.alliance().pk):
        AllianceMembership.objects.filter(person_id=noa.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert noa_client.get(TEAM).status_code == 404

    # what the journal and the outbox hold, and nothing more
    with alliance_scope(build.alliance().pk):
        found = list(AuditEvent.objects.filter(alliance_id=build.alliance().pk).values_list("verb", flat=True))
    assert sorted(found) == sorted(
        ["invitation.sent", "invitation.accepted", "membership.granted"] * 3
        + ["invitation.accepted", "membership.granted"]  # Sacha's own, from J01
        + ["access.denied"] * found.count("access.denied")
    )
    assert sorted(letter.code for letter in outbox) == ["N01"] * 4 + ["N04"] * 4


def test_a_delegates_missing_page_is_audited(client):
    noa = build.delegate_of(MEKINAC)
    client.force_login(noa)
    assert client.get("/a/mauricie/projets/999999/").status_code == 404
    with alliance_scope(build.alliance().pk):
        event = AuditEvent.objects.get(verb="access.denied")
    assert (event.person_id, event.facts["path"]) == (noa.pk, "/a/mauricie/projets/999999/")


def test_a_door_of_another_space_is_audited_without_telling_it(client):
    noa = build.delegate_of(MEKINAC)
    client.force_login(noa)
    client.get("/a/estrie/equipe/")
    with ministry_scope():
        event = AuditEvent.objects.get(verb="access.denied")
    assert (event.alliance_id, event.person_id) == (None, noa.pk)
    with alliance_scope(build.alliance("estrie").pk):
        assert not AuditEvent.objects.exists()
