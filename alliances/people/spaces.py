"""Which spaces a person may enter, read anew at each request: a change of role counts at once."""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Value
from django.urls import reverse

from alliances.notices.models import Notice
from alliances.people.models import AllianceMembership, MinistryMembership, OrganisationMembership, current
from alliances.tenancy.models import Alliance

_FIELDS = ("place", "tenant_id", "slug", "tenant_name", "tenant_name_with_de", "tenant_code", "held_role")
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


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


@dataclass(frozen=True)
class Standing:
    """What a request must know of its person."""

    held: list[Held]
    unread: int  # notices


def standing_of(person_id: int) -> Standing:
    """Roles that count today and the number of unread notices, in one query. In the person's own scope."""
    alliances = AllianceMembership.objects.filter(current(), person_id=person_id).annotate(
        place=_text("alliance"),
        tenant_id=F("alliance_id"),
        slug=F("alliance__slug"),
        tenant_name=F("alliance__name"),
        tenant_name_with_de=F("alliance__name_with_de"),
        tenant_code=F("alliance__code"),
        held_role=F("role"),
    )
    organisations = OrganisationMembership.objects.filter(current(), person_id=person_id).annotate(
        place=_text("organisation"),
        tenant_id=F("organisation_id"),
        slug=_text(""),
        tenant_name=F("organisation__name"),
        tenant_name_with_de=_text(""),
        tenant_code=_text(""),
        held_role=F("role"),
    )
    ministry = MinistryMembership.objects.filter(current(), person_id=person_id).annotate(
        place=_text("ministry"),
        tenant_id=Value(0),
        slug=_text(""),
        tenant_name=_text(""),
        tenant_name_with_de=_text(""),
        tenant_code=_text(""),
        held_role=F("role"),
    )
    notices = (
        Notice.objects.filter(person_id=person_id, read_at=None)
        .order_by()
        .values("person_id")
        .annotate(
            place=_text(_UNREAD),
            tenant_id=Count("id"),
            slug=_text(""),
            tenant_name=_text(""),
            tenant_name_with_de=_text(""),
            tenant_code=_text(""),
            held_role=_text(""),
        )
    )
    rows = (
        alliances.values_list(*_FIELDS)
        .union(
            organisations.values_list(*_FIELDS),
            ministry.values_list(*_FIELDS),
            notices.values_list(*_FIELDS),
            all=True,
        )
        .order_by("place", "tenant_code", "tenant_name")
    )
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
