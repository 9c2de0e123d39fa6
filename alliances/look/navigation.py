"""Where one can go in each space: one table. A page that does not exist, or not for this person, is not shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

EVERYONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """A destination. `roles` empty means everyone of the space; `also` are names of pages that stand under this one."""

    label: str
    name: str
    roles: frozenset[str] = EVERYONE
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class Link:
    """An entry as drawn: `current` is the page itself, or the one it stands under."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(slots=True)
class LinkGroup:
    label: str
    links: list[Link] = field(default_factory=list)


_STAFF = frozenset({"manager", "officer", "finance", "reader", "privacy", "delegate"})
_FIGURES = frozenset({"manager", "officer", "finance", "reader"})

SPACES: dict[str, tuple[Group, ...]] = {
    "alliance": (
        Group(
            _("Aujourd’hui"),
            (
                Entry(_("Tableau de bord"), "alliance:dashboard", _FIGURES | {"privacy"}),
                Entry(_("Mes tâches"), "alliance:tasks", _STAFF),
                Entry(_("Calendrier"), "alliance:calendar", _STAFF),
            ),
        ),
        Group(
            _("Choisir"),
            (
                Entry(_("Appels de projets"), "alliance:calls", _STAFF),
                Entry(_("Demandes"), "alliance:applications", _STAFF),
                Entry(_("Comité d’analyse"), "alliance:committee", _FIGURES),
            ),
        ),
        Group(
            _("Suivre"),
            (
                Entry(_("Projets"), "alliance:projects", _STAFF, ("alliance:project",)),
                Entry(_("Versements"), "alliance:instalments", _FIGURES, ("alliance:instalment", "alliance:batch")),
                Entry(_("Rapports"), "alliance:reports", _STAFF),
            ),
        ),
        Group(
            _("Entente"),
            (
                Entry(_("Enveloppes"), "alliance:envelopes", _FIGURES, ("alliance:envelope",)),
                Entry(_("Grand livre"), "alliance:ledger", _FIGURES, ("alliance:posting",)),
                Entry(_("Plan de travail"), "alliance:plan", _FIGURES),
                Entry(_("Gouvernance"), "alliance:governance", _FIGURES),
            ),
        ),
        Group(
            _("Rendre compte"),
            (
                Entry(_("Reddition de comptes"), "alliance:accountability", _FIGURES, ("alliance:accountability_",)),
                Entry(_("Mes fichiers"), "alliance:files", _STAFF),
            ),
        ),
        Group(
            _("Réglages"),
            (
                Entry(_("Équipe et accès"), "alliance:team", frozenset({"manager", "privacy"})),
                Entry(_("Journal d’audit"), "alliance:audit", frozenset({"manager", "privacy"})),
            ),
        ),
    ),
    "ministry": (
        Group(
            _("Aujourd’hui"),
            (
                Entry(_("Les 21 alliances"), "ministry:home", also=("ministry:alliance",)),
                Entry(_("Mes tâches"), "ministry:tasks"),
            ),
        ),
        Group(
            _("Entente"),
            (
                Entry(_("Ententes"), "ministry:agreements", also=("ministry:agreement",)),
                Entry(_("Répartition"), "ministry:allocation"),
            ),
        ),
        Group(
            _("Rendre compte"),
            (
                Entry(_("Redditions de comptes"), "ministry:accountability"),
                Entry(_("Mes fichiers"), "ministry:files"),
            ),
        ),
        Group(_("Réglages"), (Entry(_("Équipe et accès"), "ministry:team", frozenset({"administrator"})),)),
    ),
    "audit": (
        Group(
            _("Vérification"),
            (
                Entry(_("Les 21 alliances"), "audit:home", also=("audit:alliance",)),
                Entry(_("Ententes"), "audit:agreements"),
                Entry(_("Répartition"), "audit:allocation"),
                Entry(_("Grand livre"), "audit:ledger"),
                Entry(_("Journal d’audit"), "audit:log"),
                Entry(_("Mes fichiers"), "audit:files"),
            ),
        ),
    ),
    "promoter": (
        Group(
            _("Espace de l’organisme"),
            (
                Entry(_("Accueil"), "promoter:home"),
                Entry(_("Mes demandes"), "promoter:applications"),
                Entry(_("Mes projets"), "promoter:projects", also=("promoter:project",)),
                Entry(_("Mon organisme"), "promoter:organisation"),
                Entry(_("Appels ouverts"), "public:calls"),
            ),
        ),
    ),
    "committee": (
        Group(
            _("Comité d’analyse"),
            (
                Entry(_("Accueil"), "committee:home"),
                Entry(_("Demandes à étudier"), "committee:applications"),
                Entry(_("Séances"), "committee:meetings"),
            ),
        ),
    ),
    "public": (
        Group(
            _("Navigation principale"),
            (
                Entry(_("Appels de projets"), "public:calls"),
                Entry(_("Projets soutenus"), "public:projects", also=("public:project",)),
                Entry(_("Chiffres"), "public:figures"),
                Entry(_("Données ouvertes"), "public:data"),
                Entry(_("Vérifier un document"), "public:verify"),
            ),
        ),
    ),
}


def link(name: str, kwargs: dict | None = None) -> str:
    """The address of the page `name`, with `kwargs` or without; empty when there is no such page."""
    for attempt in ([kwargs] if kwargs else []) + [{}]:
        try:
            return reverse(name, kwargs=attempt)
        except NoReverseMatch:
            continue
    return ""


def _is_current(entry: Entry, view_name: str) -> bool:
    return view_name == entry.name or any(view_name.startswith(prefix) for prefix in entry.also)


def build(request: HttpRequest) -> list[LinkGroup]:
    """The groups of links of the space where `request` is, for the roles of the person."""
    access = getattr(request, "access", None)
    space = access.space if access is not None else "public"
    roles = frozenset(access.roles) if access is not None else EVERYONE
    kwargs = dict(access.url_kwargs) if access is not None else {}
    match = request.resolver_match
    view_name = match.view_name if match else ""
    counts = getattr(request, "nav_counts", None) or {}
    groups = []
    for group in SPACES.get(space, ()):
        drawn = LinkGroup(str(group.label))
        for entry in group.entries:
            if entry.roles and not entry.roles & roles:
                continue
            url = link(entry.name, kwargs)
            if url:
                drawn.links.append(
                    Link(str(entry.label), url, _is_current(entry, view_name), counts.get(entry.name) or None)
                )
        if drawn.links:
            groups.append(drawn)
    return groups
