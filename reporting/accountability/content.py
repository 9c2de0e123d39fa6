"""What the annual accountability report says, as frozen values: filled by `gather`, printed by `documents`.

Every amount is a Decimal of dollars with two decimals. The lists sort themselves, so that the same facts give the same
bytes and the same hash whatever the order they came in. Nothing here touches the database.
"""

import datetime
import hashlib
import json
import unicodedata
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def collation(text: str) -> tuple[str, str]:
    """Key that sorts French text as a person would: accents and case count only between equals."""
    folded = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return folded.casefold(), text


@dataclass(frozen=True)
class Identity:
    """Who accounts for what, and which version this is.

    `mandate_holder` is "" while it is to be confirmed; `region_code` is "" for an alliance that is no region;
    `fiscal_year` is the year it begins (2021 for 2021-2022); `version` is 0 for a preliminary copy;
    `produced_at` is aware and already in the time zone of the alliance.
    """

    alliance_code: str
    alliance_name: str
    name_with_de: str
    region_code: str
    region_name: str
    mandate_holder: str
    agreement_number: str
    agreement_signed_on: datetime.date | None
    agreement_start: datetime.date | None
    agreement_end: datetime.date | None
    fiscal_year: int
    as_of: datetime.date
    version: int
    produced_at: datetime.datetime
    verification_code: str
    verification_url: str
    fictitious: bool = False


@dataclass(frozen=True)
class KeyFigures:
    """Whole picture on the day of the report.

    `committed` and `paid` come from the fund since the start of the agreement, `paid_in_year` within the fiscal year;
    `partners` counts what is confirmed or received, never what is only promised.
    """

    projects: int
    committed: Decimal
    paid: Decimal
    paid_in_year: Decimal
    partners: Decimal

    @property
    def total(self) -> Decimal:
        return self.committed + self.partners

    @property
    def leverage(self) -> Decimal | None:
        """Dollars of partners for each dollar of the fund; None when the fund has committed nothing."""
        return (self.partners / self.committed).quantize(CENT) if self.committed else None


@dataclass(frozen=True)
class Envelope:
    """Movement of the envelope over the fiscal year, all amounts positive but `carried`.

    `carried` is what was brought in from another year less what was carried out during this one (may be negative);
    `committed_in_year` informs and is no movement of the balance; `committed_unpaid` and `free` split `closing`.
    """

    opening: Decimal = ZERO
    appropriated: Decimal = ZERO
    other_receipts: Decimal = ZERO
    carried: Decimal = ZERO
    committed_in_year: Decimal = ZERO
    paid_to_projects: Decimal = ZERO
    administration: Decimal = ZERO
    mobilisation: Decimal = ZERO
    closing: Decimal = ZERO
    committed_unpaid: Decimal = ZERO
    free: Decimal = ZERO

    @property
    def outgoing(self) -> Decimal:
        return self.paid_to_projects + self.administration + self.mobilisation

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, part.name) for part in fields(self))


@dataclass(frozen=True)
class Share:
    """One priority or one territory. A project may count in several; its money is split between them to the cent."""

    label: str
    projects: int
    committed: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Source:
    """One kind of partner: `cash` and `in_kind` are confirmed or received, `promised` stands apart."""

    label: str
    cash: Decimal
    in_kind: Decimal
    promised: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.cash + self.in_kind


@dataclass(frozen=True)
class ProjectRow:
    """One funded project; `state_label` is the French name of its state, `priority` and `territory` its main ones."""

    number: str
    title: str
    organisation: str
    territory: str
    priority: str
    state_label: str
    committed: Decimal
    paid: Decimal
    partners: Decimal
    total_cost: Decimal


@dataclass(frozen=True)
class PartnerRow:
    """One partner over all projects, confirmed or received only; `projects` counts the projects it supports."""

    name: str
    kind: str
    cash: Decimal
    in_kind: Decimal
    projects: int

    @property
    def total(self) -> Decimal:
        return self.cash + self.in_kind


@dataclass(frozen=True)
class AttestationStep:
    """One line of the approval: « Préparée par », who, and when in French words (« le 2 juin 2022 »)."""

    label: str
    who: str
    when: str = ""


@dataclass(frozen=True)
class Attestation:
    """Who answers for the report; empty in a preliminary copy. `resolution` is the number of the board's resolution."""

    signatory: str = ""
    signatory_title: str = ""
    resolution: str = ""
    steps: tuple[AttestationStep, ...] = ()


@dataclass(frozen=True)
class AccountabilityContent:
    """The whole report. Sequences are sorted here: projects by territory and number, all others by amount."""

    identity: Identity
    key_figures: KeyFigures
    envelope: Envelope
    by_priority: tuple[Share, ...] = ()
    by_territory: tuple[Share, ...] = ()
    sources: tuple[Source, ...] = ()
    projects: tuple[ProjectRow, ...] = ()
    partners: tuple[PartnerRow, ...] = ()
    attestation: Attestation = field(default_factory=Attestation)

    def __post_init__(self):
        orders = {
            "by_priority": lambda row: (-row.committed, collation(row.label)),
            "by_territory": lambda row: (-row.committed, collation(row.label)),
            "sources": lambda row: (-row.total, collation(row.label)),
            "projects": lambda row: (collation(row.territory), row.number),
            "partners": lambda row: (-row.total, collation(row.name), row.kind),
        }
        for name, order in orders.items():
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=order)))

    @property
    def fiscal_label(self) -> str:
        year = self.identity.fiscal_year
        return f"{year}-{year + 1}"

    def check(self) -> None:
        """Raise ValueError naming the first sum that does not reconcile to the cent, with both amounts and the gap."""
        _whole_cents(self)
        key, envelope = self.key_figures, self.envelope
        balance = (
            envelope.opening + envelope.appropriated + envelope.other_receipts + envelope.carried - envelope.outgoing
        )
        _same("envelope: opening + receipts + carried - payments = closing", balance, envelope.closing)
        _same(
            "envelope: committed unpaid + free = closing", envelope.committed_unpaid + envelope.free, envelope.closing
        )
        _same("number of projects", len(self.projects), key.projects)
        for name in ("committed", "paid", "partners"):
            total = sum((getattr(row, name) for row in self.projects), ZERO)
            _same(f"projects: sum of {name}", total, getattr(key, name))
        for split in ("by_priority", "by_territory"):
            for name in ("committed", "paid"):
                total = sum((getattr(row, name) for row in getattr(self, split)), ZERO)
                _same(f"{split}: sum of {name}", total, getattr(key, name))
        for listing in ("sources", "partners"):
            total = sum((row.total for row in getattr(self, listing)), ZERO)
            _same(f"{listing}: sum of contributions", total, key.partners)

    def as_data(self) -> dict:
        """Plain values for storage: amounts as strings with cents, dates in ISO 8601."""
        return _plain(self)

    def as_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, French letters as they are. The stored data and what is hashed."""
        return json.dumps(self.as_data(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def sha256(self) -> str:
        """64 hexadecimal digits that identify the data; printed on the last page."""
        return hashlib.sha256(self.as_json().encode("utf-8", "surrogatepass")).hexdigest()


def _same(what: str, found, expected) -> None:
    if found != expected:
        raise ValueError(f"{what}: {found} instead of {expected} (gap {found - expected})")


def _whole_cents(value, path: str = "content") -> None:
    if isinstance(value, Decimal):
        if not value.is_finite() or value != value.quantize(CENT):
            raise ValueError(f"{path}: {value} is not a whole number of cents")
    elif is_dataclass(value):
        for part in fields(value):
            _whole_cents(getattr(value, part.name), f"{path}.{part.name}")
    elif isinstance(value, tuple):
        for rank, item in enumerate(value):
            _whole_cents(item, f"{path}[{rank}]")


def _plain(value):
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value.quantize(CENT))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
