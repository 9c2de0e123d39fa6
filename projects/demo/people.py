"""The demonstration’s accounts: who they are, where they belong. All fictitious, all with the same password."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission

from alliances.models import (
    Alliance,
    AllianceMembership,
    MinistryMembership,
    Organisation,
    OrganisationMembership,
    User,
)
from alliances.people.demo import DEMO_PASSWORD
from alliances.tenancy.scope import alliance_scope, ministry_scope, promoter_scope
from projects.demo.rows import put
from regions.models import Territory, TerritoryUserObjectPermission

SINCE = date(2017, 4, 1)
SEATS = {
    "comite1": "lived_experience", "comite2": "elected", "comite3": "partner", "comite4": "partner",
    "comite5": "lived_experience",
}  # fmt: skip
ROLES = {"gestion": "manager", "agent": "officer", "finance": "finance", "lecture": "reader", "delegue": "delegate"}
_FIRST = (
    "Sacha", "Dominique", "Andréa", "Maxime", "Charlie", "Alix", "Camille", "Noa", "Claude", "Lou", "Frédérique",
    "Ariel",
    "Morgan", "Alex", "Sam", "Joëlle-Ann", "Michèle-Ève", "Pascal", "Stéphane", "Gaby", "Kim", "Jessy", "Robin", "Élie",
    "Loïs", "Danielle", "Valère", "Aimée", "Ange", "Carol", "Marlo",
)  # fmt: skip
_LAST = (
    "Exemple", "Témoin", "Modèle", "Gabarit", "Patron", "Canevas", "Maquette", "Délégation", "Ébauche", "Croquis",
    "Esquisse",
    "Calque", "Contour", "Trame", "Motif", "Plan", "Schéma", "Figure", "Relief", "Tracé", "Carton", "Moule", "Fiche",
)  # fmt: skip
# Where the reference of the journeys names somebody, that name.
_NAMED = {
    "gestion@mauricie": ("Sacha", "Exemple"), "agent@mauricie": ("Dominique", "Témoin"),
    "finance@mauricie": ("Andréa", "Modèle"),
    "delegue@mauricie": ("Noa", "Délégation"), "comite1@mauricie": ("Maxime", "Gabarit"),
    "comite2@mauricie": ("Charlie", "Patron"),
    "comite3@mauricie": ("Alix", "Canevas"), "comite4@mauricie": ("Camille", "Maquette"),
}  # fmt: skip
MINISTRY = {
    "analyste@ministere.demo.test": ("Alex", "Spécimen", "analyst"),
    "admin@ministere.demo.test": ("Sam", "Prototype", "administrator"),
    "audit@ministere.demo.test": ("Morgan", "Épreuve", "auditor"),
}
LAST_PLACE = "audit@ministere.demo.test"
# Promoters: address, name, slug of the alliance whose first organisation they are of, role
PROMOTERS = (
    ("promoteur@entraide.demo.test", "Frédérique", "Fictif", "mauricie", "manager"),
    ("lou@entraide.demo.test", "Lou", "Brouillon", "mauricie", "editor"),
    ("promoteur@estrie.org.demo.test", "Charlie", "Fictif", "estrie", "manager"),
    ("promoteur@bas-saint-laurent.org.demo.test", "Ariel", "Fictif", "bas-saint-laurent", "manager"),
    ("promoteur@montreal.org.demo.test", "Claude", "Fictif", "montreal", "manager"),
    ("promoteur@laval.org.demo.test", "Noa", "Fictif", "laval", "manager"),
    ("promoteur@outaouais.org.demo.test", "Kim", "Fictif", "outaouais", "manager"),
    ("promoteur@gaspesie.org.demo.test", "Robin", "Fictif", "gaspesie", "manager"),
    ("promoteur@lanaudiere.org.demo.test", "Élie", "Fictif", "lanaudiere", "manager"),
    ("promoteur@nunavik.org.demo.test", "Aimée", "Fictif", "nunavik", "manager"),
    ("promoteur@premieres-nations.org.demo.test", "Ange", "Fictif", "premieres-nations", "manager"),
)


@dataclass
class Cast:
    """The people of one alliance who act in its history: {account: (id, name)}."""

    people: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __getitem__(self, who: str) -> tuple[int, str]:
        return self.people[who]


def accounts_of(slug: str, place: int) -> Iterator[tuple[str, str, str]]:
    """(address, first name, last name) of an alliance's accounts; `place` is its rank among the alliances."""
    for i, who in enumerate([*ROLES, *SEATS]):
        n = place * 10 + i
        first, last = _NAMED.get(f"{who}@{slug}", (_FIRST[n % len(_FIRST)], _LAST[(n + n // len(_FIRST)) % len(_LAST)]))
        yield f"{who}@{slug}.demo.test", first, last


def create_people(alliances: list[Alliance], now) -> tuple[dict[str, int], dict[str, Cast]]:
    """All the accounts, their addresses verified, one hash for all. Returns {address: id} and {slug: its cast}."""
    rows = [row for place, alliance in enumerate(alliances) for row in accounts_of(alliance.slug, place)]
    rows += [(email, first, last) for email, (first, last, _) in MINISTRY.items()]
    rows += [(email, first, last) for email, first, last, *_ in PROMOTERS]
    password = make_password(DEMO_PASSWORD)
    made = put(
        User,
        "email first_name last_name password language is_active is_superuser date_joined",
        [(email, first, last, password, "fr-ca", True, False, now) for email, first, last in rows],
        "email, id",
    )
    ids = dict(made)
    put(EmailAddress, "user_id email verified primary", [(pk, email, True, True) for email, pk in made])
    casts: dict[str, Cast] = {alliance.slug: Cast() for alliance in alliances}
    for email, first, last in rows:
        who, _, house = email.partition("@")
        slug = house.removesuffix(".demo.test")
        if slug in casts:
            casts[slug].people[who] = (ids[email], f"{first} {last}")
    return ids, casts


def give_places(alliances: list[Alliance], casts: dict[str, Cast], today: date, until: date) -> None:
    """Memberships, each in the scope of its space; the delegates follow one territory until a day."""
    follow = Permission.objects.get(codename="follow_territory", content_type__app_label="regions")
    for alliance in alliances:
        cast, slug = casts[alliance.slug], alliance.slug
        territory = Territory.objects.of_alliance(alliance.pk, today).first()
        rows = [
            (
                alliance.pk,
                cast[who][0],
                role,
                "",
                f"{who}@{slug}.demo.test",
                SINCE,
                until if role == "delegate" else None,
            )
            for who, role in ROLES.items()
        ]
        rows += [
            (alliance.pk, cast[who][0], "committee", seat, f"{who}@{slug}.demo.test", SINCE, None)
            for who, seat in SEATS.items()
        ]
        if slug == "estrie":  # somebody with two spaces: on Mauricie's committee, and a reader here
            rows.append(
                (alliance.pk, casts["mauricie"]["comite2"][0], "reader", "", "comite2@mauricie.demo.test", SINCE, None)
            )
        with alliance_scope(alliance.pk):
            put(AllianceMembership, "alliance_id person_id role seat_kind email starts_on ends_on", rows)
            if territory:
                put(
                    TerritoryUserObjectPermission,
                    "alliance_id user_id permission_id content_object_id",
                    [(alliance.pk, cast["delegue"][0], follow.pk, territory.pk)],
                )


def give_ministry(ids: dict[str, int]) -> None:
    with ministry_scope():
        put(
            MinistryMembership,
            "person_id role email starts_on",
            [(ids[email], role, email, SINCE) for email, (_, _, role) in MINISTRY.items()],
        )


def give_promoters(ids: dict[str, int], first_of: dict[str, Organisation]) -> None:
    """`first_of`: {slug: the alliance’s first organisation}. Mauricie’s manager also writes for one."""
    rows = [(email, slug, role) for email, _, _, slug, role in PROMOTERS]
    rows.append(("gestion@mauricie.demo.test", "estrie", "editor"))
    for email, slug, role in rows:
        organisation = first_of[slug]
        with promoter_scope(organisation.pk):
            put(
                OrganisationMembership,
                "organisation_id person_id role email starts_on",
                [(organisation.pk, ids[email], role, email, SINCE)],
            )
