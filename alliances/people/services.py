"""Acts on a team, in its space: invite, cancel an invitation, change a role, end an access."""

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.audit.services import record
from alliances.look import formats
from alliances.notices.services import send
from alliances.people import policies
from alliances.people.enums import SeatKind
from alliances.people.models import Invitation
from alliances.people.policies import TeamRefused
from alliances.people.teams import Team, team_of_alliance
from alliances.people.territories import territories

SECRET_BYTES = 16  # 128 bits


def hashed(secret: str) -> str:
    """What the database keeps of an invitation's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invite(
    *,
    actor,
    team: Team,
    email: str,
    role: str,
    ends_on: date | None = None,
    seat_kind: str = "",
    territory_codes: tuple[str, ...] = (),
) -> Invitation:
    """Send a way into the team, for one address, once, for 72 hours. TeamRefused with its field."""
    _must_manage(actor, team)
    email = email.strip().lower()
    territory_codes = tuple(territory_codes) if role == "delegate" else ()
    seat_kind = seat_kind if role == "committee" else ""
    _check_wanted(actor, team, email, role, ends_on, seat_kind, territory_codes)
    return _invite(
        actor, team, email=email, role=role, ends_on=ends_on, seat_kind=seat_kind, territory_codes=territory_codes
    )


def invite_first_manager(*, actor, alliance, email: str) -> Invitation:
    """The ministry opens the space of an alliance. In the ministry's space, by its administration."""
    if not actor.may("administrator"):
        raise TeamRefused(_("L’administration du Ministère permet cet acte."))
    team = team_of_alliance(alliance)
    email = email.strip().lower()
    if _is_managed(alliance.pk):
        raise TeamRefused(
            _("Cette alliance a déjà une personne en gestion : c’est elle qui invite son équipe."), "alliance"
        )
    if team.pending().filter(email=email, role=team.managing).exists():
        raise TeamRefused(_("Une invitation est déjà en cours pour cette adresse et ce rôle."), "email")
    return _invite(actor, team, email=email, role=team.managing, by_ministry=True)


def invite_first(*, actor, team: Team, email: str) -> Invitation:
    """From the console, where nobody has signed in yet: the first person who manages a team. TeamRefused if one does.

    In the ministry's scope for itself and for an alliance, in the organisation's for an organisation.
    """
    if not actor.may("portal"):
        raise TeamRefused(_("Votre rôle ne permet pas cette action."))
    opens_alliance = team.space == "alliance"
    managed = (
        _is_managed(team.tenant["alliance_id"])
        if opens_alliance
        else team.members().filter(role=team.managing).exists()
    )
    if managed:
        raise TeamRefused(_("Une personne gère déjà cet espace : c’est elle qui invite les autres."))
    return _invite(actor, team, email=email.strip().lower(), role=team.managing, by_ministry=opens_alliance)


def _is_managed(alliance_id: int) -> bool:
    """All that the ministry may know of an alliance's team. The wall of invitations asks the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT alliance_is_managed(%s)", [alliance_id])
        return cursor.fetchone()[0]


def _check_wanted(actor, team, email, role, ends_on, seat_kind, territory_codes) -> None:
    if role not in team.roles.values:
        raise TeamRefused(_("Ce choix n’est plus offert. Sélectionnez-en un autre dans la liste."), "role")
    mine = team.members().filter(person_id=actor.person_id, email__iexact=email)
    if mine.exists():
        raise TeamRefused(_("Une autre personne doit modifier votre accès."), "email")
    if team.members().filter(email__iexact=email, role=role).exists():
        raise TeamRefused(_("Cette personne a déjà ce rôle."), "role")
    if team.pending().filter(email=email, role=role).exists():
        raise TeamRefused(_("Une invitation est déjà en cours pour cette adresse et ce rôle."), "email")
    _check_end(team, role, ends_on)
    if role == "committee" and seat_kind not in SeatKind.values:
        raise TeamRefused(_("Sélectionnez le siège que cette personne occupe au comité."), "seat_kind")
    if role == "delegate":
        offered = {code for code, _name in territories().offered(team.tenant["alliance_id"])}
        if not territory_codes or not set(territory_codes) <= offered:
            raise TeamRefused(_("Sélectionnez au moins un territoire de l’alliance."), "territories")


def _check_end(team: Team, role: str, ends_on: date | None) -> None:
    if role in team.ending and ends_on is None:
        raise TeamRefused(_("Inscrivez la date de fin : ce rôle en a toujours une."), "ends_on")
    if role == team.managing and ends_on is not None:
        raise TeamRefused(
            _("Le rôle « %(role)s » n’a pas de date de fin. Effacez-la.") % {"role": team.label(role)}, "ends_on"
        )
    if ends_on is not None and ends_on < timezone.localdate():
        raise TeamRefused(_("Cette date est passée. Inscrivez la date d’aujourd’hui ou une date à venir."), "ends_on")


def _invite(actor, team, *, email, role, ends_on=None, seat_kind="", territory_codes=(), by_ministry=False):
    secret = secrets.token_urlsafe(SECRET_BYTES)
    now = timezone.now()
    invitation = Invitation.objects.create(
        **team.tenant,
        email=email,
        role=role,
        ends_on=ends_on,
        seat_kind=seat_kind,
        territory_codes=list(territory_codes),
        token_hash=hashed(secret),
        sent_by_id=actor.person_id,
        sent_at=now,
        expires_at=now + timedelta(hours=settings.INVITATION_HOURS),
    )
    send(
        actor=actor,
        code="N01",
        address=email,
        url=reverse("people:invitation", args=[secret]),
        alliance="" if by_ministry else team.alliance_name,
        context={
            "space": team.name,
            "role": _role_in_words(team, role, territory_codes),
            "expires": formats.deadline(invitation.expires_at),
        },
    )
    facts = {"role": role, "until": ends_on.isoformat() if ends_on else None, "territories": list(territory_codes)}
    filed = {} if by_ministry else team.audited
    record(actor=actor, verb="invitation.sent", subject=invitation, **filed, **facts)
    return invitation


def _role_in_words(team: Team, role: str, territory_codes) -> str:
    if role != "delegate":
        return team.label(role)
    names = dict(territories().offered(team.tenant["alliance_id"]))
    return f"{team.label(role)} – {', '.join(names[code] for code in territory_codes)}"


def cancel_invitation(*, actor, team: Team, invitation: Invitation) -> Invitation:
    """The link opens nothing any more. An invitation already accepted stays as it is: TeamRefused."""
    _must_manage(actor, team)
    invitation = team.invitations().select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.cancelled_at:
        raise TeamRefused(_("Cette invitation a déjà servi ou a été annulée."))
    invitation.cancelled_at = timezone.now()
    invitation.save(update_fields=["cancelled_at"])
    record(actor=actor, verb="invitation.cancelled", subject=invitation, **team.audited, role=invitation.role)
    return invitation


def change_role(*, actor, team: Team, member, role: str, ends_on: date | None = None):
    """Give a member another role or another end, at once; returns the membership that now counts."""
    member = _taken(actor, team, member)
    if role not in team.roles.values or (role != member.role and role in team.invited_only):
        raise TeamRefused(_("Ce rôle se donne par une invitation."), "role")
    _check_end(team, role, ends_on)
    before = {"from": member.role, "from_until": member.ends_on.isoformat() if member.ends_on else None}
    kept = member
    if role != member.role:
        if member.role in team.invited_only:
            _let_go(team, member)
        kept = team.every_membership().filter(person_id=member.person_id, role=role).first() or member
        if kept.pk != member.pk:
            _close(member)
            # a role held before comes back as a new period
            kept.starts_on = timezone.localdate()
        kept.role = role
        if hasattr(kept, "seat_kind"):
            kept.seat_kind = ""
    kept.ends_on = ends_on
    kept.save()
    until = ends_on.isoformat() if ends_on else None
    record(
        actor=actor, verb="membership.changed", subject=kept, **team.audited, **before,
        to=role, until=until, person=kept.person_id,
    )  # fmt: skip
    return kept


def end_access(*, actor, team: Team, member):
    """The person's next request finds no role. The row stays, as history."""
    member = _taken(actor, team, member)
    _close(member)
    if member.role in team.invited_only:
        _let_go(team, member)
    record(
        actor=actor, verb="membership.ended", subject=member, **team.audited, role=member.role, person=member.person_id
    )
    return member


def rename_me(*, actor, first_name: str, last_name: str, language: str) -> None:
    """One's own name and language; in the person's scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rename_me(%s, %s, %s)", [first_name, last_name, language])
    record(actor=actor, verb="person.renamed")


def _must_manage(actor, team: Team) -> None:
    verdict = policies.may_manage(actor=actor, team=team)
    if not verdict:
        raise TeamRefused(verdict.why)


def lock_anchors(team: Team) -> int:
    """How many managers without an end there are. Held until the transaction ends: two people who end each other's
    access at the same time do it one after the other, and the second finds that only one is left."""
    return len(team.anchors().order_by("pk").select_for_update().values_list("pk", flat=True))


def _taken(actor, team: Team, member):
    """The member's row, locked, once the act is known to be allowed."""
    anchors = lock_anchors(team)
    row = team.members().select_for_update().filter(pk=member.pk).first()
    if row is None:
        raise TeamRefused(_("Cet accès a déjà pris fin."))
    verdict = policies.may_change(actor=actor, team=team, member=row, anchors=anchors)
    if not verdict:
        raise TeamRefused(verdict.why)
    return row


def _close(member) -> None:
    """The last day is yesterday: both days of a period are included, and the end is at once."""
    member.ends_on = timezone.localdate() - timedelta(days=1)
    member.save(update_fields=["ends_on"])


def _let_go(team: Team, member) -> None:
    if member.role == "delegate":
        territories().forget(team.tenant["alliance_id"], member.person_id)
