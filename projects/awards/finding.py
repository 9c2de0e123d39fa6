"""The project of an address, within what the person may see of the alliance."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from projects.register.models import Project
from regions.territory.access import territories_of


def visible(request: HttpRequest) -> QuerySet:
    """Projects of the alliance; for a delegate, those that touch its territories."""
    projects = Project.objects.filter(alliance_id=request.access.alliance.pk)
    followed = territories_of(request.access)
    return projects if followed is None else projects.filter(territory_ids__overlap=sorted(followed))


def project_or_404(request: HttpRequest, project_id: int, *related: str) -> Project:
    """404 for unknown, foreign and out of territory alike."""
    if project_id > 2**63 - 1:
        raise Http404
    projects = visible(request)
    return get_object_or_404(projects.select_related(*related) if related else projects, pk=project_id)


def page_of(request: HttpRequest, project_id: int, anchor: str = "") -> str:
    """The address of a project’s page."""
    kwargs = {"alliance": request.access.alliance.slug, "project": project_id}
    return reverse("alliance:project", kwargs=kwargs) + (f"#{anchor}" if anchor else "")


def crumbs_of(request: HttpRequest, project: Project) -> tuple[tuple[str, str], ...]:
    kwargs = {"alliance": request.access.alliance.slug}
    return ((reverse("alliance:projects", kwargs=kwargs), "Projets"), (page_of(request, project.pk), project.title))
