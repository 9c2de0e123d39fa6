"""The pages of sign-in and of one's account: reachable, in our words, refusing with our messages."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from alliances.look.typography import typeset
from tests.support import build

pytestmark = pytest.mark.django_db

FOREIGN = re.compile(r"\b(?:e-mail|sign|login|password|se connecter|connexion|identifiant)\b", re.IGNORECASE)
OPEN = {
    "account_login": "Ouvrir une session",
    "account_signup": "Créer un compte",
    "account_reset_password": "Choisir un nouveau mot de passe",
    "account_reset_password_done": "Consultez vos courriels",
    "account_email_verification_sent": "Confirmez votre adresse courriel",
    "account_inactive": "Ce compte est fermé",
}
OWN = {
    "mfa_index": "Vérification en deux étapes",
    "mfa_list_webauthn": "Clés d’accès",
    "account_change_password": "Mot de passe",
    "account_email": "Adresse courriel",
    "usersessions_list": "Sessions ouvertes",
    "account_logout": "Fermer la session?",
}


def read(response):
    """The words of a page: no tags, no scripts."""
    html = response.content.decode()
    html = re.sub(r"<(script|svg)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]*>", "\n", html))


@pytest.mark.parametrize(("name", "title"), OPEN.items())
def test_pages_before_a_session(client, name, title):
    response = client.get(reverse(name))
    assert response.status_code == 200
    words = read(response)
    assert title in words
    assert not FOREIGN.search(words)
    assert all(typeset(line) == line for line in words.split("\n"))


@pytest.fixture
def person():
    return build.person("sacha@exemple.org")


def test_the_codes_that_are_left_are_counted(client, person):
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person)
    client.force_login(person)
    assert "10 codes peuvent encore servir." in read(client.get(reverse("mfa_index")))
    assert codes.validate_code(codes.get_unused_codes()[0])
    assert "9 codes peuvent encore servir." in read(client.get(reverse("mfa_index")))


@pytest.mark.parametrize(("name", "title"), OWN.items())
def test_pages_of_an_account(client, person, name, title):
    client.force_login(person)
    response = client.get(reverse(name))
    assert response.status_code == 200
    words = read(response)
    assert title in words
    assert not FOREIGN.search(words)


def test_a_wrong_password_says_no_more_than_it_should(client, person):
    for address in ("sacha@exemple.org", "personne@exemple.org"):
        response = client.post(reverse("account_login"), {"login": address, "password": "faux"})
        words = read(response)
        assert "L’adresse courriel ou le mot de passe ne correspond pas." in words
        assert "1 renseignement est à corriger" in words
        assert "<title>1 renseignement à corriger" in response.content.decode()


@pytest.mark.parametrize("login", ["\x00", "a\x00@b.ca", "x" * 100_000, "a@b.ca\nBcc: c@d.ca"])
def test_bad_input_at_the_door_is_answered(client, login):
    response = client.post(reverse("account_login"), {"login": login, "password": "x\x00"})
    assert response.status_code == 200
