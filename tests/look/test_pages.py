"""Error pages, gallery, navigation, and what is refused before any page."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from alliances.look import context, csp, errors, middleware, navigation, views


def get(path="/", **data):
    request = RequestFactory().get(path, data)
    request.user = SimpleNamespace(is_authenticated=False)
    request.resolver_match = None
    return request


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("response", "status", "words"),
    [
        (lambda r: errors.not_found(r), 404, "Cette page est introuvable"),
        (lambda r: errors.permission_denied(r), 404, "Cette page est introuvable"),
        (lambda r: errors.bad_request(r), 400, "n’a pas pu être lue"),
        (lambda r: errors.page_expired(r), 403, "Cette page a expiré"),
        (lambda r: errors.conflict(r, "Dossier modifié.", "/x/"), 409, "Dossier modifié."),
        (lambda r: errors.bad_request(r, RequestDataTooBig()), 413, "trop volumineux"),
        (lambda r: errors.too_many(r, 30), 429, "30 secondes"),
        (lambda r: errors.too_many(r, 1), 429, "1 seconde."),
        (lambda r: errors.server_error(r), 500, "Nous regrettons cet inconvénient."),
        (lambda r: errors.unavailable(r), 503, "revient dans un instant"),
    ],
)
def test_error_pages_need_no_database(response, status, words):
    answer = response(get())
    assert answer.status_code == status
    assert words in text(answer)
    assert "<h1>" in text(answer)
    assert "no-store" in answer["Cache-Control"]


def test_unknown_and_forbidden_are_the_same_bytes():
    assert errors.not_found(get("/a/x/"), Http404("secret")).content == errors.permission_denied(get("/b/")).content


def test_the_reference_is_shown():
    request = get()
    request.reference = "ABC123"
    assert "ABC123" in text(errors.server_error(request))
    assert "ABC123" in text(errors.bad_request(request))


@pytest.mark.parametrize("path", ["/projets/\x00", "/a\x07b/", "/\udcff/"])
def test_an_address_with_a_control_character_is_unknown(path):
    request = get()
    request.path_info = path
    assert middleware.CleanInput(lambda given: HttpResponse("passed"))(request).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "%00=1", "q=ok&x=%1f", "q=%ff"])
def test_a_query_with_a_control_character_is_not_read(query):
    request = RequestFactory().get("/?" + query)
    assert middleware.CleanInput(lambda given: HttpResponse("passed"))(request).status_code == 400


def test_an_ordinary_query_passes():
    request = RequestFactory().get("/", {"q": "l’été à Québec\n", "page": "2"})
    assert text(middleware.CleanInput(lambda given: HttpResponse("passed"))(request)) == "passed"


def test_the_gallery_shows_every_component(settings):
    settings.PORTAL_MODE = "demo"
    html = text(views.gallery(get("/composants/")))
    for mark in (
        "badge--ok",
        "field--bad",
        'class="errors"',
        "notice--warn",
        "toast",
        "empty",
        "c-committed",
        "stepper",
    ):
        assert mark in html
    assert "<c-" not in html
    assert "{{" not in html
    assert "{%" not in html


def test_there_is_no_gallery_in_production(settings):
    settings.PORTAL_MODE = "production"
    with pytest.raises(Http404):
        views.gallery(get("/composants/"))


def access(space, *roles, **kwargs):
    return SimpleNamespace(space=space, roles=frozenset(roles), url_kwargs=kwargs, label="Essai")


@pytest.fixture
def pages(monkeypatch):
    """Pages that exist, by name; the others are unknown to `reverse`."""
    known = {"alliance:projects": "/a/m/projets/", "alliance:team": "/a/m/equipe/", "alliance:ledger": "/a/m/livre/"}
    known["alliance:dashboard"] = "/a/m/bord/"
    monkeypatch.setattr(navigation, "link", lambda name, kwargs=None: known.get(name, ""))


def labels(request):
    return [item.label for group in navigation.build(request) for item in group.links]


@pytest.mark.usefixtures("pages")
def test_navigation_shows_what_exists_and_what_one_may_open():
    request = get()
    request.access = access("alliance", "manager", alliance="m")
    assert labels(request) == ["Tableau de bord", "Projets", "Grand livre", "Équipe et accès"]
    request.access = access("alliance", "officer", alliance="m")
    assert labels(request) == ["Tableau de bord", "Projets", "Grand livre"]
    request.access = access("alliance", "delegate", alliance="m")
    assert labels(request) == ["Projets"]
    request.access = access("alliance")
    assert labels(request) == []


@pytest.mark.usefixtures("pages")
def test_navigation_knows_where_one_is():
    request = get()
    request.access = access("alliance", "manager", alliance="m")
    request.resolver_match = SimpleNamespace(view_name="alliance:project")
    current = [item.label for group in navigation.build(request) for item in group.links if item.current]
    assert current == ["Projets"]


def test_an_unknown_page_has_no_address():
    assert navigation.link("nowhere:at-all") == ""


def test_every_page_knows_the_portal():
    known = context.portal(get())
    assert known["portal"]["name"] == "Portail des Alliances"
    assert known["has_side"] is False
    assert list(known["spaces"]) == []


def test_the_signature_is_shown_only_when_asked_and_present(settings, monkeypatch):
    assert context._signature() == ""
    settings.PORTAL_THEME = "quebec"
    assert context._signature() == ""
    monkeypatch.setattr(context.finders, "find", lambda name: f"/x/{name}")
    assert context._signature() == "/static/portal/signature.svg"
    html = text(errors.unavailable(get()))
    assert 'alt="Gouvernement du Québec"' in html


def test_the_policy_allows_only_our_own_files():
    directives = csp.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'none'", "'self'"}
    assert directives["frame-ancestors"] == ["'none'"]


def test_the_gallery_has_its_address_in_demonstration():
    assert resolve("/composants/").func is views.gallery
