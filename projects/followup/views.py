"""The list of instalments, the plan of one project, and the acts on one instalment."""

from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.look import formats
from alliances.look.confirmation import confirm
from alliances.tenancy.access import screen
from projects.awards.finding import crumbs_of, page_of, project_or_404
from projects.followup import services
from projects.followup.forms import InstalmentFilter, InstalmentRows
from projects.followup.listing import listing
from projects.followup.models import Instalment
from projects.followup.proposal import proposal
from projects.followup.questions import QUESTIONS, explain
from projects.followup.reading import MOVES, judged


@screen("alliance", "manager", "officer", "finance", "reader", "privacy")
def instalments(request: HttpRequest, alliance: str) -> HttpResponse:
    form = InstalmentFilter(request.GET)
    state = form.cleaned_data["etat"] if form.is_valid() else ""
    context = {"filter": form, **listing(request, state, request.GET.get("apres", ""))}
    return render(request, "projects/followup/list.html", context)


@screen("alliance", "manager", "officer")
def instalment_plan(request: HttpRequest, alliance: str, project: int) -> HttpResponse:
    project = project_or_404(request, project)
    if project.state not in services.PLANNABLE:
        raise Http404
    initial, free = proposal(project)
    rows = InstalmentRows(request.POST or None, prefix="v", initial=None if request.POST else initial)
    if rows.adding:
        rows = rows.with_one_more()
    elif request.method == "POST" and rows.is_valid():
        try:
            planned = services.plan(actor=request.access.actor, project=project, rows=rows.plan)
        except ValidationError as error:
            rows.non_form_errors().extend(error.messages)
        else:
            toasts.success(request, f"{formats.counted(len(planned), 'versement planifié', 'versements planifiés')}.")
            return redirect(page_of(request, project.pk, "versements"))
    context = {"rows": rows, "project": project, "free": free, "crumbs": crumbs_of(request, project)}
    return render(request, "projects/followup/plan.html", context)


@screen("alliance", "manager", "officer", "finance")
def instalment_move(request: HttpRequest, alliance: str, instalment: int, move: str) -> HttpResponse:
    if move not in MOVES or instalment > 2**63 - 1:
        raise Http404
    rows = Instalment.objects.filter(alliance_id=request.access.alliance.pk)
    row = get_object_or_404(rows.select_related("project__organisation", "envelope"), pk=instalment)
    name = MOVES[move]
    question, form, act = QUESTIONS[name](request, judged(row, timezone.localdate()))
    return confirm(request, question, form, act, explain(request, row, name))
