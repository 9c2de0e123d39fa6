"""Which spaces a person may enter, read anew at each request: a change of role counts at once."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from alliances.tenancy.models import Alliance
from alliances.tenancy.scope import RequestScope

_UNREAD = "unread"


@dataclass(frozen=True)
class Held:
    """One role of a person in one place."""

    place: str  # alliance, organisation, ministry
    tenant_id: int | None
    slug: str
    name: str
    name_with_de: str
    code: str
    role: str

    @property
    def alliance(self) -> Alliance:
        return Alliance(
            pk=self.tenant_id, slug=self.slug, name=self.name, name_with_de=self.name_with_de, code=self.code
        )


@dataclass(frozen=True)
class Standing:
    """What a request must know of its person."""

    held: list[Held]
    unread: int  # notices


# Read at each request, so written out: the ORM spent longer on it than the database. The days are those of current().
STANDING = """
SELECT 'alliance', m.alliance_id, a.slug, a.name, a.name_with_de, a.code, m.role
  FROM alliance_member m JOIN alliance a ON a.id = m.alliance_id
 WHERE m.person_id = %(person)s AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
UNION ALL
SELECT 'organisation', m.organisation_id, '', o.name, '', '', m.role
  FROM organisation_member m JOIN organisation o ON o.id = m.organisation_id
 WHERE m.person_id = %(person)s AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
UNION ALL
SELECT 'ministry', 0, '', '', '', '', m.role
  FROM ministry_member m
 WHERE m.person_id = %(person)s AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
UNION ALL
SELECT 'unread', count(*), '', '', '', '', '' FROM notice n WHERE n.person_id = %(person)s AND n.read_at IS NULL
ORDER BY 1, 6, 4
"""


def enter_as_person(scope: RequestScope, person_id: int) -> Standing:
    """Take the person's own scope; the roles that count today and the number of unread notices. One query."""
    rows = scope.enter_and_read("person", STANDING, {"today": timezone.localdate()}, person=person_id)
    every = [Held(*row) for row in rows]
    return Standing(
        held=[one for one in every if one.place != _UNREAD],
        unread=sum(one.tenant_id for one in every if one.place == _UNREAD),
    )


@dataclass(frozen=True)
class Space:
    """An entry of the space switcher."""

    label: str
    url: str
    current: bool = False


def spaces_of(held: list[Held], access=None) -> list[Space]:
    """The doors open to a person, and which one this page is behind."""
    doors: dict[str, tuple[str, tuple]] = {}
    for one in held:
        if one.place == "alliance" and one.role == "committee":
            doors[reverse("committee:home", args=[one.slug])] = (
                f"Comité d’analyse, {one.name}",
                ("committee", one.tenant_id),
            )
        elif one.place == "alliance":
            doors[reverse("alliance:home", args=[one.slug])] = (one.name, ("alliance", one.tenant_id))
        elif one.place == "organisation":
            doors[reverse("promoter:home", args=[one.tenant_id])] = (one.name, ("promoter", one.tenant_id))
        elif one.role == "auditor":
            doors[reverse("audit:home")] = ("Vérification", ("audit", None))
        else:
            doors[reverse("ministry:home")] = ("Ministère", ("ministry", None))
    here = None
    if access is not None:
        place = access.alliance or access.organisation
        here = (access.space, place.pk if place else None)
    return [Space(label, url, key == here) for url, (label, key) in doors.items()]
