"""The 21 alliances, for the ministry and for the auditor: the same pages, each in its own space. Read only."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.tenancy.access import screen
from regions.models import Agreement, Cycle
from reporting.dashboards.forms import SituationForm
from reporting.dashboards.tilemap import draw
from reporting.figures.programme import of_agreement, programme, sources
from reporting.figures.rows import project_rows

# The ministry's own presentation of May 2023: the cycle and the day of its figures.
PUBLISHED = ("2017-2023", date(2022, 3, 31))
# The cycles before this day are known by their totals only.
FIRST = date(2017, 4, 1)


def _situation(request, cycles: list[Cycle]):
    """What was asked, among these cycles; the published situation where nothing was."""
    if not cycles:
        raise Http404
    published = next((cycle for cycle in cycles if cycle.code == PUBLISHED[0]), cycles[-1])
    asked = {"cycle": published.code, "situation": PUBLISHED[1].isoformat(), "mesure": "engage", **request.GET.dict()}
    form = SituationForm(asked, cycles=cycles)
    return form, *form.chosen(published, PUBLISHED[1])


@require_safe
def home(request):
    cycles = Cycle.objects.filter(kind="cycle", starts_on__lte=timezone.localdate(), starts_on__gte=FIRST)
    form, cycle, day, measure = _situation(request, list(cycles))
    whole = programme(cycle, day)
    context = {
        "form": form,
        "programme": whole,
        "map": draw(whole.lines, measure),
        "sources": sources(whole.total),
        "alliance_page": f"{request.access.space}:alliance",
        "published": (cycle.code, day) == PUBLISHED,
    }
    return render(request, "dashboards/ministry.html", context)


@require_safe
def alliance(request, slug):
    agreements = Agreement.objects.filter(alliance__slug=slug).select_related("alliance", "cycle").order_by("starts_on")
    by_cycle = {agreement.cycle: agreement for agreement in agreements}
    form, cycle, day, _ = _situation(request, list(by_cycle))
    agreement = by_cycle[cycle]
    one, (line, years) = agreement.alliance, of_agreement(agreement, day)
    rows, following = [], None
    if one.detail_to_ministry:
        before = request.GET.get("avant", "")
        before = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
        rows, following = project_rows(one.pk, line.agreement_id, day, before)
    context = {
        "form": form,
        "cycle": cycle,
        "day": day,
        "line": line,
        "agreement": agreement,
        "years": years,
        "sources": sources(line),
        "rows": rows,
        "following": following,
        "home_page": f"{request.access.space}:home",
    }
    return render(request, "dashboards/ministry_alliance.html", context)


def in_space(space: str, view):
    """The same page in another space: each view object declares one space only."""

    def page(request, **kwargs):
        return view(request, **kwargs)

    page.__name__, page.__doc__ = view.__name__, view.__doc__
    return screen(space)(page)
