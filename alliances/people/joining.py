"""From the link of an invitation to a place in a team. No space is entered yet: each step opens the scope it needs."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.people.models import Organisation, User
from alliances.people.services import hashed
from alliances.people.teams import Team, team_of_alliance, team_of_ministry, team_of_organisation
from alliances.tenancy.models import Alliance
from alliances.tenancy.scope import person_scope, public_scope

_OPEN = (
    "SELECT email, role, alliance_id, organisation_id, sent_by_id, expires_at, accepted_at, cancelled_at "
    "FROM open_invitation(%s)"
)


@dataclass(frozen=True)
class Found:
    """An invitation as its link shows it."""

    email: str
    role: str
    team: Team
    sender: str
    expires_at: datetime
    usable: bool

    def is_for(self, user) -> bool:
        return user.email.lower() == self.email.lower()


def find(secret: str) -> Found | None:
    """What the link is about; None for a secret that was never sent."""
    with public_scope():
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [hashed(secret)])
            row = cursor.fetchone()
        if row is None:
            return None
        email, role, alliance_id, organisation_id, sent_by_id, expires_at, accepted_at, cancelled_at = row
        sender = User.objects.names([sent_by_id]).get(sent_by_id) or _("la personne qui vous l’a envoyée")
        team = _team(alliance_id, organisation_id)
    usable = accepted_at is None and cancelled_at is None and expires_at > timezone.now()
    return Found(email, role, team, sender, expires_at, usable)


def _team(alliance_id: int | None, organisation_id: int | None) -> Team:
    if alliance_id is not None:
        return team_of_alliance(Alliance.objects.get(pk=alliance_id))
    if organisation_id is not None:
        return team_of_organisation(Organisation.objects.get(pk=organisation_id))
    return team_of_ministry()


def has_account(found: Found) -> bool:
    return User.objects.filter(email__iexact=found.email).exists()


@transaction.atomic
def accept(*, actor, secret: str) -> bool:
    """The person takes the place; False when the invitation has served, expired, or is for somebody else."""
    with person_scope(actor.person_id), connection.cursor() as cursor:
        cursor.execute("SELECT accept_invitation(%s, %s)", [hashed(secret), timezone.localdate()])
        return cursor.fetchone()[0]


def open_account(*, found: Found, first_name: str, last_name: str, password: str) -> User | None:
    """A new account at the invited address, which the link has verified; None when somebody was faster."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                found.email, password, first_name=first_name, last_name=last_name, language=settings.LANGUAGE_CODE
            )
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError:
        return None
    return user
