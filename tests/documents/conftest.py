"""Finished documents, made once for all the tests that look at them, and the validators."""

import io

import page
import pikepdf
import pytest

from reporting.documents import engine
from reporting.documents.accountability import accountability_document
from reporting.documents.render import render
from reporting.documents.typography import settle
from tests.documents import samples

PROFILES = ("3a", "ua1")


def failures(data: bytes) -> list[str]:
    """What the two profiles complain of, as « profile rule: message »."""
    return [
        f"{profile} {failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def tiny(body: str) -> bytes:
    """A document of one page, through the same engine."""
    source = (
        '<html lang="fr-CA"><head><title>Essai</title>'
        '<meta name="dcterms.created" content="2026-06-20T13:00:00-04:00"/>'
        '<meta name="dcterms.modified" content="2026-06-20T13:00:00-04:00"/></head>'
        f"<body><h1>Essai</h1>{body}</body></html>"
    )
    source, families = settle(source)
    return engine.make(source, "accountability.css", families, [], samples.IDENTITY.produced_at, b"0" * 16)


@pytest.fixture(scope="session")
def content():
    return samples.content(58)


@pytest.fixture(scope="session")
def report(content) -> bytes:
    return render(accountability_document(content))


@pytest.fixture
def pdf(report):
    with opened(report) as document:
        yield document
