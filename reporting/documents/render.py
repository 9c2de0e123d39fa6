"""From a frozen document to the bytes of a PDF: no database, no network, nothing of the machine.

`render` is deterministic: the same document gives the same bytes with the same versions of WeasyPrint, pydyf, Pango and
HarfBuzz. A stored file is read again, never rendered again.
"""

import datetime
import functools
import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string

from reporting.documents.errors import RefusedResource, Unavailable
from reporting.documents.typography import FALLBACKS, settle

__all__ = ["Attached", "Document", "RefusedResource", "Unavailable", "available", "render"]

NO_PANGO = (
    "Les documents PDF ne peuvent pas être produits : la bibliothèque Pango n’est pas installée sur ce serveur."
    " L’équipe technique doit l’ajouter; la demande pourra ensuite être relancée."
)


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the PDF. `data` is its bytes."""

    name: str
    description: str
    data: bytes


@dataclass(frozen=True)
class Document:
    """What is needed to print: a template with its context, a style sheet of `documents/css`, and what identifies it.

    `sha256` is the hash of the data (64 hexadecimal digits), `moment` an aware datetime: they date and number the file,
    so that no clock is read while rendering.
    """

    template: str
    sheet: str
    sha256: str
    moment: datetime.datetime
    context: Mapping = field(default_factory=dict)
    attachments: tuple[Attached, ...] = ()


@functools.cache
def _engine():
    """The module that imports WeasyPrint, or the French reason why it cannot: looked for once, when first needed."""
    try:
        return importlib.import_module("reporting.documents.engine"), ""
    except OSError:  # what cffi raises when the shared library is missing
        return None, NO_PANGO


def available() -> tuple[bool, str]:
    """(True, "") or (False, French reason): whether documents can be made on this machine."""
    engine, reason = _engine()
    return engine is not None, reason


def render(document: Document) -> bytes:
    """Return a PDF that is PDF/A-3A and PDF/UA-1 at once.

    Raise Unavailable without Pango, RefusedResource (of the engine) when the page asks for anything outside itself.
    """
    engine, reason = _engine()
    if engine is None:
        raise Unavailable(reason)
    source = render_to_string(
        document.template, {**document.context, "moment": document.moment, "fallbacks": FALLBACKS}
    )
    source, families = settle(source)
    return engine.make(
        source=source,
        sheet=document.sheet,
        families=families,
        attachments=[(part.name, part.description, part.data) for part in document.attachments],
        moment=document.moment,
        identifier=bytes.fromhex(document.sha256)[:16],
    )
