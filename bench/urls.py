"""The portal’s addresses and the empty pages behind the same middleware."""

from django.http import HttpResponse
from django.urls import path

from alliances.config import urls
from alliances.tenancy.access import ANYONE, SIGNED_IN, screen

EMPTY = "<!doctype html><title>-</title>"


@screen(ANYONE)
def nobody(request):
    return HttpResponse(EMPTY)


@screen(SIGNED_IN)
def person(request):
    return HttpResponse(EMPTY)


@screen("alliance")
def space(request, alliance):
    return HttpResponse(EMPTY)


urlpatterns = [
    path("bench/vide", nobody, name="bench-nobody"),
    path("bench/personne", person, name="bench-person"),
    path("a/<slug:alliance>/bench-vide", space, name="bench-space"),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
