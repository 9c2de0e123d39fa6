"""Where it is required, staff and the ministry open no space without a second proof."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from alliances.people.middleware import _STAFF_SPACES
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)
TEAM = "/a/mauricie/equipe/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.MFA_REQUIRED = True


@pytest.fixture
def sacha():
    return signed_up(build.member("manager", email="gestion@mauricie.test"))


def signed_up(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, user):
    return client.post("/session/login/", {"login": user.email, "password": build.PASSWORD}, follow=True)


def confirm(client):
    """A setting of security asks for the password again."""
    client.post(reverse("account_reauthenticate"), {"password": build.PASSWORD})


def code_of(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def test_without_it_one_is_led_to_the_set_up(client, sacha):
    page = sign_in(client, sacha)
    assert page.redirect_chain[-1][0].startswith(reverse("people:second_factor"))
    text = page.content.decode()
    assert reverse("mfa_activate_totp") in text
    assert reverse("mfa_add_webauthn") in text
    answer = client.get(TEAM)
    assert answer.url == f"{reverse('people:second_factor')}?next=%2Fa%2Fmauricie%2Fequipe%2F"


def test_setting_it_up_opens_the_space_in_the_same_session(client, sacha, outbox):
    sign_in(client, sacha)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    confirm(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = client.session["mfa.totp.secret"]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Ce code n’est pas le bon ou a déjà servi." in wrong.content.decode()
    codes = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert codes.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 10
    assert client.get(TEAM).status_code == 200
    assert client.get(f"{reverse('people:second_factor')}?next={TEAM}").url == TEAM
    assert client.get(f"{reverse('people:second_factor')}?next=//ailleurs.test/").url == reverse("people:arrival")


def test_a_code_is_asked_at_the_sign_in_and_counts(client, sacha):
    secret = generate_totp_secret()
    TOTP.activate(sacha, secret)
    page = sign_in(client, sacha)
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_authenticate"))
    assert client.get(TEAM).url.startswith("/session/login/")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(TEAM).status_code == 200


def test_removing_it_closes_the_space_again(client, sacha, outbox):
    secret = generate_totp_secret()
    TOTP.activate(sacha, secret)
    sign_in(client, sacha)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    confirm(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get(TEAM).url.startswith(reverse("people:second_factor"))
    assert [letter.code for letter in outbox] == ["N04", "N39"]
    assert "L’application d’authentification a été désactivée" in outbox[-1].text


def test_a_passkey_counts(client, sacha):
    client.force_login(sacha)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "passwordless": True, "at": time.time(), "id": 1}
    ]
    session["account_authentication_methods_user"] = str(sacha.pk)
    session.save()
    assert client.get(TEAM).status_code == 200


def test_the_proof_of_somebody_else_does_not_count(client, sacha):
    client.force_login(sacha)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(sacha.pk + 1)
    session.save()
    assert client.get(TEAM).status_code == 302


def test_a_space_that_is_not_ones_own_stays_unknown(client, sacha):
    client.force_login(sacha)
    assert client.get("/a/estrie/equipe/").status_code == 404
    assert client.get("/ministere/equipe/").status_code == 404


def test_promoters_are_not_asked(client):
    of, alex = build.organisation(), build.promoter("manager")
    client.force_login(alex)
    assert client.get(reverse("promoter:team", args=[of.pk])).status_code == 200
    assert "promoter" not in _STAFF_SPACES


def test_the_ministry_is_asked(client):
    client.force_login(build.ministry_member("administrator"))
    assert client.get("/ministere/equipe/").url.startswith(reverse("people:second_factor"))


def test_where_it_is_not_required_nobody_is_asked(client, sacha, settings):
    settings.MFA_REQUIRED = False
    client.force_login(sacha)
    assert client.get(TEAM).status_code == 200
