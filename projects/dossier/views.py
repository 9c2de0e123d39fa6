"""The page of one project, and the moves of its life."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alliances.look.confirmation import confirm
from alliances.tenancy.access import screen
from projects.awards.finding import project_or_404
from projects.dossier.acts import MOVES, dress
from projects.dossier.content import gather
from projects.dossier.questions import QUESTIONS
from projects.dossier.turn import turn_of


@screen("alliance", "manager", "officer", "finance", "reader", "privacy", "delegate")
def project(request: HttpRequest, alliance: str, project: int) -> HttpResponse:
    found = project_or_404(request, project, "organisation", "agreement")
    before = request.GET.get("avant", "")
    before = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    dossier = gather(found, timezone.localdate(), before)
    dress(request, dossier)
    turn = turn_of(dossier)
    acts = _turn_acts(dossier, turn)
    rest = [act for name, act in dossier.acts.items() if act not in acts and name not in {"edit", "plan"}]
    context = {
        "dossier": dossier,
        "project": found,
        "turn": turn,
        "turn_mine": turn and turn.mine(request.access.actor),
        "turn_acts": acts,
        "rest": rest,
        "ledger": request.access.roles & {"manager", "officer", "finance", "reader", "privacy"},
        "before": before,
    }
    return render(request, "projects/dossier/page.html", context)


def _turn_acts(dossier, turn) -> list:
    """The acts of the card: those of the project, or those that bring its next payment nearer."""
    if turn is None:
        return []
    if turn.instalment is not None:
        # Shown here and in the table of instalments: no two elements have the same id.
        return [replace(act, id=f"t-{act.id}") for act in turn.instalment.forward]
    return [dossier.acts[name] for name in turn.acts if name in dossier.acts]


@screen("alliance", "manager", "officer")
def project_move(request: HttpRequest, alliance: str, project: int, move: str) -> HttpResponse:
    if move not in MOVES:
        raise Http404
    found = project_or_404(request, project)
    question, form, act = QUESTIONS[MOVES[move]](request, found)
    return confirm(request, question, form, act)
