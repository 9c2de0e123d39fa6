"""One transaction and one scope around the whole request, rendering included.

ATOMIC_REQUESTS rolls back a view that raises; this middleware rolls back a page whose rendering failed. Foreign,
unknown and forbidden answer the same 404. A view that declares nothing is not reachable.
"""

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from alliances.audit.services import record
from alliances.look.errors import unavailable
from alliances.people.actors import actor_of
from alliances.people.factors import proved
from alliances.people.spaces import enter_as_person, spaces_of
from alliances.tenancy.access import ANYONE, OUTSIDE, SIGNED_IN, Access, Declaration
from alliances.tenancy.scope import RequestScope

# Roles that make a second factor compulsory where the setting asks for it.
_STAFF_SPACES = {"alliance", "committee", "ministry", "audit"}
# They say whether the database answers: they cannot wait for it.
WITHOUT_DATABASE = {"/healthz", "/readyz"}
logger = logging.getLogger("portal.scope")


class ScopeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.access = None
        request.spaces = []
        request.unread_notices = 0
        if request.path_info in WITHOUT_DATABASE:
            return self.get_response(request)
        try:
            return self._scoped(request)
        except (OperationalError, InterfaceError):
            # A view's own errors are answered inside; what arrives here is a database that does not answer.
            logger.exception("no database for %s", request.path_info)
            return unavailable(request)

    def _scoped(self, request):
        with translation.override(settings.LANGUAGE_CODE), RequestScope() as request.scope:
            response = self.get_response(request)
            if response.status_code == 404:
                _audit_denial(request)
            if response.streaming and not getattr(response, "file_to_stream", None):
                raise RuntimeError("a streamed response would read its rows after the scope has closed")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Whatever page: its heading says who has signed in, even where the page itself is everybody's.
            add_never_cache_headers(response)
        return response

    def process_view(self, request, view, args, kwargs):
        declared = getattr(view, "declaration", None) or _outside(request)
        if declared is None:
            raise Http404
        if declared.space == "public":
            _ = request.user.pk  # evaluated before the role changes: no space may read credentials
            request.scope.enter("public")
            request.access = Access("public")
            return None
        if declared.space == ANYONE:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if declared.space == SIGNED_IN:
            self._as_person(request)
            return None
        held = self._as_person(request)
        if declared.space in _STAFF_SPACES and settings.MFA_REQUIRED and not proved(request):
            _find_door(request, declared, held, kwargs)  # an unknown or closed door stays unknown
            return redirect(f"{reverse('people:second_factor')}?{urlencode({'next': request.get_full_path()})}")
        _enter(request, declared, held, kwargs)
        return None

    @staticmethod
    def _as_person(request):
        person = request.user
        translation.activate(person.language)
        standing = enter_as_person(request.scope, person.pk)
        request.unread_notices = standing.unread
        request.spaces = SimpleLazyObject(lambda: spaces_of(standing.held, request.access))
        return standing.held


def _outside(request) -> Declaration | None:
    name = request.resolver_match.url_name or ""
    return Declaration(ANYONE) if name.startswith(OUTSIDE) else None


def _enter(request, declared, held, kwargs) -> None:
    """Take the space's role, or answer like an unknown address."""
    request.access, ids = _find_door(request, declared, held, kwargs)
    request.scope.enter(request.access.space, **ids)


def _find_door(request, declared, held, kwargs) -> tuple[Access, dict]:
    """What the person may do behind the door of the view's space, and the ids of its scope; Http404 if it is closed."""
    person, space = request.user, declared.space
    if space in {"alliance", "committee"}:
        here = [one for one in held if one.place == "alliance" and one.slug == kwargs["alliance"]]
        roles = {one.role for one in here}
        roles = roles & {"committee"} if space == "committee" else roles - {"committee"}
        alliance = here[0].alliance if here else None
        access = Access(space, person, alliance, roles=frozenset(roles))
        ids = {"alliance": alliance and alliance.pk, "person": person.pk}
    elif space == "promoter":
        here = [one for one in held if one.place == "organisation" and one.tenant_id == kwargs["organisation"]]
        roles = {one.role for one in here}
        organisation = _Named(here[0].tenant_id, here[0].name) if here else None
        access = Access(space, person, organisation=organisation, roles=frozenset(roles))
        ids = {"organisation": organisation and organisation.pk, "person": person.pk}
    else:
        roles = {one.role for one in held if one.place == "ministry"}
        roles = roles & {"auditor"} if space == "audit" else roles - {"auditor"}
        access = Access(space, person, roles=frozenset(roles))
        ids = {"person": person.pk}
    if not roles or (declared.roles and not roles & declared.roles):
        request.closed_door = access
        raise Http404
    return access, ids


class _Named:
    """What a page needs of its organisation before it reads it."""

    def __init__(self, pk: int, name: str):
        self.pk, self.name = pk, name


def _audit_denial(request) -> None:
    """A person came to a door of another space or role, or a delegate to a page of another territory.

    The delegate's alliance reads it; of a stranger it is written without an alliance, in the person's own scope.
    """
    closed, access = getattr(request, "closed_door", None), request.access
    if closed is not None:
        record(actor=actor_of(request), verb="access.denied", **_facts(request, closed.space))
    elif access is not None and access.space == "alliance" and access.roles == {"delegate"}:
        record(
            actor=access.actor, verb="access.denied", alliance_id=access.alliance.pk, **_facts(request, access.space)
        )


def _facts(request, space: str) -> dict:
    return {"space": space, "path": request.path[:200]}
