"""The 21 alliances, for the ministry and for the auditor: the same pages, each in its own space. Read only."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.tenancy.access import screen
from alliances.tenancy.models import Alliance
from regions.models import Agreement, Cycle
from reporting.charts.strips import Part, Strip
from reporting.dashboards.forms import SituationForm
from reporting.dashboards.tilemap import draw
from reporting.figures.programme import Line, by_year, programme, sources
from reporting.figures.rows import project_rows

# The ministry's own presentation of May 2023: the cycle and the day of its figures.
PUBLISHED = ("2017-2023", date(2022, 3, 31))
INKS = ("brand", *(f"source-{n}" for n in range(1, 7)))


def _situation(request):
    cycles = list(
        Cycle.objects.filter(kind="cycle", starts_on__lte=timezone.localdate(), starts_on__gte=date(2017, 4, 1))
    )
    published = next((cycle for cycle in cycles if cycle.code == PUBLISHED[0]), None)
    if published is None:
        raise Http404
    asked = {"cycle": PUBLISHED[0], "situation": PUBLISHED[1].isoformat(), "mesure": "engage", **request.GET.dict()}
    form = SituationForm(asked, cycles=cycles)
    return form, cycles, *form.chosen(published, PUBLISHED[1])


def _provenance(line: Line) -> Strip | None:
    if not line.total:
        return None
    return Strip(
        "Provenance des sommes",
        tuple(
            Part(label, amount, INKS[min(i, len(INKS) - 1)])
            for i, (label, amount) in enumerate(sources(line))
            if amount
        ),
    )


@require_safe
def home(request):
    form, cycles, cycle, day, measure = _situation(request)
    whole = programme(cycle, day)
    context = {
        "form": form,
        "cycles": cycles,
        "programme": whole,
        "map": draw(whole.lines, measure),
        "sources": sources(whole.total),
        "today": timezone.localdate(),
        "alliance_page": f"{request.access.space}:alliance",
        "published": (cycle.code, day) == PUBLISHED,
    }
    return render(request, "dashboards/ministry.html", context)


@require_safe
def alliance(request, slug):
    form, _, cycle, day, _ = _situation(request)
    one = get_object_or_404(Alliance, slug=slug)
    line = next((line for line in programme(cycle, day).lines if line.alliance.pk == one.pk), None)
    if line is None:
        raise Http404
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
        "agreement": get_object_or_404(Agreement, alliance_id=one.pk, pk=line.agreement_id),
        "years": by_year(one.pk, line.agreement_id, day),
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
