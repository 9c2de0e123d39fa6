"""The first people of a production: invited from the console, by the ordinary invitation."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from alliances.models import AuditEvent, User
from alliances.tenancy.scope import ministry_scope, promoter_scope
from tests.support import build

pytestmark = pytest.mark.django_db
PASSWORD = "trois mots sans lien"


def invited(outbox, client, *arguments):
    """The path after the arrival of who follows the link of the invitation that the command has sent."""
    call_command("invite_administrator", "prenom.nom@exemple.test", *arguments)
    letter = outbox[-1]
    assert (letter.code, letter.address) == ("N01", "prenom.nom@exemple.test")
    assert "L’équipe du Portail des Alliances vous invite" in letter.text
    path = re.search(r"(/invitation/[\w-]+/)", letter.text)[1]
    assert client.get(path).status_code == 200
    client.post(path, {"first_name": "Camille", "last_name": "Exemple", "password": PASSWORD})
    return client.get(reverse("people:arrival")).url


def test_the_first_administrator_of_the_ministry(client, outbox):
    assert invited(outbox, client) == reverse("ministry:home")
    assert client.get(reverse("ministry:team")).status_code == 200
    me = User.objects.get(email="prenom.nom@exemple.test")
    with ministry_scope(me.pk):
        told = list(AuditEvent.objects.order_by("id").values_list("verb", "person_id"))
    assert told == [("invitation.sent", None), ("invitation.accepted", me.pk), ("membership.granted", me.pk)]
    with pytest.raises(CommandError, match="gère déjà"):
        call_command("invite_administrator", "autre@exemple.test")


def test_the_first_manager_of_an_alliance(client, outbox):
    assert invited(outbox, client, "--alliance", "mauricie") == "/a/mauricie/"
    assert client.get(reverse("alliance:team", args=["mauricie"])).status_code == 200
    with pytest.raises(CommandError, match="gère déjà"):
        call_command("invite_administrator", "autre@exemple.test", alliance="mauricie")


def test_the_first_manager_of_an_organisation(client, outbox):
    of = build.organisation()
    assert invited(outbox, client, "--organisation", of.neq) == reverse("promoter:home", args=[of.pk])
    with promoter_scope(of.pk):
        assert AuditEvent.objects.count() == 3
    with pytest.raises(CommandError, match="gère déjà"):
        call_command("invite_administrator", "autre@exemple.test", organisation=of.neq)


@pytest.mark.parametrize(
    ("email", "where"),
    [("pas une adresse", {}), ("a@b.test", {"alliance": "atlantide"}), ("a@b.test", {"organisation": "1100000000"})],
)
def test_what_cannot_be_is_said(outbox, email, where):
    with pytest.raises(CommandError):
        call_command("invite_administrator", email, **where)
    assert not outbox
