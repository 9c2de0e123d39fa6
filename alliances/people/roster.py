"""What the team page shows: one line per access, one per invitation. Five queries at most, for any size of team."""

from dataclasses import dataclass

from alliances.people.enums import SeatKind
from alliances.people.models import Invitation, User
from alliances.people.policies import may_change
from alliances.people.teams import Team
from alliances.people.territories import territories
from alliances.tenancy.access import PORTAL, Verdict

INVITATIONS = 50


@dataclass(frozen=True)
class Line:
    """An access of today."""

    member: object
    name: str
    role: str
    verdict: Verdict
    is_me: bool = False
    role_url: str = ""
    end_url: str = ""


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    role: str
    sender: str
    cancel_url: str  # empty when there is nothing left to cancel


def page(*, team: Team, actor) -> dict:
    """The context of the team page."""
    members = list(team.members().order_by("role", "pk"))
    sent = list(team.invitations().order_by("-sent_at", "-pk")[:INVITATIONS]) if actor.may(team.managing) else []
    names = User.objects.names({row.person_id for row in members} | {row.sent_by_id for row in sent})
    followed = _followed(team, members)
    anchors = sum(row.role == team.managing and row.ends_on is None for row in members)
    lines = [
        Line(
            member=row,
            name=names.get(row.person_id) or row.email,
            role=role_label(team, row.role, row, followed.get(row.person_id, ())),
            verdict=may_change(actor=actor, team=team, member=row, anchors=anchors),
            is_me=row.person_id == actor.person_id,
            role_url=team.url("_role", row.pk),
            end_url=team.url("_end", row.pk),
        )
        for row in members
    ]
    lines.sort(key=lambda line: (line.member.role != team.managing, line.role, line.name))
    delegated = any(row.territory_codes for row in sent)
    offered = dict(territories().offered(team.tenant["alliance_id"])) if delegated else {}
    invited = [
        Invited(
            invitation=row,
            role=role_label(team, row.role, row, [offered.get(code, code) for code in row.territory_codes]),
            sender=names.get(row.sent_by_id, "") if row.sent_by_id else PORTAL.name,
            cancel_url=team.url("_cancel", row.pk) if row.state == "sent" else "",
        )
        for row in sent
    ]
    return {"team": team, "lines": lines, "invited": invited, "manages": actor.may(team.managing)}


def line(*, team: Team, member) -> Line:
    """One access, for the pages that change it."""
    names = User.objects.names([member.person_id])
    role = role_label(team, member.role, member, _followed(team, [member]).get(member.person_id, ()))
    return Line(member=member, name=names.get(member.person_id) or member.email, role=role, verdict=Verdict(True))


def role_label(team: Team, role: str, row, followed) -> str:
    """« Gestion », « Délégation – Mékinac », « Membre du comité – partenaire »."""
    label = team.label(role)
    if role == "delegate" and followed:
        return f"{label} – {', '.join(followed)}"
    if role == "committee" and row.seat_kind:
        return f"{label} – {SeatKind(row.seat_kind).label.lower()}"
    return label


def _followed(team: Team, members) -> dict[int, list[str]]:
    delegates = [row.person_id for row in members if row.role == "delegate"]
    return territories().followed(team.tenant["alliance_id"], delegates) if delegates else {}
