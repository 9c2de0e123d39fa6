"""The pages of a person, and the spaces one may switch to."""

import pytest
from django.urls import reverse

from alliances.models import AuditEvent, User
from alliances.tenancy.access import PORTAL
from alliances.tenancy.scope import person_scope
from tests.support import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def sacha(client):
    user = build.member("manager", email="gestion@mauricie.test")
    client.force_login(user)
    return user


def test_the_only_space_opens_at_once(client, sacha):
    assert client.get(reverse("people:arrival")).url == "/a/mauricie/"


def test_several_spaces_are_offered(client, sacha):
    build.member("officer", of="estrie", email=sacha.email)
    assert client.get(reverse("people:arrival")).url == reverse("people:spaces")
    page = client.get(reverse("people:spaces"))
    assert [space.label for space in page.context["spaces"]] == ["Mauricie", "Estrie"]
    assert b'href="/a/estrie/"' in page.content


def test_a_person_without_space_is_told_how_to_get_one(client):
    client.force_login(build.person("seul@exemple.test"))
    page = client.get(reverse("people:arrival"), follow=True)
    assert "On entre dans un espace par invitation" in page.content.decode()


@pytest.mark.parametrize("name", ["arrival", "spaces", "account", "notices", "second_factor"])
def test_pages_of_a_person_ask_for_a_session(client, name):
    answer = client.get(reverse(f"people:{name}"))
    assert answer.status_code == 302
    assert answer.url.startswith("/session/login/")


def test_one_changes_ones_own_name_and_nobody_elses(client, sacha):
    other = build.person("autre@exemple.test", first_name="Alix")
    page = client.get(reverse("people:account"))
    assert sacha.email in page.content.decode()
    data = {"first_name": "Sacha-Lou", "last_name": "O’Neil", "language": "fr-ca", "id": other.pk}
    client.post(reverse("people:account"), data)
    sacha.refresh_from_db()
    other.refresh_from_db()
    assert (str(sacha), other.first_name) == ("Sacha-Lou O’Neil", "Alix")
    with person_scope(sacha.pk):
        assert AuditEvent.objects.filter(verb="person.renamed", person_id=sacha.pk).count() == 1


def test_bad_input_stays_and_is_told(client, sacha):
    page = client.post(reverse("people:account"), {"first_name": "a\x00b", "last_name": "", "language": "xx"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "caractère invisible" in text
    assert "Inscrivez votre nom." in text
    assert "Ce choix n’est plus offert" in text


def test_the_language_is_the_persons(client, sacha):
    User.objects.filter(pk=sacha.pk).update(language="en")
    assert 'lang="en-CA"' in client.get(reverse("people:account")).content.decode()
    assert 'lang="fr-CA"' in client.get(reverse("account_logout")).content.decode()
    assert PORTAL.name == "Le portail"


def test_a_deactivated_person_is_out_at_the_next_request(client, sacha):
    assert client.get(reverse("people:spaces")).status_code == 200
    User.objects.filter(pk=sacha.pk).update(is_active=False)
    assert client.get(reverse("people:spaces")).url.startswith("/session/login/")
