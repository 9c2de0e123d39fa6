"""The money of an alliance, to read: its envelopes, its ledger, one posting. Nothing is changed here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from alliances.tenancy.access import screen
from regions.money.fiscal import fiscal_year_of
from regions.money.forms import LedgerFilter
from regions.money.listing import ledger_page
from regions.money.models import Entry, Posting
from regions.money.reading import accounts_of, tree

READERS = ("manager", "officer", "finance", "reader", "privacy")


@screen("alliance", *READERS)
def envelopes(request: HttpRequest, alliance: str) -> HttpResponse:
    years = tree(accounts_of(request.access.alliance.pk))
    this_year = fiscal_year_of(timezone.localdate())
    known = [year.envelope.fiscal_year for year in years]
    present = this_year if this_year in known else max(known, default=None)
    context = {"years": years, "present": present, "elapsed": _elapsed(this_year)}
    return render(request, "regions/money/envelopes.html", context)


def _elapsed(year: int) -> int:
    """Percent of the fiscal year gone, a whole number."""
    today = timezone.localdate()
    start = today.replace(year=year, month=4, day=1)
    return min(100, (today - start).days * 100 // 365)


@screen("alliance", *READERS)
def ledger(request: HttpRequest, alliance: str) -> HttpResponse:
    accounts = accounts_of(request.access.alliance.pk)
    form = LedgerFilter(request.GET, accounts=accounts)
    context = {"filter": form, **ledger_page(request, accounts, form)}
    return render(request, "regions/money/ledger.html", context)


@screen("alliance", *READERS)
def posting(request: HttpRequest, alliance: str, posting: int) -> HttpResponse:
    if posting > 2**63 - 1:
        raise Http404
    here = request.access.alliance.pk
    found = get_object_or_404(Posting.objects.filter(alliance_id=here).select_related("reverses"), pk=posting)
    entries = Entry.objects.filter(alliance_id=here, posting=found).select_related("account__envelope").order_by("id")
    answer = Posting.objects.filter(alliance_id=here, reverses=found).first()
    context = {"posting": found, "entries": list(entries), "answer": answer}
    return render(request, "regions/money/posting.html", context)
