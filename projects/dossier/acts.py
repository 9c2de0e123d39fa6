"""The buttons of a project’s page: what this person may do now, and what is closed, with its reason."""

from functools import partial

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from alliances.look.acts import Act
from projects.awards.policies import four_eyes_text
from projects.awards.workflow import AWARD
from projects.dossier.content import Dossier
from projects.followup.reading import FORWARD, acts_of
from projects.followup.services import PLANNABLE, REPLACED
from projects.register.workflow import PROJECT

WORDS = {
    "prepared": "preparer",
    "started": "signer",
    "suspended": "suspendre",
    "resumed": "reprendre",
    "completed": "terminer",
    "closed": "fermer",
    "cancelled": "annuler",
    "release": "desengager",
}
MOVES = {word: name for name, word in WORDS.items()}
_AWARD_URLS = {"approved": "award_approve", "declined": "award_decline", "withdrawn": "award_withdraw"}


def dress(request: HttpRequest, dossier: Dossier) -> None:
    """Give the dossier and its instalments their acts. At most one query: who may approve, if this person asked."""
    actor, project = request.access.actor, dossier.project
    url = partial(_url, request.access.alliance.slug)
    approvers = _approvers(request, dossier)
    acts = {}
    for arrow, verdict in PROJECT.offered(project, actor):
        if arrow.name == "approved" or verdict.code == "role":
            continue
        address = url("project_move", project=project.pk, move=WORDS[arrow.name])
        acts[arrow.name] = Act(arrow.label, address, verdict.why, f"p-{arrow.name}")
    _award_acts(dossier, actor, url, approvers, acts)
    open_rows = any(row.state in REPLACED for row in dossier.instalments)
    if project.state in PLANNABLE and actor.may("officer", "manager") and (dossier.free > 0 or open_rows):
        acts["plan"] = Act("Planifier les versements", url("instalment_plan", project=project.pk), asks=False)
    if dossier.free > 0 and project.state != "draft" and actor.may("manager"):
        address = url("project_move", project=project.pk, move=WORDS["release"])
        acts["release"] = Act("Désengager le reste", address, id="p-release")
    if project.state not in {"closed", "cancelled"} and actor.may("officer", "manager"):
        acts["edit"] = Act("Modifier", url("project_edit", project=project.pk), asks=False)
    for row in dossier.instalments:
        row.acts = acts_of(row, actor, partial(_instalment_url, url), approvers)
        row.forward = [act for act in row.acts if act.id.rpartition("-")[2] in FORWARD]
        row.others = [act for act in row.acts if act not in row.forward]
    dossier.acts = {name: act for name, act in acts.items() if act.url or act.why}


def _award_acts(dossier: Dossier, actor, url, approvers: str, acts: dict) -> None:
    project, award = dossier.project, dossier.award
    if award and award.state == "requested":
        for arrow, verdict in AWARD.offered(award, actor):
            # One who did not ask has nothing to withdraw: no button rather than a closed one.
            if verdict.code in {"role", "own"}:
                continue
            why = approvers if verdict.code == "E55" else verdict.why
            name = _AWARD_URLS[arrow.name]
            acts[name] = Act(arrow.label, url(name, award=award.pk), why, f"a-{arrow.name}")
    elif project.state == "draft" and actor.may("officer", "manager"):
        acts["award_request"] = Act("Demander l’engagement", url("award_request", project=project.pk), asks=False)


def _approvers(request: HttpRequest, dossier: Dossier) -> str:
    actor, award = request.access.actor, dossier.award
    waiting = [row for row in dossier.instalments if row.state == "requested"]
    waiting += [award] if award and award.state == "requested" else []
    if not actor.may("manager") or not any(row.requested_by_id == actor.person_id for row in waiting):
        return ""
    return four_eyes_text(request.access.alliance.pk, actor.person_id)


def _instalment_url(url, row, word: str) -> str:
    return url("instalment_move", instalment=row.pk, move=word)


def _url(alliance: str, name: str, **kwargs) -> str:
    try:
        return reverse(f"alliance:{name}", kwargs={"alliance": alliance, **kwargs})
    except NoReverseMatch:  # a room that this installation does not have
        return ""
