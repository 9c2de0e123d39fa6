"""Exports past a thousand rows, done by the worker in the space of who asked."""

from django.utils import timezone

from alliances.jobs.registry import does
from alliances.jobs.runner import Work
from alliances.tenancy.models import Alliance
from projects.register.exports import MEDIA_TYPES, WRITERS, Rows, name_of
from projects.register.filters import Filters
from projects.register.listing import matching

KIND = "projects-export"


@does(KIND)
def export_projects(work: Work) -> None:
    kind, limited = work.arguments["format"], work.arguments["territories"]
    territories = None if limited is None else frozenset(limited)
    filters = Filters.read(work.arguments["filters"])
    with work.reading():
        alliance = Alliance.objects.get(pk=work.alliance_id)
        total = max(matching(alliance.pk, territories, filters).count(), 1)

        def progress(done: int) -> None:
            work.step(f"{done} projets sur {total}", min(done * 95 // total, 95))

        body = WRITERS[kind](Rows(alliance.pk, territories, filters), progress)
    name = name_of(alliance.slug, kind, timezone.localdate())
    with work.finish(name=name, media_type=MEDIA_TYPES[kind], body=body):
        pass
