"""The annual report, from the request to the document that anybody can verify."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from alliances.audit.services import record
from alliances.jobs.faults import fault
from alliances.jobs.models import Job
from alliances.jobs.runner import JobRefused, Work
from alliances.jobs.services import enqueue
from alliances.models import Alliance
from alliances.tenancy.access import Actor
from reporting.accountability.content import AccountabilityContent
from reporting.accountability.gather import gather
from reporting.accountability.models import Document
from reporting.accountability.years import FiscalYear, year_of
from reporting.documents.accountability import TEMPLATE_VERSION, accountability_document
from reporting.documents.render import available, render

KIND = "accountability"
PRODUCERS = ("manager", "officer", "finance")
READERS = (*PRODUCERS, "reader", "privacy")
KEPT_DAYS = 3653  # ten years: seven after the end of an agreement of three
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O, 1 I L, U V read alike
NO_YEAR = "Aucune entente ne couvre cet exercice. Choisissez-en un autre dans la liste des redditions de comptes."
NOT_BEGUN = "L’exercice n’est pas commencé : il n’y a encore rien à rapporter."
_TRIES = 3


class VersionTaken(Exception):
    """Another report of the same year was stored meanwhile: this one takes the next number."""


@dataclass(frozen=True)
class Printed:
    """A report before it is stored."""

    content: AccountabilityContent
    body: bytes


def title_of(year: int, alliance_name: str) -> str:
    return f"Reddition de comptes {year}-{year + 1} – {alliance_name}"


def file_name(year: int, alliance: Alliance, version: int) -> str:
    suffix = f"v{version}" if version else "preliminaire"
    return f"reddition-{alliance.slug}-{year}-{year + 1}-{suffix}.pdf"


def request_report(*, actor: Actor, alliance: Alliance, year: int) -> Job:
    """Ask for the report of a year; the caller has checked that the year can be accounted for. QueueFull."""
    return enqueue(
        actor=actor,
        space="alliance",
        alliance_id=alliance.pk,
        kind=KIND,
        title=title_of(year, alliance.name),
        arguments={"year": year},
    )


def new_code() -> str:
    """« APS-XXXX-XXXX »: 39 bits of chance, and no letter that is read for another."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"APS-{letters[:4]}-{letters[4:]}"


def produce(work: Work) -> None:
    """Job: gather → render → store. The file, its document and the end of the job are one transaction."""
    refuse_without_pdf()
    for attempt in range(_TRIES):
        try:
            return _produce(work)
        except VersionTaken:
            if attempt == _TRIES - 1:
                raise
    return None


def _produce(work: Work) -> None:
    work.step("Lecture des chiffres", 10)
    with work.reading():
        alliance = Alliance.objects.get(pk=work.alliance_id)
        year = accountable(alliance, work.arguments["year"])
        last = Document.objects.filter(alliance_id=alliance.pk, kind=KIND, fiscal_year=year.year)
        version = (last.aggregate(last=Max("version"))["last"] or 0) + 1
        content = freeze(year, version)
    work.step("Mise en page", 40)
    fault("accountability.render")
    body = render(accountability_document(content))
    work.step("Enregistrement", 90)
    name = file_name(year.year, alliance, version)
    try:
        with work.finish(name=name, media_type="application/pdf", body=body, days=KEPT_DAYS) as stored:
            _store(work, content, stored, title_of(year.year, alliance.name))
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == "document_version":
            raise VersionTaken from error
        raise


def refuse_without_pdf() -> None:
    """JobRefused with the reason when this machine makes no PDF."""
    reason = settings.PORTAL_PDF_OFF or available()[1]
    if reason:
        raise JobRefused(reason)


def accountable(alliance: Alliance, number: int) -> FiscalYear:
    """The year, in the alliance's scope. JobRefused when no agreement covers it or it has not begun."""
    year = year_of(alliance.pk, number)
    if year is None:
        raise JobRefused(NO_YEAR)
    if year.is_future:
        raise JobRefused(NOT_BEGUN)
    return year


def freeze(year: FiscalYear, version: int, moment: datetime | None = None) -> AccountabilityContent:
    """The content of one version, with its printed code and the address that verifies it."""
    code = new_code()
    url = settings.PORTAL_URL + reverse("public:verified", args=[code])
    return gather(year=year, version=version, moment=moment or timezone.now(), code=code, url=url)


def _store(work: Work, content: AccountabilityContent, stored, title: str) -> Document:
    identity = content.identity
    document = Document.objects.create(
        alliance_id=work.alliance_id,
        kind=KIND,
        title=title,
        fiscal_year=identity.fiscal_year,
        version=identity.version,
        code=identity.verification_code,
        data=content.as_data(),
        data_sha256=content.sha256(),
        template_version=TEMPLATE_VERSION,
        file=stored,
        file_sha256=stored.sha256,
        job_id=work.job_id,
        produced_at=identity.produced_at,
        produced_by_id=work.actor.person_id,
    )
    record(
        actor=work.actor,
        verb="document.produced",
        subject=document,
        alliance_id=work.alliance_id,
        code=document.code,
        version=document.version,
        sha256=document.file_sha256,
    )
    return document
