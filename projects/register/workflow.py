"""The life of a project, as a table of moves. Its money is in the ledger: a move that posts says so in its service."""

from alliances.look import formats
from alliances.tenancy.access import YES, Actor, Verdict
from alliances.workflow.engine import Workflow, move
from projects.register.enums import ProjectState
from projects.register.models import Project


def nothing_left(project: Project, actor: Actor) -> Verdict:
    """A file closes when all that was committed is paid or given back to its branch."""
    left = project.committed + project.reserved
    if not left:
        return YES
    why = f"Il reste {formats.money(left)} à verser ou à désengager."
    return Verdict(False, why, "left")


PROJECT = Workflow(
    "project",
    ProjectState,
    #     name         from                                     to             who              label
    move("approved", "draft", "approved", "manager portal", "Engager"),  # by an award, never alone
    move("prepared", "approved", "to_sign", "officer manager", "Mettre l’entente à signer"),
    move("started", "to_sign", "in_progress", "officer manager", "Inscrire l’entente signée"),
    move("suspended", "in_progress", "suspended", "officer manager", "Suspendre le projet"),
    move("resumed", "suspended", "in_progress", "officer manager", "Reprendre le projet"),
    move("completed", "in_progress", "completed", "officer manager", "Terminer le projet"),
    move("closed", "completed", "closed", "manager", "Fermer le dossier", nothing_left),
    move("cancelled", "draft approved to_sign in_progress suspended", "cancelled", "manager", "Annuler le projet"),
)

# States in which the project's agreement is signed and its instalments may be paid. The last one often follows the end
# of the activities, once the final report is read.
PAYABLE = ("in_progress", "completed")
