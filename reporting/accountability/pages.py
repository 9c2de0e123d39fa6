"""What the pages of « Reddition de comptes » draw: lines of the list, figures with the address of their rows."""

from dataclasses import dataclass
from datetime import date, timedelta
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

    @property
    def late_since(self) -> date | None:
        """The day the report was due, once it has passed without any."""
        return self.year.due if not self.document and self.year.due < self.year.today else None


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
    """Three queries of sums, whatever the number of projects."""
    key, envelope = sums.year_figures(year)
    return Figures(key, envelope, _movements(request.access, year, envelope), _cards(request.access, year, key))


def _ledger(access, year: FiscalYear, **filters) -> str:
    """Entries of the agreement that take effect within the year, narrowed to those that add up to one figure."""
    during = {"du": year.first.isoformat(), "au": year.as_of.isoformat()}
    return _rows(access, "alliance:ledger", entente=year.agreement.pk, **{**during, **filters})


def _movements(access, year: FiscalYear, envelope: Envelope) -> list[Movement]:
    def rows(**filters) -> str:
        return _ledger(access, year, **filters)

    def until(day) -> str:
        return _rows(access, "alliance:ledger", entente=year.agreement.pk, au=day.isoformat())

    arrived = {"etat": "appropriated"}
    return [
        Movement(f"Solde au {formats.day(year.first)}", envelope.opening, until(year.first - timedelta(days=1)), True),
        Movement("Reçu du Ministère", envelope.appropriated, rows(cause="appropriation", **arrived)),
        Movement(
            "Autres entrées (intérêts, recouvrements)",
            envelope.other_receipts,
            rows(cause="interest,recovery", **arrived),
        ),
        Movement("Reports entre exercices", envelope.carried, rows(cause="carry_forward")),
        Movement("Versements aux projets", -envelope.paid_to_projects, rows(etat="paid", sorte="projects,year")),
        Movement("Administration", -envelope.administration, rows(etat="paid", sorte="administration")),
        Movement("Mobilisation", -envelope.mobilisation, rows(etat="paid", sorte="mobilisation")),
        Movement(f"Solde au {formats.day(year.as_of)}", envelope.closing, until(year.as_of), True),
    ]


def _cards(access, year: FiscalYear, key: KeyFigures) -> list[dict]:
    projects = _rows(access, "alliance:projects")
    of_projects = {"entente": year.agreement.pk, "au": year.as_of.isoformat(), "sorte": "projects,year"}
    engaged = _rows(access, "alliance:ledger", etat="engaged", **of_projects)
    paid = _rows(access, "alliance:ledger", etat="paid", **of_projects)
    in_year = _ledger(access, year, etat="paid", sorte="projects,year")
    since = "depuis le début de l’entente"
    leverage = f"{formats.money(key.leverage)} pour chaque dollar du Fonds" if key.leverage is not None else ""
    return [
        {"label": "Projets soutenus", "value": formats.count(key.projects), "url": projects, "note": since},
        {"label": "Engagé", "value": formats.money(key.committed), "url": engaged, "note": since, "key": "committed"},
        {"label": "Versé", "value": formats.money(key.paid), "url": paid, "note": since, "key": "paid"},
        {"label": "Versé dans l’année", "value": formats.money(key.paid_in_year), "url": in_year, "note": year.label},
        {"label": "Partenaires", "value": formats.money(key.partners), "url": projects, "note": leverage},
    ]


def unfinished_job(access, year: int) -> Job | None:
    """A report of this year that somebody of the alliance is waiting for."""
    jobs = Job.objects.filter(alliance_id=access.alliance.pk, space="alliance", kind=KIND, arguments={"year": year})
    return jobs.unfinished().order_by("-id").first()
