"""Devices a person has signed in from: the browser remembers them, in a signed cookie, so that a new one is told (N04).

The cookie opens nothing: without it a sign-in only causes a notice more.
"""

from django.conf import settings
from django.core import signing

_SALT = "portal.device"
_YEAR = 365 * 24 * 3600
_MOST = 20  # people who share a browser


def cookie_name() -> str:
    return "__Host-device" if settings.SECURE_TRANSPORT else "device"


def _people(request) -> list[int]:
    try:
        known = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=_YEAR)
    except signing.BadSignature:
        return []
    return known if isinstance(known, list) else []


def knows(request, user) -> bool:
    """This browser has already opened a session of this person."""
    return user.pk in _people(request)


def remember(request, response, user) -> None:
    response.set_cookie(
        cookie_name(),
        signing.dumps([user.pk, *_people(request)][:_MOST], salt=_SALT),
        max_age=_YEAR,
        secure=settings.SECURE_TRANSPORT,
        httponly=True,
        samesite="Lax",
    )
