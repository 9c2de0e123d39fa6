"""Asking for an award, and deciding it."""

from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from alliances.look import formats, messages
from alliances.look.confirmation import NothingToFill, Question, confirm
from alliances.people.models import User
from alliances.tenancy.access import screen
from alliances.workflow.engine import MoveRefused
from projects.awards import services
from projects.awards.finding import crumbs_of, page_of, project_or_404
from projects.awards.forms import AwardForm, DecidedForm, ReasonForm
from projects.awards.models import Award
from projects.awards.policies import already_text, four_eyes_text, with_free
from regions.money.models import Envelope
from regions.money.services import InsufficientBalance


@screen("alliance", "manager", "officer")
def award_request(request: HttpRequest, alliance: str, project: int) -> HttpResponse:
    project = project_or_404(request, project, "organisation")
    form = AwardForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        try:
            award = services.request(actor=request.access.actor, project=project, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toasts.success(
                request,
                f"Engagement de {formats.money(award.amount)} demandé. Une autre personne doit maintenant l’approuver.",
            )
            if form.shortage:
                toasts.warning(request, form.shortage)
            return redirect(page_of(request, project.pk, "engagement"))
    context = {"form": form, "project": project, "crumbs": crumbs_of(request, project)}
    return render(request, "projects/awards/request.html", context)


def _award(request: HttpRequest, award_id: int) -> Award:
    if award_id > 2**63 - 1:
        raise Http404
    rows = Award.objects.filter(alliance_id=request.access.alliance.pk).select_related("project", "envelope")
    return get_object_or_404(rows, pk=award_id)


def _question(request: HttpRequest, award: Award, title: str, button: str, *lines: str, danger=False) -> Question:
    return Question(
        title=title,
        button=button,
        lines=tuple(line for line in lines if line),
        danger=danger,
        back=page_of(request, award.project_id, "engagement"),
        crumbs=crumbs_of(request, award.project),
    )


def _explain(request: HttpRequest, award: Award, done: str):
    """Say a refusal in full: who may approve (E55), who did it already (E56)."""

    def explain(refused: MoveRefused) -> str:
        if refused.verdict.code == "E55":
            return four_eyes_text(award.alliance_id, request.access.person.pk)
        now = Award.objects.get(alliance_id=award.alliance_id, pk=award.pk)
        if refused.verdict.code == "E69" and now.state == done:
            who = User.objects.names([now.decided_by_id])[now.decided_by_id]
            words = {"approved": "approuvé", "declined": "refusé", "withdrawn": "retiré"}[done]
            return already_text(f"{words} cet engagement", who, now.decided_at)
        return refused.verdict.why

    return explain


@screen("alliance", "manager", "officer")
def award_approve(request: HttpRequest, alliance: str, award: int) -> HttpResponse:
    award = _award(request, award)
    amount, branch = formats.money(award.amount), with_free(Envelope.objects.filter(pk=award.envelope_id)).get()
    effect = f"Le solde de « {branch.name} » passera de {formats.money(branch.free)} à "
    effect += f"{formats.money(branch.free - award.amount)}."
    if branch.free < award.amount:
        effect = f"Le solde de « {branch.name} » est de {formats.money(branch.free)} : il ne suffit pas."
    who = User.objects.names([award.requested_by_id]).get(award.requested_by_id, "")
    asked = f"{who} l’a demandé le {formats.when(award.requested_at)}, résolution {award.resolution or '—'}."
    question = _question(request, award, f"Engager {amount}?", f"Engager {amount}", effect, asked)
    form = DecidedForm(request.POST or None, envelope=award.envelope)
    return confirm(
        request,
        question,
        form,
        lambda given: _approve(request, award, given["decided_on"]),
        _explain(request, award, "approved"),
    )


def _approve(request: HttpRequest, award: Award, decided_on) -> str:
    actor = request.access.actor
    try:
        services.approve(actor=actor, award=award, decided_on=decided_on)
    except InsufficientBalance as short:
        services.note_insufficient(actor=actor, award=award, refused=short)
        figures = {"available": short.available, "amount": short.asked, "missing": short.missing}
        shown = {name: formats.money(value) for name, value in figures.items()}
        raise ValidationError(messages.text("E50", branch=short.envelope.name, **shown), code="E50") from short
    left = with_free(Envelope.objects.filter(pk=award.envelope_id)).get()
    return (
        f"{formats.money(award.amount)} engagés pour {award.project.title}. "
        f"Il reste {formats.money(left.free)} dans « {left.name} »."
    )


@screen("alliance", "manager")
def award_decline(request: HttpRequest, alliance: str, award: int) -> HttpResponse:
    award = _award(request, award)
    line = f"Rien ne sera engagé. {award.project.title} reste un brouillon; l’engagement peut être demandé de nouveau."
    question = _question(
        request, award, f"Refuser l’engagement de {formats.money(award.amount)}?", "Refuser l’engagement", line
    )

    def act(given: dict) -> str:
        services.decline(actor=request.access.actor, award=award, reason=given["reason"])
        return "Engagement refusé. Rien n’a été engagé."

    return confirm(request, question, ReasonForm(request.POST or None), act, _explain(request, award, "declined"))


@screen("alliance", "manager", "officer")
def award_withdraw(request: HttpRequest, alliance: str, award: int) -> HttpResponse:
    award = _award(request, award)
    line = "Rien ne sera engagé. Vous pourrez faire une autre demande."
    question = _question(
        request, award, f"Retirer la demande de {formats.money(award.amount)}?", "Retirer la demande", line
    )

    def act(given: dict) -> str:
        services.withdraw(actor=request.access.actor, award=award)
        return "Demande retirée. Rien n’a été engagé."

    form = NothingToFill(request.POST if request.method == "POST" else None)
    return confirm(request, question, form, act, _explain(request, award, "withdrawn"))
