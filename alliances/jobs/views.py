"""« Mes fichiers » and the page of one job; the same views in each space that has a worker's jobs."""

from django.contrib import messages as toasts
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from alliances.jobs import listing, services

# The largest id that the database knows: what is beyond is nobody's.
MOST = 2**63 - 1


def _before(request) -> int | None:
    value = request.GET.get("avant", "")
    return min(int(value), MOST) if value.isdecimal() and value.isascii() and len(value) < 20 else None


def _job(request, pk: int):
    return get_object_or_404(listing.jobs_of(request.access), pk=min(pk, MOST))


@require_safe
def files(request):
    page = listing.list_page(request.access, _before(request))
    template = "jobs/list.html#rows" if request.htmx else "jobs/list.html"
    return render(request, template, {"page": page, "here": listing.page_url(request.access, "files")})


@require_safe
def one(request, job: int):
    [line] = listing.lines(request.access, [_job(request, job)])
    template = "jobs/job.html#progress" if request.htmx else "jobs/job.html"
    return render(request, template, {"line": line, "back": listing.page_url(request.access, "files")})


@require_POST
def cancel(request, job: int):
    found = services.cancel(actor=request.access.actor, job=_job(request, job))
    if found.state == "done":
        toasts.info(request, "Le fichier était déjà prêt : rien n’a été annulé.")
    return redirect(listing.page_url(request.access, "job", job=found.pk))


@require_POST
def retry(request, job: int):
    found = _job(request, job)
    if not listing.lines(request.access, [found])[0].may_retry:
        return redirect(listing.page_url(request.access, "job", job=found.pk))
    try:
        found = services.retry(actor=request.access.actor, job=found)
    except services.QueueFull as full:
        toasts.error(request, str(full))
    return redirect(listing.page_url(request.access, "job", job=found.pk))
