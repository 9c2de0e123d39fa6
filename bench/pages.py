"""Which pages are measured, by the names of their addresses. One that does not exist is reported, never left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from alliances.models import Alliance
from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import alliance_scope
from projects.models import Project
from regions.models import Posting, TerritoryLink

LARGEST = "montreal"
STAFF = f"gestion@{LARGEST}.demo.test"
ANALYST = "analyste@ministere.demo.test"


@dataclass(frozen=True)
class Page:
    """`path` is empty when the address does not exist. `limit`: milliseconds to reach, or none."""

    name: str
    path: str
    who: str = STAFF
    limit: int | None = None


def _address(name: str, query: str = "", **kwargs) -> str:
    try:
        return reverse(name, kwargs=kwargs) + query
    except NoReverseMatch:
        return ""


def floors() -> list[Page]:
    return [
        Page("floor: healthz", "/healthz", who=""),
        Page("floor: empty view", _address("bench-nobody"), who=""),
        Page("floor: empty page of a person", _address("bench-person")),
        Page("floor: empty page of a space", _address("bench-space", alliance=LARGEST)),
    ]


def pages() -> list[Page]:
    """In the largest alliance, which holds more than a third of all projects."""
    here = {"alliance": LARGEST}
    with as_owner():
        tenant = Alliance.objects.get(slug=LARGEST)
        territory = TerritoryLink.objects.filter(alliance=tenant).values_list("territory_id", flat=True).first()
        with alliance_scope(tenant.pk):
            mine = Project.objects.filter(alliance_id=tenant.pk)
            running = mine.filter(state="in_progress").order_by("-id").values_list("id", flat=True).first()
            posting = Posting.objects.filter(alliance_id=tenant.pk).order_by("-id").values_list("id", flat=True).first()
    listing = "alliance:projects"
    return [
        Page("projects", _address(listing, **here), limit=40),
        Page("projects, by state", _address(listing, "?etat=in_progress", **here), limit=40),
        Page("projects, by territory", _address(listing, f"?territoire={territory}", **here), limit=40),
        Page("projects, by fiscal year", _address(listing, "?exercice=2021", **here), limit=40),
        Page("projects, by title", _address(listing, "?tri=titre", **here), limit=40),
        Page("projects, by amount", _address(listing, "?tri=-accorde", **here), limit=40),
        Page("projects, next page", _address(listing, "@next", **here), limit=40),
        Page("search, one word", _address(listing, "?q=jardins", **here), limit=150),
        Page("search, two words", _address(listing, "?q=clinique+rosemont", **here), limit=150),
        Page("search, a number", _address(listing, "?q=APS-06-2021-0042", **here), limit=150),
        Page("search, nothing", _address(listing, "?q=xylophone", **here), limit=150),
        Page("project", _address("alliance:project", project=running, **here)),
        Page("instalments", _address("alliance:instalments", **here)),
        Page("ledger", _address("alliance:ledger", **here)),
        Page("posting", _address("alliance:posting", posting=posting, **here)),
        Page("envelopes", _address("alliance:envelopes", **here)),
        Page("dashboard", _address("alliance:dashboard", **here)),
        Page("accountability", _address("alliance:accountability", **here)),
        Page("accountability, a year", _address("alliance:accountability_year", year=2021, **here)),
        Page("team", _address("alliance:team", **here)),
        Page("ministry", _address("ministry:home"), who=ANALYST, limit=150),
        Page("ministry, an alliance", _address("ministry:alliance", slug=LARGEST), who=ANALYST, limit=150),
        Page("ministry, agreements", _address("ministry:agreements"), who=ANALYST, limit=150),
        Page("ministry, allocation", _address("ministry:allocation"), who=ANALYST, limit=150),
        Page("public home", _address("public:home"), who=""),
        Page("public, an alliance", _address("public:alliance", slug=LARGEST), who=""),
        Page("public, verify", _address("public:verify"), who=""),
    ]
