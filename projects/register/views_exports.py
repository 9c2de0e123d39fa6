"""What is filtered, as a file: at once when it is short, by a job when it is long."""

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.audit.services import record
from alliances.jobs.services import QueueFull, enqueue
from alliances.tenancy.access import screen
from projects.register.exports import MEDIA_TYPES, WRITERS, Rows, name_of
from projects.register.filters import Filters
from projects.register.listing import count_of
from projects.register.policies import STAFF
from projects.register.tasks import KIND
from regions.territory.access import territories_of

AT_ONCE = 1000


@require_POST
@screen("alliance", *STAFF)
def export(request: HttpRequest, alliance: str) -> HttpResponse:
    access, kind = request.access, request.POST.get("format")
    kind = kind if kind in WRITERS else "xlsx"
    filters, territories = Filters.read(request.GET), territories_of(access)
    number = count_of(access.alliance.pk, territories, filters)
    if number > AT_ONCE:
        return _later(request, filters, territories, kind, number)
    body = WRITERS[kind](Rows(access.alliance.pk, territories, filters), lambda done: None)
    record(
        actor=access.actor,
        verb="projects.exported",
        alliance_id=access.alliance.pk,
        rows=number,
        format=kind,
        filters=filters.as_dict(),
    )
    name = name_of(alliance, kind, timezone.localdate())
    return HttpResponse(
        body,
        content_type=MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def _later(request: HttpRequest, filters: Filters, territories, kind: str, number: int) -> HttpResponse:
    access = request.access
    limited = None if territories is None else sorted(territories)
    try:
        job = enqueue(
            actor=access.actor,
            space="alliance",
            alliance_id=access.alliance.pk,
            kind=KIND,
            title=f"Projets ({kind.upper()}), {number} lignes",
            arguments={"filters": filters.as_dict(), "format": kind, "territories": limited},
        )
    except QueueFull as full:
        toasts.error(request, str(full))
        return redirect(request.path.removesuffix("exporter/") + filters.query())
    return redirect("alliance:job", access.alliance.slug, job.pk)
