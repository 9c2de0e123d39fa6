"""axe finds nothing on any page, as each group that sees it differently, on a desk and on a phone."""

import os

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.browser import Chromium, inspect, look
from tests.walls.addresses import ADDRESSES, ANYONE, LIBRARY, SIGNED_IN
from tests.walls.test_addresses import World, named_patterns

pytestmark = pytest.mark.django_db(transaction=True)

# Answers that are no page: files, redirections, acts without a page, data for machines, fragments.
NO_PAGE = {
    "alliance:home", "alliance:projects_export", "alliance:file", "alliance:accountability_document", "ministry:file",
    "audit:file", "alliance:accountability_produce", "alliance:job_cancel", "alliance:job_retry", "ministry:job_cancel",
    "ministry:job_retry", "audit:job_cancel", "audit:job_retry", "people:arrival", "people:notices_read",
    "people:notice_read", "people:second_factor", "healthz", "readyz", "alliance:project_promoters", "mail:message",
    "ministry:team_opens", "alliance:team_cancel", "ministry:team_cancel", "promoter:team_cancel",
}  # fmt: skip
# Pages drawn otherwise for another role than the first that may open them.
ALSO = {
    "alliance:project": ["finance", "reader", "delegate"],
    "alliance:projects": ["reader", "delegate"],
    "alliance:instalments": ["finance", "reader"],
    "alliance:dashboard": ["officer", "finance"],
    "alliance:team": ["reader"],
    "alliance:accountability_year": ["reader"],
    "promoter:team": ["editor"],
}
# Pages of the library that a signed-in person sees, and those that only somebody without a session does.
ACCOUNT = [
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "usersessions_list",
    "account_logout",
]
VISITOR = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
]


@pytest.fixture
def world(live_server, monkeypatch):
    # Playwright keeps an event loop in this thread; our own queries here are made between its calls.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    return World()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_is_walked():
    """A page that this walk does not know fails here."""
    pages = {name for name, _ in named_patterns() if not name.startswith(LIBRARY)}
    assert pages == set(ADDRESSES) | ANYONE | SIGNED_IN
    assert pages >= NO_PAGE


def visits(world):
    """(name, role, address) of every page of the spaces."""
    for name, who in ADDRESSES.items():
        if name in NO_PAGE:
            continue
        for role in [who.split()[0], *ALSO.get(name, [])]:
            yield name, role, world.address(name, world.people[role])


def test_pages_of_the_spaces(world, live_server):
    wrong = []
    with Chromium() as chromium:
        tabs = {}
        for name, role, address in visits(world):
            if role not in tabs:
                client = signed_in(world.people[role])
                tabs[role] = [chromium.context(live_server.url, client, width).new_page() for width in (1280, 390)]
            for page in tabs[role]:
                wrong += [
                    f"{name} as {role}, {page.viewport_size['width']}: {f}"
                    for f in look(page, live_server.url + address)
                ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_pages_outside_the_spaces(world, live_server):
    addresses = [reverse(name) for name in sorted(SIGNED_IN - NO_PAGE)] + [reverse(name) for name in ACCOUNT]
    public = {
        "public:alliance": {"slug": "mauricie"},
        "public:verified": {"code": "APS-AAAA-BBBB"},
        "people:invitation": {"token": "inconnu"},
    }
    open_to_all = [
        reverse(name, kwargs=public.get(name))
        for name in sorted(ANYONE - NO_PAGE)
        if name not in {"people:invitation", "public:verified"}
    ] + [reverse(name) for name in VISITOR]
    wrong = []
    with Chromium() as chromium:
        person = signed_in(world.people["manager"])
        for width in (1280, 390):
            inside = chromium.context(live_server.url, person, width).new_page()
            outside = chromium.context(live_server.url, None, width).new_page()
            for page, list_of in ((inside, addresses), (outside, open_to_all)):
                for address in list_of:
                    wrong += [f"{address}, {width}: {fault}" for fault in look(page, live_server.url + address)]
            for address in (
                "/nulle-part/",
                reverse("public:verified", kwargs=public["public:verified"]),
                reverse("people:invitation", kwargs=public["people:invitation"]),
            ):
                outside.goto(live_server.url + address)
                wrong += [f"{address}, {width}: {fault}" for fault in inspect(outside)]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_refused_forms(world, live_server):
    """What a page looks like when it says no: the summary of errors, the fields."""
    wrong = []
    forms = [
        ("alliance:project_new", "officer"),
        ("alliance:award_request", "officer"),
        ("alliance:team", "manager"),
        ("account_login", None),
    ]
    with Chromium() as chromium:
        for name, role in forms:
            client = signed_in(world.people[role]) if role else None
            page = chromium.context(live_server.url, client).new_page()
            page.goto(live_server.url + (world.address(name) if role else reverse(name)))
            page.locator("main form[method=post] button[type=submit]").last.click()
            page.wait_for_load_state()
            wrong += [f"{name}: {fault}" for fault in inspect(page)]
    assert not wrong, "\n".join(wrong)
