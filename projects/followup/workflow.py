"""An instalment, from its planned date to the promoter’s account. Only paying posts: asking and approving do not."""

from alliances.look import messages
from alliances.tenancy.access import YES, Actor, Verdict
from alliances.workflow.engine import Workflow, move
from projects.awards.workflow import OWN_REQUEST
from projects.followup.models import Instalment, InstalmentState
from projects.register.workflow import PAYABLE

_WAITS = {
    "approved": ("l’entente avec l’organisme n’est pas signée", "la signature sera inscrite"),
    "to_sign": ("l’entente avec l’organisme n’est pas signée", "la signature sera inscrite"),
    "suspended": ("le projet est suspendu", "le projet reprendra"),
    "cancelled": ("le projet est annulé", "un nouveau projet sera accepté"),
    "closed": ("le dossier du projet est fermé", "le dossier sera rouvert"),
    "draft": ("rien n’est engagé pour ce projet", "l’engagement sera approuvé"),
}


def project_goes_on(instalment: Instalment, actor: Actor) -> Verdict:
    """Nothing is requested, approved or paid for a project that is not in progress (E57)."""
    state = instalment.project.state
    if state in PAYABLE:
        return YES
    reason, remedy = _WAITS[state]
    return Verdict(False, messages.text("E57", reason=reason, remedy=remedy), "E57")


def another_person(instalment: Instalment, actor: Actor) -> Verdict:
    """Four eyes. The database holds the same rule (instalment_four_eyes)."""
    if instalment.requested_by_id == actor.person_id:
        return Verdict(False, OWN_REQUEST, "E55")
    return project_goes_on(instalment, actor)


BEFORE_PAYMENT = "planned due blocked requested approved returned"

INSTALMENT = Workflow(
    "payment",
    InstalmentState,
    #     name         from              to           who                        label                       and
    move("due", "planned", "due", "portal officer manager", "Déclarer dû dès maintenant"),
    move("blocked", "planned due", "blocked", "officer manager", "Bloquer le versement"),
    move("unblocked", "blocked", "due", "manager", "Débloquer le versement"),
    move("requested", "due", "requested", "finance officer", "Demander le versement", project_goes_on),
    move("approved", "requested", "approved", "manager", "Approuver le versement", another_person),
    move("refused", "requested", "due", "manager", "Refuser le versement"),
    move("paid", "approved", "paid", "finance", "Inscrire comme versé", project_goes_on),
    move("returned", "paid", "returned", "finance", "Inscrire le retour de la banque"),
    move("reopened", "returned", "due", "finance officer", "Remettre à verser"),
    move("cancelled", BEFORE_PAYMENT, "cancelled", "manager", "Annuler le versement"),
)
