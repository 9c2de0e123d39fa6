"""The first page of each space: where things stand, what waits for me."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.tenancy.access import screen
from projects.models import Project
from regions.territory.access import territories_of
from reporting.charts.bars import Bar, Bars
from reporting.figures.alliance import agreement_of, by_priority, elapsed, waiting
from reporting.figures.programme import of_agreement
from reporting.figures.promoter import payments

STAFF = ("manager", "officer", "finance", "reader", "privacy")


@screen("alliance")
@require_safe
def home(request, alliance):
    """The door of the space: a delegate starts with the projects of its territory, everyone else with the dashboard."""
    page = "alliance:projects" if territories_of(request.access) is not None else "alliance:dashboard"
    return redirect(page, alliance=alliance)


@screen("alliance", *STAFF)
@require_safe
def dashboard(request, alliance):
    tenant, today = request.access.alliance, timezone.localdate()
    agreement = agreement_of(tenant.pk, today, request.GET.get("entente", ""))
    context = {"today": today, "agreement": agreement}
    if agreement is not None:
        priorities = by_priority(tenant.pk, agreement.pk)
        line, years = of_agreement(agreement, today)
        context |= {
            "line": line,
            "years": years,
            "elapsed": (gone := elapsed(agreement, today)),
            "scale_at": min(max(gone, 24), 76),  # the word stays clear of both ends
            "priorities": priorities,
            "chart": _chart(priorities),
            "longest": max((one.engaged for one in priorities), default=0),
            "waiting": waiting(tenant.pk, request.access.roles, today),
        }
    return render(request, "dashboards/alliance.html", context)


def _chart(priorities) -> Bars | None:
    shown = [one for one in priorities if one.committed or one.paid]
    if not shown:
        return None
    bars = tuple(Bar(one.label, (one.paid, one.committed), one.figure) for one in shown)
    legend = (("Versé", "paid"), ("Engagé, à verser", "committed"))
    return Bars("Sommes engagées par priorité principale", legend, bars, width=740, size=13)


@screen("committee")
@require_safe
def committee(request, alliance):
    return render(request, "dashboards/committee.html")


@screen("promoter")
@require_safe
def promoter(request, organisation):
    projects = Project.objects.filter(organisation_id=request.access.organisation.pk).select_related("alliance")
    projects = list(projects.order_by("-updated_at", "-pk")[:100])
    context = {"projects": projects, "payments": payments(projects, timezone.localdate())}
    return render(request, "dashboards/promoter.html", context)
