"""« Reddition de comptes »: the years of the agreement, the live figures of one, its report and its documents."""

from django.conf import settings
from django.contrib import messages as toasts
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from alliances.files.models import StoredFile
from alliances.files.responses import send
from alliances.jobs.services import QueueFull
from alliances.models import User
from alliances.tenancy.access import screen
from reporting.accountability import pages
from reporting.accountability.models import Document
from reporting.accountability.services import KIND, PRODUCERS, READERS, request_report
from reporting.accountability.years import years_of


def _year(request, number: int):
    """The year, and all of them; 404 when no agreement covers it."""
    years = years_of(request.access.alliance.pk)
    found = next((one for one in years if one.year == number), None)
    if found is None:
        raise Http404
    return found


def _documents(request):
    return Document.objects.filter(alliance_id=request.access.alliance.pk, kind=KIND).order_by("-id")


@screen("alliance", *READERS)
@require_safe
def accountability(request, alliance):
    access = request.access
    last = {}
    for document in _documents(request).only("fiscal_year", "version", "produced_at", "code"):
        last.setdefault(document.fiscal_year, document)
    years = [pages.YearLine(year, last.get(year.year), access) for year in years_of(access.alliance.pk)]
    return render(request, "accountability/list.html", {"years": years})


@screen("alliance", *READERS)
@require_safe
def accountability_year(request, alliance, year):
    found = _year(request, year)
    if found.is_future:
        return render(request, "accountability/future.html", {"year": found})
    documents = list(_documents(request).filter(fiscal_year=year).select_related("file"))
    names = User.objects.names(document.produced_by_id for document in documents)
    context = {
        "year": found,
        "figures": pages.figures(request, found),
        "documents": [(document, names.get(document.produced_by_id, "")) for document in documents],
        "job": pages.unfinished_job(request.access, year),
        "may_produce": request.access.actor.may(*PRODUCERS),
        "pdf_off": settings.PORTAL_PDF_OFF,
    }
    return render(request, "accountability/year.html", context)


@screen("alliance", *PRODUCERS)
@require_POST
def accountability_produce(request, alliance, year):
    found = _year(request, year)
    if found.is_future:
        raise Http404
    try:
        job = request_report(actor=request.access.actor, alliance=request.access.alliance, year=found.year)
    except QueueFull as full:
        toasts.error(request, str(full))
        return redirect("alliance:accountability_year", alliance=alliance, year=year)
    return redirect("alliance:job", alliance=alliance, job=job.pk)


@screen("alliance", *READERS)
@require_safe
def accountability_document(request, alliance, year, document):
    """A produced report is the alliance's: whoever may read the page may read it, not only who asked for it."""
    found = get_object_or_404(_documents(request).filter(fiscal_year=year), pk=min(document, 2**63 - 1))
    stored = get_object_or_404(StoredFile, alliance_id=request.access.alliance.pk, pk=found.file_id)
    return send(request, stored, pages.year_url(request.access, year))
