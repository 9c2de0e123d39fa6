"""A team: the people of one alliance, one organisation or the ministry, and what its roles ask for."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.people.enums import AllianceRole, MinistryRole, OrganisationRole
from alliances.people.models import (
    AllianceMembership,
    Invitation,
    MinistryMembership,
    OrganisationMembership,
    current,
)


@dataclass(frozen=True)
class Team:
    """`tenant` filters the memberships and is set on a new invitation."""

    space: str  # alliance, promoter, ministry
    name: str  # as « rejoindre … » says it
    model: type
    roles: type
    managing: str  # the role that invites, changes and ends
    tenant: dict = field(default_factory=dict)
    url_kwargs: dict = field(default_factory=dict)
    alliance_name: str = ""
    # roles that end on a day, always
    ending: frozenset[str] = frozenset()
    # roles given by invitation only: they need more than a role
    invited_only: frozenset[str] = frozenset()

    def members(self) -> QuerySet:
        """Who has access today."""
        return self.model.objects.filter(current(), **self._members_of)

    def every_membership(self) -> QuerySet:
        return self.model.objects.filter(**self._members_of)

    def anchors(self) -> QuerySet:
        """Managers without an end: a team keeps one at least."""
        return self.members().filter(role=self.managing, ends_on=None)

    def invitations(self) -> QuerySet:
        return Invitation.objects.filter(**self.tenant)

    def pending(self) -> QuerySet:
        return self.invitations().filter(Q(expires_at__gt=timezone.now()), accepted_at=None, cancelled_at=None)

    @property
    def _members_of(self) -> dict:
        return {} if self.space == "ministry" else self.tenant

    @property
    def audited(self) -> dict:
        """Where the journal files an act of this team."""
        return {} if self.space == "ministry" else self.tenant

    def label(self, role: str) -> str:
        return str(self.roles(role).label)

    def url(self, page: str = "", *args) -> str:
        return reverse(
            f"{self.space}:team{page}", kwargs={**self.url_kwargs, **dict(zip(("row",), args, strict=False))}
        )


def team_of_alliance(alliance) -> Team:
    return Team(
        space="alliance",
        name=_("l’Alliance %(of)s") % {"of": alliance.name_with_de},
        model=AllianceMembership,
        roles=AllianceRole,
        managing=AllianceRole.MANAGER,
        tenant={"alliance_id": alliance.pk},
        url_kwargs={"alliance": alliance.slug},
        alliance_name=alliance.name,
        ending=frozenset({AllianceRole.DELEGATE}),
        invited_only=frozenset({AllianceRole.DELEGATE, AllianceRole.COMMITTEE}),
    )


def team_of_organisation(organisation) -> Team:
    return Team(
        space="promoter",
        name=organisation.name,
        model=OrganisationMembership,
        roles=OrganisationRole,
        managing=OrganisationRole.MANAGER,
        tenant={"organisation_id": organisation.pk},
        url_kwargs={"organisation": organisation.pk},
        ending=frozenset({OrganisationRole.ADVISER}),
    )


def team_of_ministry() -> Team:
    return Team(
        space="ministry",
        name=_("l’espace du Ministère"),
        model=MinistryMembership,
        roles=MinistryRole,
        managing=MinistryRole.ADMINISTRATOR,
        tenant={"to_ministry": True},
    )


def team_of(access) -> Team:
    """The team of the space where a request is."""
    if access.space == "alliance":
        return team_of_alliance(access.alliance)
    if access.space == "promoter":
        return team_of_organisation(access.organisation)
    return team_of_ministry()
