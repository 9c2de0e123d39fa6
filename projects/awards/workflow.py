"""An award: asked for by one person, decided by another."""

from alliances.tenancy.access import YES, Actor, Verdict
from alliances.workflow.engine import Workflow, move
from projects.awards.models import Award, AwardState

OWN_REQUEST = "Vous avez fait cette demande : une autre personne doit l’approuver."


def another_person(award: Award, actor: Actor) -> Verdict:
    """Four eyes. The database holds the same rule (award_four_eyes)."""
    return Verdict(False, OWN_REQUEST, "E55") if award.requested_by_id == actor.person_id else YES


def own_request(award: Award, actor: Actor) -> Verdict:
    if award.requested_by_id == actor.person_id:
        return YES
    return Verdict(False, "Seule la personne qui a fait la demande peut la retirer.", "own")


AWARD = Workflow(
    "award",
    AwardState,
    #     name         from         to           who                label                   and
    move("approved", "requested", "approved", "manager", "Approuver l’engagement", another_person),
    move("declined", "requested", "declined", "manager", "Refuser l’engagement"),
    move("withdrawn", "requested", "withdrawn", "officer manager", "Retirer la demande", own_request),
)
