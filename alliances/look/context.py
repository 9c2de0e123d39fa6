"""What every page knows: the portal, where one can go, the spaces one may switch to."""

from __future__ import annotations

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from alliances.look import navigation

PROGRAMME = _("Alliances pour la solidarité")
ACCOUNT = (
    (_("Mon compte"), "people:account"),
    (_("Vérification en deux étapes"), "mfa_index"),
    (_("Sessions ouvertes"), "usersessions_list"),
    (_("Mes avis"), "people:notices"),
)
FOOT_PORTAL = (
    (_("Aide"), "public:help"),
    (_("Accessibilité"), "public:accessibility"),
    (_("Protection des renseignements personnels"), "public:privacy"),
    (_("Conditions d’utilisation"), "public:terms"),
)
FOOT_OPEN = (
    (_("Projets soutenus"), "public:projects"),
    (_("Données ouvertes"), "public:data"),
    (_("Vérifier un document"), "public:verify"),
)
# Spaces with fourteen destinations have a side navigation; the others, five tabs.
WITH_SIDE = frozenset({"alliance", "ministry", "audit"})


SIGNATURE = "portal/signature.svg"


def _signature() -> str:
    """The address of the government's signature when the theme asks for it and its file has been put in place.

    Only the government may show it: the file is not part of the project.
    """
    if getattr(settings, "PORTAL_THEME", "neutre") != "quebec":
        return ""
    if finders.find(SIGNATURE) is None and not staticfiles_storage.exists(SIGNATURE):
        return ""
    return staticfiles_storage.url(SIGNATURE)


def _format_url() -> str:
    """Where one asks for another format: its page, or else the team's address. An error page must not fail on it."""
    return navigation.link("public:alternate_format") or f"mailto:{getattr(settings, 'PORTAL_CONTACT', '')}"


def portal_settings() -> dict:
    """The portal's name, look and contact; no request and no database: error pages have it too."""
    return {
        "name": getattr(settings, "PORTAL_NAME", "Portail des Alliances"),
        "programme": PROGRAMME,
        "theme": getattr(settings, "PORTAL_THEME", "neutre"),
        "contact": getattr(settings, "PORTAL_CONTACT", ""),
        "mode": getattr(settings, "PORTAL_MODE", "production"),
        "home": "/",
        "format_url": SimpleLazyObject(_format_url),
        "signature": SimpleLazyObject(_signature),
        "spaces": SimpleLazyObject(lambda: navigation.link("people:spaces") or "/"),
    }


def _search_url(request: HttpRequest) -> str:
    access = getattr(request, "access", None)
    if access is None:
        return ""
    kwargs = dict(access.url_kwargs)
    return navigation.link(f"{access.space}:search", kwargs) or navigation.link(f"{access.space}:projects", kwargs)


def _links(table: tuple) -> list[navigation.Link]:
    links = [navigation.Link(str(label), navigation.link(name)) for label, name in table]
    return [item for item in links if item.url]


def portal(request: HttpRequest) -> dict:
    """Context processor: `portal`, `nav`, `spaces` and the links of the top bar, each computed only if it is drawn."""
    return {
        "portal": portal_settings(),
        "nav": SimpleLazyObject(lambda: navigation.build(request)),
        "spaces": SimpleLazyObject(lambda: list(getattr(request, "spaces", None) or [])),
        "search_url": SimpleLazyObject(lambda: _search_url(request)),
        "account_links": SimpleLazyObject(lambda: _links(ACCOUNT)),
        "login_url": SimpleLazyObject(lambda: navigation.link("account_login")),
        "logout_url": SimpleLazyObject(lambda: navigation.link("account_logout")),
        "spaces_url": SimpleLazyObject(lambda: navigation.link("people:spaces")),
        "has_side": getattr(getattr(request, "access", None), "space", "") in WITH_SIDE,
        "foot_portal": SimpleLazyObject(lambda: _links(FOOT_PORTAL)),
        "foot_open": SimpleLazyObject(lambda: _links(FOOT_OPEN)),
        "notices_url": SimpleLazyObject(lambda: navigation.link("people:notices")),
    }
