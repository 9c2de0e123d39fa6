"""How the states of things are named and shown: one registry, (kind, state) → label, tone, icon and two sentences.

The state codes are those of each room’s enums. A sentence may carry placeholders (`%(date)s`): the page fills them with
`State.tell()`. `mine` is what the author, the organisation or the alliance reads; `staff` is what the other side reads.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.look.states_projects import APPLICATION, AWARD, CALL, INSTALMENT, PROJECT, REPORT
from alliances.look.states_site import (
    ACCOUNTABILITY,
    AGREEMENT,
    CONTRIBUTION,
    FILE,
    INVITATION,
    JOB,
    NOTICE,
    SCORE,
)
from alliances.look.tones import State

REGISTRY: dict[str, dict[str, State]] = {
    "call": CALL,
    "application": APPLICATION,
    "project": PROJECT,
    "award": AWARD,
    "instalment": INSTALMENT,
    "plan": REPORT,
    "amendment": REPORT,
    "report": REPORT,
    "accountability": ACCOUNTABILITY,
    "agreement": AGREEMENT,
    "contribution": CONTRIBUTION,
    "score": SCORE,
    "invitation": INVITATION,
    "file": FILE,
    "notice": NOTICE,
    "job": JOB,
}

KIND_LABELS = {
    "call": _("Appel"),
    "application": _("Demande"),
    "project": _("Projet"),
    "award": _("Engagement"),
    "instalment": _("Versement"),
    "report": _("Plan, avenant et rapport"),
    "accountability": _("Reddition de comptes"),
    "agreement": _("Entente"),
    "contribution": _("Contribution"),
    "score": _("Évaluation"),
    "invitation": _("Invitation"),
    "file": _("Fichier"),
    "notice": _("Courriel"),
    "job": _("Production d’un fichier"),
}


def state(kind: str, code: str) -> State:
    """The state of a thing as it is shown. An unknown pair raises KeyError: the fault is ours."""
    return REGISTRY[kind][code]


def choices(kind: str) -> list[tuple[str, str]]:
    """(code, label) in the order of the process, for filters and lists."""
    return [(code, item.label) for code, item in REGISTRY[kind].items()]
