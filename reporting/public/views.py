"""The pages of everybody: what the alliances have made possible, where they are, help and rights."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.tenancy.access import screen
from alliances.tenancy.models import Alliance
from regions.territory.models import Territory
from reporting.dashboards.tilemap import PLACES
from reporting.public.places import APART, alphabetical, tile
from reporting.public.totals import published_totals


@screen("public")
@require_safe
def home(request):
    alliances = alphabetical(Alliance.objects.all())
    return render(
        request,
        "public/home.html",
        {
            "totals": published_totals(),
            "tiles": [tile(one) for one in alliances if one.code in PLACES],
            "alliances": [one for one in alliances if one.code not in APART],
            "apart": [one for one in alliances if one.code in APART],
        },
    )


@screen("public")
@require_safe
def alliance(request, slug):
    """One alliance: the territories it covers today, and how to reach its space."""
    shown = get_object_or_404(Alliance, slug=slug)
    territories = Territory.objects.of_alliance(shown.pk, timezone.localdate())
    return render(request, "public/alliance.html", {"alliance": shown, "territories": territories})


@screen("public")
@require_safe
def help_page(request):
    return render(request, "public/help.html")


@screen("public")
@require_safe
def accessibility(request):
    return render(request, "public/accessibility.html")


@screen("public")
@require_safe
def privacy(request):
    return render(request, "public/privacy.html")


@screen("public")
@require_safe
def alternate_format(request):
    return render(request, "public/alternate_format.html")
