"""The pages of what went wrong. They need neither session nor database, and 404 is the same for all of its causes."""

from __future__ import annotations

import logging
import secrets

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from alliances.look import formats
from alliances.look.context import portal_settings

logger = logging.getLogger("alliances.look")


def _page(status: int, template: str, **context: object) -> HttpResponse:
    html = render_to_string(f"errors/{template}.html", {"portal": portal_settings(), **context})
    response = HttpResponse(html, status=status)
    add_never_cache_headers(response)
    return response


def _reference(request: HttpRequest) -> str:
    """What the person quotes to the team, and the log holds."""
    return getattr(request, "reference", "") or secrets.token_hex(4).upper()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when what was sent is larger than a form may be."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    reference = _reference(request)
    logger.warning("bad request %s: %s", reference, type(exception).__name__)
    return _page(400, "400", reference=reference)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Forbidden is answered as unknown: a page does not say that it exists."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 for unknown, foreign and forbidden alike: the same bytes, whoever asks."""
    return _page(404, "404")


def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open for too long, or its cookie is gone."""
    return _page(403, "403_csrf")


def conflict(request: HttpRequest, message: str = "", back: str = "") -> HttpResponse:
    """409: somebody acted first. `message` is the text of a code of messages.py, `back` the address of the record."""
    return _page(409, "409", message=message, back=back)


def too_large(request: HttpRequest, most: int = 2_500_000) -> HttpResponse:
    """413, with the size that would have passed."""
    return _page(413, "413", most=formats.size(most))


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """429, with the wait in seconds, also as a header."""
    response = _page(429, "429", seconds=seconds)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Nothing has been half recorded: the request's transaction is rolled back."""
    reference = _reference(request)
    logger.error("server error %s on %s", reference, request.path)
    return _page(500, "500", reference=reference)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, while the portal is being updated or its database does not answer."""
    response = _page(503, "503")
    response["Retry-After"] = "60"
    return response
