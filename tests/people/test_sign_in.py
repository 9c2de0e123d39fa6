"""Sign-in, sign-up, forgotten passwords: our words, our outbox, no address told to a stranger, no endless tries."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import checks
from django.test import override_settings
from django.urls import reverse

from alliances.models import User
from alliances.people.checks import no_demonstration_account, no_demonstration_mail, second_factor_required
from alliances.people.demo import DEMO_PASSWORD, is_demo_address
from alliances.tenancy.scope import person_scope
from tests.support import build

pytestmark = pytest.mark.django_db
LOGIN = "/session/login/"
UNUSUAL = "trois mots sans lien"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture
def sacha():
    user = build.member("manager", email="gestion@mauricie.test")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, email="gestion@mauricie.test", password=build.PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def codes(outbox):
    return [letter.code for letter in outbox]


def test_sign_in_leads_to_the_arrival(client, sacha):
    assert sign_in(client).url == reverse("people:arrival")


def test_wrong_password_and_unknown_address_say_the_same(client, sacha):
    answers = [sign_in(client, password="non"), sign_in(client, email="inconnu@exemple.test")]
    for answer in answers:
        assert "L’adresse courriel ou le mot de passe ne correspond pas." in answer.content.decode()


def test_a_password_forgotten(client, sacha, outbox):
    """The link is ours whatever Host the request pretends, and the address of an account is not told."""
    page = reverse("account_reset_password")
    known = client.post(page, {"email": "Gestion@mauricie.test"}, follow=True)
    unknown = client.post(page, {"email": "inconnu@exemple.test"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert codes(outbox) == ["N03"]
    letter = outbox[0]
    assert (letter.person_id, letter.address) == (sacha.pk, "gestion@mauricie.test")
    assert letter.url.startswith("http://localhost:8000/session/")
    assert letter.url in letter.text
    client.get(letter.url.removeprefix("http://localhost:8000"), follow=True)
    uid = re.search(r"key/(\w+)-", letter.url)[1]
    form = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": "set-password"})
    weak = client.post(form, {"password1": "motdepasse", "password2": "motdepasse"})
    assert "Ce mot de passe est trop facile à deviner." in weak.content.decode()
    done = client.post(form, {"password1": UNUSUAL, "password2": UNUSUAL})
    assert done.status_code == 302, done.content.decode()
    sacha.refresh_from_db()
    assert sacha.check_password(UNUSUAL)
    assert codes(outbox) == ["N03", "N39"]


def test_an_account_is_opened_and_its_address_confirmed(client, outbox):
    page = reverse("account_signup")
    client.post(page, {"email": "Frederique@Entraide.test", "password1": UNUSUAL})
    assert codes(outbox) == ["N02"]
    assert User.objects.get().email == "frederique@entraide.test"
    # not before the address is confirmed
    assert client.get(reverse("people:spaces")).status_code == 302
    client.post(outbox[0].url.removeprefix("http://localhost:8000"))
    assert EmailAddress.objects.get().verified
    assert sign_in(client, "frederique@entraide.test", UNUSUAL).url == reverse("people:arrival")


def test_signing_up_does_not_tell_that_an_account_exists(client, sacha, outbox):
    page = reverse("account_signup")
    known = client.post(page, {"email": sacha.email, "password1": UNUSUAL})
    unknown = client.post(page, {"email": "inconnu@exemple.test", "password1": UNUSUAL})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert codes(outbox) == ["N38", "N02"]


def test_a_new_device_is_told_once(client, sacha, outbox):
    sign_in(client, headers={"user-agent": FIREFOX})
    client.post(reverse("account_logout"))
    sign_in(client)
    assert codes(outbox) == ["N04"]
    assert "Firefox, Windows" in outbox[0].text
    other = type(client)()
    other.cookies["device"] = "forgé"
    sign_in(other)
    assert codes(outbox) == ["N04", "N04"]


def test_the_cookie_of_one_person_does_not_hide_another(client, sacha, outbox):
    other = build.person("autre@exemple.test")
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    for email in (sacha.email, other.email, sacha.email, other.email):
        sign_in(client, email)
        client.post(reverse("account_logout"))
    assert [letter.person_id for letter in outbox] == [sacha.pk, other.pk]


def test_rotating_a_forged_header_does_not_escape_the_limit(client, sacha):
    """No proxy of ours is declared: what X-Forwarded-For says counts for nothing."""
    answers = [
        sign_in(client, email=f"x{n}@exemple.test", headers={"x-forwarded-for": f"10.0.{n}.1"}) for n in range(50)
    ]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert sum("Trop d’essais" in answer.content.decode() for answer in answers if answer.status_code == 200) >= 15


def test_one_address_is_tried_five_times(client, sacha):
    texts = [sign_in(client, password="non").content.decode() for _ in range(6)]
    assert ["Trop d’essais" in text for text in texts] == [False] * 5 + [True]
    assert "réessayez dans 5 minutes" in texts[-1]


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_declared_proxy_two_persons_do_not_block_each_other(client, sacha):
    for n in range(12):
        last = sign_in(client, email=f"x{n}@exemple.test", headers={"x-forwarded-for": f"9.9.9.{n}, 203.0.113.7"})
    assert "Trop d’essais" in last.content.decode()
    other = sign_in(client, headers={"x-forwarded-for": "203.0.113.8"})
    assert other.url == reverse("people:arrival")


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=2)
def test_a_request_that_came_round_the_proxies_is_no_error(client, sacha):
    assert sign_in(client, headers={"x-forwarded-for": "203.0.113.8"}).status_code == 302


def test_the_sessions_are_listed_and_closed(client, sacha):
    other = type(client)()
    sign_in(client)
    sign_in(other)
    page = reverse("usersessions_list")
    assert client.get(page).content.decode().count("<tr>") == 3
    client.post(page)
    assert other.get(reverse("people:spaces")).status_code == 302
    assert client.get(reverse("people:spaces")).status_code == 200


def test_a_closed_account_signs_in_no_more(client, sacha):
    User.objects.update(is_active=False)
    assert sign_in(client).url == reverse("account_inactive")
    assert client.get(reverse("people:spaces")).status_code == 302


@pytest.fixture
def demo_account():
    user = build.person("gestion@mauricie.demo.test")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_a_demonstration_account_signs_in_to_a_demonstration_only(client, demo_account):
    assert build.PASSWORD == DEMO_PASSWORD
    assert sign_in(client, demo_account.email).url == reverse("people:arrival")
    assert client.get(reverse("people:spaces")).status_code == 200
    with override_settings(DEMO=False):
        # the session from before, the password, and what needs neither
        assert client.get(reverse("people:spaces")).status_code == 302
        client.logout()
        assert sign_in(client, demo_account.email).url == reverse("account_inactive")
        assert client.get(reverse("people:spaces")).status_code == 302


def test_what_counts_as_a_demonstration_address():
    assert is_demo_address(" Gestion@Mauricie.DEMO.test ")
    assert not is_demo_address("gestion@mauricie.test")


def test_production_is_refused_with_a_demonstration_in_it(demo_account):
    databases = ["default"]
    assert no_demonstration_account(None, databases=databases) == []
    with override_settings(DEMO=False, EMAIL_BACKEND="alliances.notices.backends.DemoOutbox", MFA_REQUIRED=False):
        assert [found.id for found in no_demonstration_account(None, databases=databases)] == ["portal.E002"]
        assert [found.id for found in no_demonstration_mail(None)] == ["portal.E001"]
        assert [found.id for found in second_factor_required(None)] == ["portal.W001"]
        ids = {found.id for found in checks.run_checks(include_deployment_checks=True, databases=databases)}
        assert {"portal.E001", "portal.E002", "portal.W001"} <= ids


def test_what_the_portal_wrote_is_among_the_persons_notices(client, sacha):
    sign_in(client)
    page = client.get(reverse("people:notices"))
    assert "Session ouverte depuis un nouvel appareil" in page.content.decode()
    with person_scope(sacha.pk):
        assert page.context["page"].paginator.count == 1
