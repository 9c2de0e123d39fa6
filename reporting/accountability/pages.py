"""What the pages of « Reddition de comptes » draw: lines of the list, figures with the address of their rows."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from alliances.jobs.models import Job
from alliances.look import formats, navigation
from reporting.accountability import figures as sums
from reporting.accountability.content import Envelope, KeyFigures
from reporting.accountability.models import Document
from reporting.accountability.services import KIND
from reporting.accountability.years import FiscalYear


def year_url(access, year: int) -> str:
    return reverse("alliance:accountability_year", kwargs={**access.url_kwargs, "year": year})


def _rows(access, name: str, **filters) -> str:
    """The address of a list with its filters; empty when there is no such page."""
    url = navigation.link(name, access.url_kwargs)
    return f"{url}?{urlencode(filters)}" if url and filters else url


@dataclass(frozen=True)
class YearLine:
    """One year of the list."""

    year: FiscalYear
    document: Document | None
    access: object

    @property
    def url(self) -> str:
        return year_url(self.access, self.year.year)

    @property
    def badge(self) -> tuple[str, str, str]:
        """Tone, icon, word."""
        if self.year.is_future:
            return "neutral", "clock", "À venir"
        if self.document:
            return "success", "check", f"Version {self.document.version} produite"
        if self.year.is_over:
            return "attention", "alert", "À produire"
        return "info", "half", "Exercice en cours"


@dataclass(frozen=True)
class Movement:
    """One line of the envelope's situation: its sign, its amount, where its rows are."""

    label: str
    amount: Decimal
    url: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Figures:
    """What the page of a year shows, live."""

    key: KeyFigures
    envelope: Envelope
    movements: list[Movement]
    cards: list[dict]


def figures(request, year: FiscalYear) -> Figures:
    """Three queries: the sums of the ledger by day, money by project, the projects with their partners."""
    key, envelope = sums.key_figures(year), sums.envelope_of(year)
    return Figures(key, envelope, _movements(request.access, year, envelope), _cards(request.access, year, key))


def _movements(access, year: FiscalYear, envelope: Envelope) -> list[Movement]:
    def ledger(**filters) -> str:
        return _rows(access, "alliance:ledger", exercice=year.year, **filters)

    closing = formats.day(year.as_of)
    envelopes = _rows(access, "alliance:envelopes", exercice=year.year)
    return [
        Movement(f"Solde au {formats.day(year.first)}", envelope.opening, envelopes, True),
        Movement("Reçu du Ministère", envelope.appropriated, ledger(cause="appropriation")),
        Movement("Autres entrées (intérêts, recouvrements)", envelope.other_receipts, ledger()),
        Movement("Reports entre exercices", envelope.carried, ledger(cause="carry_forward")),
        Movement("Versements aux projets", -envelope.paid_to_projects, ledger(cause="payment")),
        Movement("Administration", -envelope.administration, ledger(cause="expense")),
        Movement("Mobilisation", -envelope.mobilisation, ledger(cause="expense")),
        Movement(f"Solde au {closing}", envelope.closing, envelopes, True),
    ]


def _cards(access, year: FiscalYear, key: KeyFigures) -> list[dict]:
    projects = _rows(access, "alliance:projects")
    payments = _rows(access, "alliance:ledger", exercice=year.year, cause="payment")
    since = "depuis le début de l’entente"
    leverage = f"{formats.money(key.leverage)} pour chaque dollar du Fonds" if key.leverage is not None else ""
    return [
        {"label": "Projets soutenus", "value": formats.count(key.projects), "url": projects, "note": since},
        {
            "label": "Engagé",
            "value": formats.money(key.committed),
            "url": projects,
            "note": since,
            "key": "committed",
        },
        {"label": "Versé", "value": formats.money(key.paid), "url": projects, "note": since, "key": "paid"},
        {"label": f"Versé en {year.label}", "value": formats.money(key.paid_in_year), "url": payments, "key": "paid"},
        {"label": "Partenaires", "value": formats.money(key.partners), "url": projects, "note": leverage},
    ]


def unfinished_job(access, year: int) -> Job | None:
    """A report of this year that somebody of the alliance is waiting for."""
    jobs = Job.objects.filter(alliance_id=access.alliance.pk, space="alliance", kind=KIND, arguments={"year": year})
    return jobs.unfinished().order_by("-id").first()
