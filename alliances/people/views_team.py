"""The team page of a space, and its acts. The same four views for an alliance, an organisation and the ministry."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliances.people import roster, services
from alliances.people.forms import FirstManagerForm, InviteForm, RoleForm
from alliances.people.policies import TeamRefused, may_change
from alliances.people.teams import Team, team_of
from alliances.tenancy.access import screen
from alliances.tenancy.models import Alliance


def _team(request) -> HttpResponse:
    team, actor = team_of(request.access), request.access.actor
    manages = actor.may(team.managing)
    form = InviteForm(request.POST if request.method == "POST" else None, team=team) if manages else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                invitation = services.invite(actor=actor, team=team, **form.wanted())
            except TeamRefused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("Invitation envoyée à %(to)s.") % {"to": invitation.email})
                return redirect(team.url())
    return render(request, "people/team.html", {"form": form, **roster.page(team=team, actor=actor)})


def _member(team: Team, row: int):
    member = team.members().filter(pk=row).first()
    if member is None:
        raise Http404
    return member


def _role(request, row: int) -> HttpResponse:
    team, actor = team_of(request.access), request.access.actor
    member = _member(team, row)
    form = RoleForm(request.POST if request.method == "POST" else None, team=team, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_role(actor=actor, team=team, member=member, **form.cleaned_data)
        except TeamRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Rôle modifié. Il s’applique dès maintenant."))
            return redirect(team.url())
    verdict = may_change(actor=actor, team=team, member=member, anchors=team.anchors().count())
    line = roster.line(team=team, member=member)
    context = {"form": form, "team": team, "line": line, "back": team.url(), "verdict": verdict}
    return render(request, "people/role.html", context)


def _end(request, row: int) -> HttpResponse:
    team, actor = team_of(request.access), request.access.actor
    member = _member(team, row)
    line = roster.line(team=team, member=member)
    verdict = may_change(actor=actor, team=team, member=member, anchors=team.anchors().count())
    if request.method == "POST":
        try:
            services.end_access(actor=actor, team=team, member=member)
        except TeamRefused as refused:
            messages.error(request, refused.why)
        else:
            messages.success(request, _("L’accès de %(person)s a pris fin.") % {"person": line.name})
        return redirect(team.url())
    context = {"team": team, "line": line, "verdict": verdict, "back": team.url(), "action": team.url("_end", row)}
    return render(request, "people/end.html", context)


def _cancel(request, row: int) -> HttpResponse:
    team = team_of(request.access)
    invitation = team.invitations().filter(pk=row).first()
    if invitation is None:
        raise Http404
    try:
        services.cancel_invitation(actor=request.access.actor, team=team, invitation=invitation)
    except TeamRefused as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("Invitation annulée. Le lien n’ouvre plus rien."))
    return redirect(team.url())


@screen("alliance")
@require_http_methods(["GET", "HEAD", "POST"])
def alliance_team(request, alliance) -> HttpResponse:
    return _team(request)


@screen("alliance", "manager")
@require_http_methods(["GET", "HEAD", "POST"])
def alliance_role(request, alliance, row: int) -> HttpResponse:
    return _role(request, row)


@screen("alliance", "manager")
@require_http_methods(["GET", "HEAD", "POST"])
def alliance_end(request, alliance, row: int) -> HttpResponse:
    return _end(request, row)


@screen("alliance", "manager")
@require_POST
def alliance_cancel(request, alliance, row: int) -> HttpResponse:
    return _cancel(request, row)


@screen("promoter")
@require_http_methods(["GET", "HEAD", "POST"])
def promoter_team(request, organisation) -> HttpResponse:
    return _team(request)


@screen("promoter", "manager")
@require_http_methods(["GET", "HEAD", "POST"])
def promoter_role(request, organisation, row: int) -> HttpResponse:
    return _role(request, row)


@screen("promoter", "manager")
@require_http_methods(["GET", "HEAD", "POST"])
def promoter_end(request, organisation, row: int) -> HttpResponse:
    return _end(request, row)


@screen("promoter", "manager")
@require_POST
def promoter_cancel(request, organisation, row: int) -> HttpResponse:
    return _cancel(request, row)


@screen("ministry", "administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def ministry_team(request) -> HttpResponse:
    return _team(request)


@screen("ministry", "administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def ministry_role(request, row: int) -> HttpResponse:
    return _role(request, row)


@screen("ministry", "administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def ministry_end(request, row: int) -> HttpResponse:
    return _end(request, row)


@screen("ministry", "administrator")
@require_POST
def ministry_cancel(request, row: int) -> HttpResponse:
    return _cancel(request, row)


@screen("ministry", "administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def ministry_opens(request) -> HttpResponse:
    """Invite the first manager of an alliance."""
    alliances = list(Alliance.objects.all())
    form = FirstManagerForm(request.POST if request.method == "POST" else None, alliances=alliances)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in alliances if one.slug == form.cleaned_data["alliance"])
        try:
            services.invite_first_manager(actor=request.access.actor, alliance=chosen, email=form.cleaned_data["email"])
        except TeamRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Invitation envoyée à %(to)s.") % {"to": form.cleaned_data["email"]})
            return redirect("ministry:team")
    return render(request, "people/opens.html", {"form": form})
