"""« Vérifier un document »: anybody may ask whether a printed code, or a file, is one of the portal's."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.look import errors, formats, messages
from alliances.tenancy.access import screen

LARGEST = 20_000_000  # bytes of a file that may be verified; our reports are below 1 MB
TRIES = 30  # in a minute, from one address: more than a person types, too few to guess a code
SECONDS = 60
UNKNOWN = _(
    "Aucun document ne porte ce code. Vérifiez les huit caractères imprimés sur la dernière page; "
    "les lettres I, L, O et U et les chiffres 0 et 1 n’y figurent jamais."
)


@dataclass(frozen=True)
class Verified:
    """What the keeper tells anybody of a document: what it is, never what it holds."""

    kind: str
    title: str
    fiscal_year: int
    version: int
    code: str
    alliance_name: str
    data_sha256: str
    file_sha256: str
    produced_at: datetime
    latest: bool


def canonical(typed: str) -> str:
    """« aps k7qf 2m9d » → « APS-K7QF-2M9D »; empty for what cannot be a code."""
    letters = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    letters = letters.removeprefix("APS") if len(letters) == 11 else letters
    return f"APS-{letters[:4]}-{letters[4:]}" if len(letters) == 8 else ""


def find(typed: str) -> Verified | None:
    """In the public scope; through the keeper's function alone."""
    code = canonical(typed)
    if not code:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verify_document(%s)", [code])
        row = cursor.fetchone()
    return Verified(*row) if row else None


def _address(request) -> str:
    """Who asks: behind our own proxies, what the outermost of them saw."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    count = settings.TRUSTED_PROXY_COUNT
    return hops[-count] if count and len(hops) >= count else request.META.get("REMOTE_ADDR", "")


def _too_many(request) -> bool:
    key = "verify:" + hashlib.sha256(_address(request).encode()).hexdigest()[:32]
    try:
        if cache.add(key, 1, SECONDS):
            return False
        return cache.incr(key) > TRIES
    except (redis.RedisError, ValueError):  # no counter, or one that ended between the two: let read
        return False


@screen("public")
@require_safe
def verify(request):
    typed = request.GET.get("code", "")[:60]
    if not typed.strip():
        return render(request, "public/verify.html", {"typed": ""})
    if code := canonical(typed):
        return redirect("public:verified", code)
    return render(request, "public/verify.html", {"typed": typed, "unknown": UNKNOWN}, status=404)


@screen("public")
@require_http_methods(["GET", "HEAD", "POST"])
def verified(request, code):
    if _too_many(request):
        return errors.too_many(request, SECONDS)
    document = find(code)
    if document is None:
        return render(request, "public/verify.html", {"typed": code[:60], "unknown": UNKNOWN}, status=404)
    context = {"document": document}
    if request.method == "POST":
        context |= compared(request.FILES.get("file"), document)
    return render(request, "public/verified.html", context, status=422 if "problem" in context else 200)


def compared(file, document: Verified) -> dict:
    """Whether what was sent is the document's file, byte for byte. The file is read and forgotten."""
    if file is None:
        return {"problem": "Choisissez le fichier PDF à vérifier."}
    if file.size > LARGEST:
        asked = {"name": file.name, "size": formats.size(file.size), "max": formats.size(LARGEST)}
        return {"problem": messages.text("E28", **asked)}
    if not file.size:
        return {"problem": messages.text("E27", name=file.name)}
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return {"sent": file.name, "matches": found.hexdigest() == document.file_sha256, "found": found.hexdigest()}
