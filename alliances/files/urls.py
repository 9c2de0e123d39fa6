"""The address of a file in each space that has files."""

from django.urls import path

from alliances.files.views import download
from alliances.tenancy.places import STAFF, in_space


def _paths(space: str, *roles: str) -> list:
    return [path("fichiers/<int:file>/", in_space(download, space, *roles), name="file")]


urlpatterns = _paths("alliance", *STAFF)
ministry = _paths("ministry")
audit = _paths("audit")
