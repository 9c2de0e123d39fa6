"""What a browser, or who pretends to be one, may not do: cookies, caches, forged hosts, foreign forms, open doors."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alliances.models import User
from tests.support import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def sacha():
    user = build.member("manager")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


SIGNED_IN = ["/compte/", "/avis/", "/espaces/", "/a/mauricie/projets/", "/a/estrie/projets/", "/", "/aide/"]


@pytest.mark.parametrize("path", SIGNED_IN)
def test_no_cache_keeps_a_page_of_somebody(client, sacha, path):
    client.force_login(sacha)
    kept = client.get(path).headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def signed_in(client, sacha, follow_to=""):
    where = reverse("account_login")
    data = {"login": sacha.email, "password": build.PASSWORD, "next": follow_to}
    return client.post(where, data)


def test_a_session_begins_anew_at_the_sign_in(client, sacha):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key
    signed_in(client, sacha)
    after = client.cookies[settings.SESSION_COOKIE_NAME]
    assert after.value != before
    assert after["httponly"]
    assert after["samesite"] == "Lax"


@pytest.mark.parametrize(
    "target",
    ["//ailleurs.test/", "https://ailleurs.test/", "/\\ailleurs.test", "javascript:alert(1)", "https:ailleurs"],
)
def test_the_sign_in_leads_nowhere_else(client, sacha, target):
    assert signed_in(client, sacha, target).url == reverse("people:arrival")
    client.force_login(sacha)
    query = {"next": target}
    assert "ailleurs" not in client.get(reverse("people:second_factor"), query).headers.get("Location", "")
    assert "ailleurs" not in client.get(reverse("account_login"), query).headers.get("Location", "")
    assert "ailleurs" not in client.post(reverse("account_logout"), query).headers.get("Location", "")


def test_a_form_from_elsewhere_is_refused(sacha):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sacha)
    for path in ("/compte/", "/a/mauricie/equipe/", "/a/mauricie/projets/nouveau/", reverse("account_logout")):
        assert strict.post(path, {"first_name": "Volé"}).status_code == 403, path


def test_a_forged_host_is_refused_and_never_written(client, sacha):
    assert client.get("/", headers={"host": "ailleurs.test"}).status_code == 400
    assert client.get("/", headers={"x-forwarded-host": "ailleurs.test"}).status_code == 200


def test_nobody_makes_oneself_more_than_one_is(client, sacha):
    client.force_login(sacha)
    data = {"first_name": "Sacha", "last_name": "Exemple", "language": "fr-ca", "email": "autre@exemple.test"}
    data |= {"is_staff": "1", "is_superuser": "1", "id": "1", "person_id": "1", "role": "administrator"}
    client.post("/compte/", data)
    me = User.objects.get(pk=sacha.pk)
    assert (me.email, me.is_superuser) == (sacha.email, False)


@pytest.mark.parametrize("name", ["A\r\nBcc: tous@exemple.test", "A\nB", "A\x0bB", "\u202eA"])
def test_a_name_is_one_line(client, sacha, name):
    client.force_login(sacha)
    client.post("/compte/", {"first_name": name, "last_name": "Exemple", "language": "fr-ca"})
    kept = User.objects.get(pk=sacha.pk).first_name
    assert not set(kept) & set("\r\n\x0b\u202e")
