"""Who may open which screen. Every view declares its space and roles; what declares nothing answers 404."""

from collections.abc import Callable
from dataclasses import dataclass, field

SPACE_LABELS = {
    "committee": "Comité d’analyse",
    "ministry": "Ministère",
    "audit": "Vérification",
    "public": "Site public",
}
# Views of libraries, by the start of their URL name: pages before any space, open to all or to a signed-in person.
OUTSIDE = ("account_", "mfa_", "usersessions_")


@dataclass(frozen=True)
class Actor:
    """Who acts, for services: a person in a space, or the portal itself (no person)."""

    person_id: int | None
    name: str
    roles: frozenset[str] = frozenset()
    alliance_id: int | None = None

    def may(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))


PORTAL = Actor(person_id=None, name="Le portail", roles=frozenset({"portal"}))


def portal_for(alliance_id: int) -> Actor:
    """The portal acting by itself in one alliance: the clock, a loader."""
    return Actor(person_id=None, name="Le portail", roles=frozenset({"portal"}), alliance_id=alliance_id)


@dataclass(frozen=True)
class Access:
    """What a request may do: the space it is in and the roles its person holds there."""

    space: str
    person: object = None
    alliance: object = None
    organisation: object = None
    roles: frozenset[str] = frozenset()
    # What was worked out once for this request (a delegate's territories).
    memo: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def label(self) -> str:
        if self.space == "alliance":
            return self.alliance.name
        if self.space == "promoter":
            return self.organisation.name
        return SPACE_LABELS[self.space]

    @property
    def url_kwargs(self) -> dict:
        if self.alliance is not None:
            return {"alliance": self.alliance.slug}
        if self.organisation is not None:
            return {"organisation": self.organisation.pk}
        return {}

    @property
    def actor(self) -> Actor:
        return Actor(
            person_id=self.person.pk,
            name=str(self.person),
            roles=self.roles,
            alliance_id=self.alliance.pk if self.alliance else None,
        )


@dataclass(frozen=True)
class Verdict:
    """May this person do this now? If not, `why` is the sentence shown beside the closed button."""

    ok: bool
    why: str = ""
    code: str = ""

    def __bool__(self):
        return self.ok


YES = Verdict(True)


@dataclass(frozen=True)
class Declaration:
    """What a view says of itself: its space, and who may open it there (empty: everyone of the space)."""

    space: str
    roles: frozenset[str] = field(default_factory=frozenset)


ANYONE = "anyone"  # pages without a space: the arrival page, an invitation, health
SIGNED_IN = "signed_in"  # pages of a person: account, notices


def screen(space: str, *roles: str) -> Callable:
    """Declare a view's space and the roles that may open it. A view without it is not reachable."""

    def declare(view):
        view.declaration = Declaration(space, frozenset(roles))
        return view

    return declare
