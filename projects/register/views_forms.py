"""Entering a project, changing it, deleting a draft."""

from dataclasses import replace
from uuid import UUID, uuid4

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alliances.look import errors, formats, messages
from alliances.models import User
from alliances.tenancy.access import screen
from projects.register import comparing, services
from projects.register.content import content_of
from projects.register.entry import ProjectEntry, as_data, asked, blank, is_asking, marks
from projects.register.filters import number_of
from projects.register.models import Project
from projects.register.policies import WRITERS, may_delete, may_edit
from regions.territory.access import territories_of

FORM = "projects/register/form.html"


def _project(request: HttpRequest, pk: int) -> Project:
    """A project that this person sees; unknown, foreign and out of a delegate's territory answer the same."""
    here = Project.objects.visible(request.access.alliance.pk, territories_of(request.access))
    project = here.select_related("organisation").filter(pk=pk).first()
    if project is None:
        raise Http404
    return project


def _page_of(request: HttpRequest, project: Project) -> str:
    return reverse("alliance:projects", args=[request.access.alliance.slug]) + f"{project.pk}/"


def _form(request: HttpRequest, entry: ProjectEntry, **more) -> HttpResponse:
    status = 200 if entry.quiet or request.method == "GET" else 422
    return render(request, FORM, {"form": entry, "sums": entry.sums(), "project": entry.project, **more}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@screen("alliance", *WRITERS)
def new(request: HttpRequest, alliance: str) -> HttpResponse:
    tenant, key = request.access.alliance, _form_key(request)
    shown = {"form_key": key or uuid4()}
    if request.method != "POST":
        data = blank(number_of(request.GET.get("organisme")))
        return _form(request, ProjectEntry(tenant.pk, data, quiet=True), **shown)
    if is_asking(request.POST):
        return _form(request, asked(tenant.pk, request.POST, None), **shown)
    entry = ProjectEntry(tenant.pk, request.POST)
    if not entry.is_valid():
        # Its new organisation may be refused for being the one that the first sending entered.
        entered = services.entered_with(alliance_id=tenant.pk, form_key=key)
        return _entered_before(request, entered) if entered else _form(request, entry, **shown)
    try:
        project = services.create(actor=request.access.actor, alliance=tenant, content=entry.content(), form_key=key)
    except services.AlreadyEntered as before:
        return _entered_before(request, before.project)
    except services.NEQTaken:
        entry.promoter.taken()
        return _form(request, entry, **shown)
    toasts.success(request, f"Projet {project.number} inscrit comme brouillon.")
    return redirect(_page_of(request, project))


def _form_key(request: HttpRequest) -> UUID | None:
    """The key drawn with the form; anything else is none, and the form then serves as often as it is sent."""
    try:
        return UUID(str(request.POST.get("form_key") or ""))
    except ValueError:
        return None


def _entered_before(request: HttpRequest, project: Project) -> HttpResponse:
    """A form sent twice: the second leads where the first did, and says so to whoever meant another project."""
    toasts.info(request, f"Ce formulaire a déjà servi : il a inscrit le projet {project.number}.")
    return redirect(_page_of(request, project))


@require_http_methods(["GET", "HEAD", "POST"])
@screen("alliance", *WRITERS)
def edit(request: HttpRequest, alliance: str, project: int) -> HttpResponse:
    row = _project(request, project)
    verdict = may_edit(row, request.access.actor)
    if not verdict:
        return errors.conflict(request, verdict.why, _page_of(request, row))
    if request.method != "POST":
        stored = content_of(row)
        entry = ProjectEntry(row.alliance_id, as_data(stored), project=row, quiet=True)
        return _form(request, entry, version=row.version, opened=marks(stored))
    return _posted(request, row)


def _posted(request: HttpRequest, row: Project) -> HttpResponse:
    data, version = request.POST, number_of(request.POST.get("version")) or 0
    shown = {"version": version, "opened": data.get("opened", "")}
    if "mixing" in data and version == row.version and not comparing.undecided(data):
        data = comparing.mixed(data, content_of(row))
        if "again" in data:
            return _form(request, ProjectEntry(row.alliance_id, data, project=row, quiet=True), **shown)
    if is_asking(data):
        return _form(request, asked(row.alliance_id, data, row), **shown)
    entry = ProjectEntry(row.alliance_id, data, project=row)
    if not entry.is_valid():
        return _form(request, entry, **shown)
    if comparing.undecided(data):
        return _compared(request, row, entry, shown)
    return _saved(request, row, entry, shown)


def _saved(request: HttpRequest, row: Project, entry: ProjectEntry, shown: dict) -> HttpResponse:
    content = entry.content()
    try:
        project = services.change(actor=request.access.actor, project=row, version=shown["version"], content=content)
    except services.NEQTaken:
        entry.promoter.taken()
        return _form(request, entry, **shown)
    except services.Stale as stale:
        return _compared(request, stale.project, entry, shown)
    toasts.success(request, f"Projet {project.number} enregistré.")
    return redirect(_page_of(request, project))


def _compared(request: HttpRequest, theirs: Project, entry: ProjectEntry, shown: dict) -> HttpResponse:
    """Both versions, section by section: nothing was written, and nothing is lost."""
    stored = content_of(theirs)
    mine = entry.content().frozen(stored, entry.frozen)
    if entry.promoter:
        mine = replace(mine, promoter=entry.promoter.chosen_row)
    who = User.objects.names([theirs.updated_by_id]).get(theirs.updated_by_id, "Le portail")
    context = {
        "project": theirs,
        "message": messages.text("E68", person=who, time=formats.hour(formats.local(theirs.updated_at))),
        "differences": comparing.differences(stored, mine, shown["opened"]),
        "undecided": comparing.undecided(entry.data),
        "opened": marks(stored),
        "posted": [(key, value) for key, values in entry.data.lists() if _carried(key) for value in values],
    }
    return render(request, "projects/register/compare.html", context, status=409)


def _carried(key: str) -> bool:
    return key not in {"csrfmiddlewaretoken", "version", "opened", "mixing", "again", "differs"} and key[:5] != "keep-"


@require_http_methods(["GET", "HEAD", "POST"])
@screen("alliance", *WRITERS)
def delete(request: HttpRequest, alliance: str, project: int) -> HttpResponse:
    row = _project(request, project)
    verdict = may_delete(row, request.access.actor)
    if not verdict:
        return errors.conflict(request, verdict.why, _page_of(request, row))
    if request.method != "POST":
        return render(request, "projects/register/delete.html", {"project": row, "back": _page_of(request, row)})
    try:
        services.delete_draft(actor=request.access.actor, project=row)
    except services.DraftInUse:
        text = "Un engagement a déjà été demandé pour ce projet : il reste au dossier et ne peut pas être supprimé."
        return errors.conflict(request, text, _page_of(request, row))
    except Project.DoesNotExist:
        return errors.conflict(request, messages.text("E69", state="Accepté"), _page_of(request, row))
    toasts.success(request, f"Brouillon {row.number} supprimé.")
    return redirect("alliance:projects", alliance)
