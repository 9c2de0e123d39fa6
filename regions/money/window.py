"""What a figure of a report reads of the ledger: days, kinds of branches, causes, one agreement; from the address."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict

from alliances.look import formats
from regions.money.enums import Cause, EnvelopeKind
from regions.money.models import Account


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _among(text: str, known: list[str]) -> list[str]:
    return [word for word in text.split(",") if word in known]


@dataclass(frozen=True)
class Window:
    """Unknown values narrow nothing. `first` and `last` are days of effect, both included."""

    first: date | None = None
    last: date | None = None
    kinds: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    agreement: int | None = None

    @classmethod
    def read(cls, data: QueryDict) -> "Window":
        agreement = data.get("entente", "")
        return cls(
            first=_day(data.get("du", "")),
            last=_day(data.get("au", "")),
            kinds=tuple(_among(data.get("sorte", ""), EnvelopeKind.values)),
            causes=tuple(_among(data.get("cause", ""), Cause.values)),
            agreement=int(agreement) if agreement.isascii() and agreement.isdecimal() and len(agreement) < 19 else None,
        )

    @property
    def narrows(self) -> bool:
        """Whether it leaves out entries of the accounts that it keeps."""
        return bool(self.first or self.last or self.causes)

    def accounts(self, accounts: list[Account]) -> list[Account]:
        return [
            account
            for account in accounts
            if (not self.kinds or account.envelope.kind in self.kinds)
            and (self.agreement is None or account.envelope.agreement_id == self.agreement)
        ]

    def entries(self, entries: QuerySet) -> QuerySet:
        narrowed = {
            "posting__effective_on__gte": self.first,
            "posting__effective_on__lte": self.last,
            "posting__cause__in": self.causes or None,
        }
        return entries.filter(**{name: value for name, value in narrowed.items() if value is not None})

    @property
    def words(self) -> str:
        """« du 1er avril 2021 au 31 mars 2022 – Projets – Versement », or nothing."""
        days = []
        if self.first:
            days.append(f"du {formats.day(self.first)}")
        if self.last:
            days.append(f"{'au' if self.first else 'jusqu’au'} {formats.day(self.last)}")
        kinds = [str(EnvelopeKind(kind).label) for kind in self.kinds]
        causes = [str(Cause(cause).label) for cause in self.causes]
        return " – ".join(part for part in (" ".join(days), ", ".join(kinds), ", ".join(causes)) if part)
