"""« Mes fichiers » and the page of a job, placed in the three spaces that have jobs."""

from django.urls import path

from alliances.jobs import views
from alliances.tenancy.places import STAFF, in_space


def _paths(space: str, *roles: str) -> list:
    return [
        path("fichiers/", in_space(views.files, space, *roles), name="files"),
        path("travaux/<int:job>/", in_space(views.one, space, *roles), name="job"),
        path("travaux/<int:job>/annuler/", in_space(views.cancel, space, *roles), name="job_cancel"),
        path("travaux/<int:job>/relancer/", in_space(views.retry, space, *roles), name="job_retry"),
    ]


urlpatterns = _paths("alliance", *STAFF)
ministry = _paths("ministry")
audit = _paths("audit")
