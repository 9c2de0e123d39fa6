"""Who enters and changes projects, and what stays open to change once money has been decided."""

from alliances.tenancy.access import YES, Actor, Verdict
from projects.register.models import Project

STAFF = ("manager", "officer", "finance", "reader", "privacy", "delegate")
# A delegate reads its territory and writes nothing: the mandate holder answers for what is entered.
WRITERS = ("manager", "officer")
# What a decision was taken on: from the award on, only another decision changes it.
FROZEN_ONCE_AWARDED = frozenset({"organisation", "agreement", "fund_amount"})
OVER = ("closed", "cancelled")


def may_edit(project: Project, actor: Actor) -> Verdict:
    if not actor.may(*WRITERS):
        return Verdict(False, "Votre rôle permet de consulter les projets, sans les modifier.", "role")
    if project.state in OVER:
        return Verdict(False, f"Le projet est {project.get_state_display().lower()} : il ne change plus.", "E69")
    return YES


def may_delete(project: Project, actor: Actor) -> Verdict:
    if not actor.may(*WRITERS):
        return Verdict(False, "Votre rôle permet de consulter les projets, sans les modifier.", "role")
    if project.state != "draft":
        return Verdict(False, "Seul un brouillon peut être supprimé; un projet accepté s’annule.", "E69")
    return YES


def frozen_fields(project: Project | None) -> frozenset[str]:
    """Names of the fields that this project no longer lets change."""
    return frozenset() if project is None or project.state == "draft" else FROZEN_ONCE_AWARDED
