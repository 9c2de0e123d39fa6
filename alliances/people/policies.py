"""Who may do what in a team, with the sentence that says why not."""

from django.utils.translation import gettext as _

from alliances.tenancy.access import YES, Verdict


class TeamRefused(Exception):
    """An act on a team was not possible; `why` is the sentence shown, `field` where (empty: the whole form)."""

    def __init__(self, why: str, field: str = ""):
        super().__init__(why)
        self.why, self.field = why, field


def may_manage(*, actor, team) -> Verdict:
    if actor.may(team.managing):
        return YES
    return Verdict(False, _("Le rôle « %(role)s » permet cet acte.") % {"role": team.label(team.managing)})


def may_change(*, actor, team, member, anchors: int) -> Verdict:
    """Change the role of a member or end an access; `anchors` is how many managers without an end the team has."""
    verdict = may_manage(actor=actor, team=team)
    if not verdict:
        return verdict
    if member.person_id == actor.person_id:
        return Verdict(False, _("Une autre personne doit modifier votre accès."))
    if is_last(team=team, member=member, anchors=anchors):
        return Verdict(
            False,
            _("L’équipe garde toujours une personne avec le rôle « %(role)s ». Donnez d’abord ce rôle à une autre.")
            % {"role": team.label(team.managing)},
        )
    return YES


def is_last(*, team, member, anchors: int) -> bool:
    return member.role == team.managing and member.ends_on is None and anchors <= 1
