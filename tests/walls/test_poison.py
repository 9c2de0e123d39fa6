"""Every form of every page takes poison: never a 500, nothing half written, nothing changed that no field offers."""

from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from alliances.models import AllianceMembership
from alliances.tenancy.scope import alliance_scope
from projects.models import Award, Instalment, Project
from tests.support import build
from tests.walls.addresses import ADDRESSES
from tests.walls.test_addresses import World, as_

pytestmark = pytest.mark.django_db

POISON = {
    "NUL": "a\x00b",
    "lone surrogate": "a\udc80b",
    "a million": "x" * 1_000_000,
    "infinite": "1e999",
    "not a number": "NaN",
    "ambiguous": "12,345.67",
    "three decimals": "12,345",
    "negative": "-5",
    "30 February": "2026-02-30",
    "year 9999": "9999-12-31",
    "foreign id": "999999999999999999999999",
    "markup": "<script>alert(1)</script>{{7*7}}{% load x %}",
    "header": "a\r\nBcc: b@exemple.test",
    "right to left": "\u202egnirts",
    "syllabics and emoji": "ᓄᓇᕕᒃ 😀",
}


class Forms(HTMLParser):
    """The forms of a page that post: (address, names of their controls)."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._open = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._open = (given.get("action", ""), {}) if given.get("method", "").lower() == "post" else None
            if self._open:
                self.found.append(self._open)
        elif tag in {"input", "select", "textarea"} and self._open and given.get("name"):
            kept = given.get("type") in {"hidden"} or given["name"].endswith(("_FORMS", "version"))
            self._open[1][given["name"]] = given.get("value", "") if kept else None

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


def forms_of(client, address: str):
    page = client.get(address)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return []
    html = page.content.decode().partition("<main")[2]
    return [(action or address, fields) for action, fields in Forms(html).found if "logout" not in action]


def bodies(client, address: str):
    """(where it posts, fields) of each form of a page, with the poison in every control that a person fills."""
    for action, fields in forms_of(client, address):
        names = [name for name, value in fields.items() if value is None]
        if names:
            yield action, {name: value for name, value in fields.items() if value is not None}, names


def send(client, address: str, fields: dict[str, str]):
    """Post as a browser does, surrogates included: the test client would take bytes for a list of numbers."""
    body = urlencode({name: text.encode("utf-8", "surrogatepass") for name, text in fields.items()})
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


@pytest.fixture
def world(db):
    return World()


def every_form(world):
    """(page, client, address, fields as they stand, names a person fills), each page read once."""
    for name, who in ADDRESSES.items():
        user = world.people[who.split()[0]]
        client = as_(user)
        for action, kept, names in bodies(client, world.address(name, user)):
            yield name, client, action, kept, names


def test_no_form_breaks(world):
    forms = list(every_form(world))
    assert len({name for name, *_ in forms}) > 10
    for name, client, action, kept, names in forms:
        for kind, value in POISON.items():
            body = kept | dict.fromkeys(names, value)
            answer = send(client, action, body)
            assert answer.status_code in {200, 302, 400, 404, 409, 413, 422}, f"{name}, {kind}: {answer.status_code}"
            assert answer.status_code != 200 or "<script>alert" not in answer.content.decode(), f"{name}, {kind}"


def test_no_question_in_an_address_breaks(world):
    asked = [
        "q",
        "etat",
        "territoire",
        "priorite",
        "exercice",
        "organisme",
        "tri",
        "apres",
        "avant",
        "page",
        "curseur",
        "projet",
        "branche",
        "entente",
        "du",
        "au",
    ]
    for name, who in ADDRESSES.items():
        user = world.people[who.split()[0]]
        client, address = as_(user), world.address(name, user)
        for kind, value in POISON.items():
            value = quote(value[:2000].encode("utf-8", "surrogatepass"))
            answer = client.get(f"{address}?" + "&".join(f"{question}={value}" for question in asked))
            assert answer.status_code in {200, 302, 400, 404, 405, 410}, f"{name}, {kind}: {answer.status_code}"


def snapshot():
    """What no form of a project, an award or a person may change."""
    tenant = build.alliance().pk
    with alliance_scope(tenant):
        return {
            model: list(model.objects.filter(alliance_id=tenant).order_by("pk").values_list(*columns))
            for model, columns in {
                Project: (
                    "pk",
                    "alliance_id",
                    "number",
                    "state",
                    "reserved",
                    "committed",
                    "paid",
                    "awarded_on",
                    "created_by_id",
                ),
                Award: ("pk", "state", "requested_by_id", "decided_by_id", "amount"),
                Instalment: ("pk", "state", "amount", "requested_by_id", "approved_by_id", "paid_on"),
                AllianceMembership: ("pk", "role", "person_id", "ends_on"),
            }.items()
        }


def test_fields_that_no_form_offers_change_nothing(world):
    every_field = {
        field.attname: "1"
        for model in apps.get_models()
        if model.__module__.startswith(("alliances", "regions", "projects", "reporting"))
        for field in model._meta.local_concrete_fields
    } | {"state": "closed", "role": "manager", "is_superuser": "on", "paid": "5", "committed": "5"}
    before = snapshot()
    for _, client, action, kept, names in list(every_form(world)):
        # what the form offers stays empty: a refused form, whatever comes beside it
        body = {key: value for key, value in every_field.items() if key not in names} | kept | dict.fromkeys(names, "")
        assert client.post(action, body).status_code < 500, action
    after = snapshot()
    for model, rows in before.items():
        assert set(rows) <= set(after[model]), model


def test_sign_in_pages_take_poison():
    client = Client()
    for address in map(reverse, ("account_login", "account_signup", "account_reset_password", "public:verify")):
        for value in POISON.values():
            answer = send(client, address, dict.fromkeys(("login", "password", "email", "password1", "code"), value))
            assert answer.status_code in {200, 302, 400, 404, 405, 413, 422, 429}, f"{address}: {answer.status_code}"
