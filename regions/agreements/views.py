"""The ministry's pages of agreements and of the allocation table; the auditor reads the same."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from alliances.tenancy.access import screen
from regions.agreements.allocation import table_of
from regions.agreements.forms import ShareForm
from regions.agreements.models import Agreement, Cycle
from regions.agreements.services import share_line

# The cycle whose allocation table the ministry printed.
PRINTED = "2017-2023"
FIRST = date(2017, 4, 1)


def _table():
    return table_of(get_object_or_404(Cycle, code=PRINTED))


@require_safe
def allocation(request):
    table = _table()
    editable = "administrator" in request.access.roles
    forms = [ShareForm(line=line) for line in table.shared] if editable else []
    return render(request, "regions/agreements/allocation.html", {"table": table, "forms": forms})


@screen("ministry", "administrator")
def allocation_share(request, line: int):
    """The answer of one line's form; asked for by itself, the page that holds it."""
    if request.method != "POST":
        return redirect("ministry:allocation")
    table = _table()
    chosen = next((one for one in table.shared if one.line.pk == line), None)
    if chosen is None:
        raise Http404
    form = ShareForm(request.POST, line=chosen)
    if form.is_valid():
        share_line(actor=request.access.actor, line=chosen.line, percents=form.percents)
        messages.success(request, f"Le partage de « {chosen.line.name} » est enregistré.")
        return redirect("ministry:allocation")
    forms = [form if one is chosen else ShareForm(line=one) for one in table.shared]
    context = {"table": table, "forms": forms, "form": form}
    return render(request, "regions/agreements/allocation.html", context, status=422)


@require_safe
def agreements(request):
    cycles = list(Cycle.objects.filter(kind="cycle", starts_on__gte=FIRST))
    chosen = next((cycle for cycle in cycles if cycle.code == request.GET.get("cycle")), cycles[-1] if cycles else None)
    rows = Agreement.objects.filter(cycle=chosen).select_related("alliance").order_by("alliance__code")
    rows = list(rows)
    context = {"cycles": cycles, "chosen": chosen, "agreements": rows, "total": sum(row.amount for row in rows)}
    return render(request, "regions/agreements/list.html", context)
