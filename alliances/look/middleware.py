"""Refuse early what no page can use: NUL and other control characters in an address."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from alliances.look import errors, parsing


class CleanInput:
    """An address with a NUL or a control character is unknown (404); a query with one cannot be read (400).

    Django passes both on, and the database then fails on them. Bodies are left to the forms, which answer at the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if parsing.has_control(request.path_info):
            return errors.not_found(request, Http404())
        if request.META.get("QUERY_STRING") and any(
            parsing.has_control(key) or any(parsing.has_control(value) for value in values)
            for key, values in request.GET.lists()
        ):
            return errors.bad_request(request, ValueError())
        return self.get_response(request)
