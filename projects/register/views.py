"""The list of projects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.look import states
from alliances.tenancy.access import screen
from projects.register import cursors
from projects.register.filters import Filters
from projects.register.listing import Page, page_of
from projects.register.policies import STAFF, WRITERS
from projects.register.promoters import organisations_named
from regions.territory.access import territories_of


@require_safe
@screen("alliance", *STAFF)
def projects(request: HttpRequest, alliance: str) -> HttpResponse:
    access = request.access
    filters, territories = Filters.read(request.GET), territories_of(access)
    cursor = cursors.read(request.GET, filters.column)
    page = page_of(access.alliance.pk, territories, filters, cursor, timezone.localdate())
    context = {
        "page": page,
        "filters": filters,
        "chips": _chips(filters, page),
        "states": states.choices("project"),
        "only": [] if territories is None else [page.choices.territories.get(pk, "") for pk in territories],
        "may_write": access.actor.may(*WRITERS),
        "partial": bool(request.htmx and not request.htmx.history_restore_request),
    }
    name = "projects/register/list.html"
    response = render(request, f"{name}#results" if context["partial"] else name, context)
    if context["partial"] and not cursor:
        response["HX-Push-Url"] = request.path + filters.query().removesuffix("?")
    return response


def _chips(filters: Filters, page: Page) -> list[tuple[str, str]]:
    """(what is filtered, the address without it)."""
    names = page.choices
    chips = []
    if filters.words:
        chips.append((f"« {filters.words} »", filters.without(words="").query()))
    if filters.state:
        chips.append((str(states.state("project", filters.state).label), filters.without(state="").query()))
    if filters.territory:
        name = names.territories.get(filters.territory, "Territoire")
        chips.append((name, filters.without(territory=None).query()))
    if filters.priority:
        chips.append((names.priorities.get(filters.priority, "Priorité"), filters.without(priority=None).query()))
    if filters.year:
        chips.append((f"Exercice {filters.year}-{filters.year + 1}", filters.without(year=None).query()))
    if filters.promoter:
        chips.append((f"Organisme : {filters.promoter}", filters.without(promoter="").query()))
    return chips


@require_safe
@screen("alliance", *STAFF)
def promoters(request: HttpRequest, alliance: str) -> HttpResponse:
    """Names of organisations that hold what is typed, for the filter."""
    names = organisations_named(request.GET.get("organisme", ""), 10)
    return render(request, "projects/register/promoter_options.html", {"organisations": names})
