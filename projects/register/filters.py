"""What the list is narrowed to: read from the address, never refused. An unknown value narrows nothing."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from alliances.look import parsing
from projects.register.enums import ProjectState

WORDS_AT_MOST = 120
# value of ?tri= → column; a minus before it sorts downwards
SORTS = {"modif": "updated_at", "titre": "title_norm", "accorde": "engaged_cents", "fin": "ends_on"}
DEFAULT_SORT = "-modif"
_BIGGEST_ID = 2**62


def number_of(text: str | None) -> int | None:
    """An id or a year from the address; None for anything else."""
    if text and text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) < _BIGGEST_ID:
        return int(text)
    return None


def words_of(text: str | None) -> str:
    text = (text or "")[:WORDS_AT_MOST].strip()
    return "" if parsing.has_control(text) else text


@dataclass(frozen=True)
class Filters:
    """The five questions of the list and its order. `promoter` is a name, or a part of one."""

    words: str = ""
    state: str = ""
    territory: int | None = None
    priority: int | None = None
    year: int | None = None
    promoter: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def read(cls, data: QueryDict | dict) -> "Filters":
        sort = data.get("tri") or ""
        state = data.get("etat") or ""
        year = number_of(data.get("exercice"))
        return cls(
            words=words_of(data.get("q")),
            state=state if state in ProjectState.values else "",
            territory=number_of(data.get("territoire")),
            priority=number_of(data.get("priorite")),
            year=year if year and year < 2200 else None,
            promoter=words_of(data.get("organisme")),
            sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        )

    def as_dict(self) -> dict[str, str]:
        """The parameters of the address that say the same; empty ones left out."""
        values = {
            "q": self.words,
            "etat": self.state,
            "territoire": self.territory,
            "priorite": self.priority,
            "exercice": self.year,
            "organisme": self.promoter,
            "tri": "" if self.sort == DEFAULT_SORT else self.sort,
        }
        return {name: str(value) for name, value in values.items() if value}

    def query(self, **more) -> str:
        values = {**self.as_dict(), **{name: value for name, value in more.items() if value}}
        return f"?{urlencode(values)}" if values else "?"

    def without(self, **cleared) -> "Filters":
        return replace(self, **cleared)

    @property
    def column(self) -> str:
        return SORTS[self.sort.removeprefix("-")]

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def by_tally(self) -> bool:
        """Whether the tally alone knows the totals: it has no words and no organisation."""
        return not self.words and not self.promoter

    @property
    def narrowed(self) -> bool:
        return self != Filters(sort=self.sort)

    def plain(self) -> Q:
        """State and year: columns that the project and its tally both have."""
        condition = Q()
        if self.state:
            condition &= Q(state=self.state)
        if self.year:
            condition &= Q(fiscal_year=self.year)
        return condition

    def of_tally(self) -> Q:
        condition = self.plain()
        if self.territory:
            condition &= Q(territory_ids__contains=[self.territory])
        if self.priority:
            condition &= Q(priority_ids__contains=[self.priority])
        return condition
