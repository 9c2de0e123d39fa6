"""The annual report of about 120 projects, in a process of its own: seconds when warm, and the memory it peaked at."""

import json
import resource
import sys
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402

from alliances.models import Alliance  # noqa: E402
from alliances.tenancy.owner import as_owner  # noqa: E402
from alliances.tenancy.scope import alliance_scope  # noqa: E402
from projects.models import Project  # noqa: E402
from reporting.accountability.services import freeze  # noqa: E402
from reporting.accountability.years import year_of  # noqa: E402
from reporting.documents.accountability import accountability_document  # noqa: E402
from reporting.documents.render import render  # noqa: E402

WANTED = 120


def nearest() -> tuple[Alliance, int, int]:
    """The alliance whose projects of the agreement 2017-2023 are nearest to the wanted number, and its last year."""
    found = []
    for alliance in Alliance.objects.filter(detail_to_ministry=True):
        with alliance_scope(alliance.pk):
            many = Project.objects.filter(alliance_id=alliance.pk, fiscal_year__lte=2021, cancelled_on=None).count()
        found.append((abs(many - WANTED), alliance, many))
    _, alliance, many = min(found, key=lambda row: row[0])
    return alliance, 2021, many


def main() -> None:
    with as_owner():
        alliance, year, _ = nearest()
        with alliance_scope(alliance.pk):
            moment = timezone.now()
            gathering = time.perf_counter()
            content = freeze(year_of(alliance.pk, year), 1, moment)
            gathered = time.perf_counter() - gathering
    seconds, processor, size = [], [], 0
    for _ in range(3):
        began, busy = time.perf_counter(), time.process_time()
        size = len(render(accountability_document(content)))
        seconds.append(time.perf_counter() - began)
        processor.append(time.process_time() - busy)
    json.dump(
        {
            "alliance": alliance.slug, "projects": len(content.projects), "gather": gathered, "cold": seconds[0],
            "warm": min(seconds[1:]), "processor": min(processor[1:]), "bytes": size,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        },
        sys.stdout,
    )  # fmt: skip


main()
