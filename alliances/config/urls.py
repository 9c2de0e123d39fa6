"""The plan of addresses. Rooms of the packages above are named by string, never imported."""

from django.conf import settings
from django.urls import include, path

from alliances.config.health import healthz, readyz


def rooms(*modules: str) -> list:
    return [path("", include(module)) for module in modules]


alliance = rooms(
    "reporting.dashboards.urls",
    "projects.register.urls",
    "projects.awards.urls",
    "projects.followup.urls",
    "projects.dossier.urls",
    "regions.money.urls",
    "reporting.accountability.urls",
    "reporting.exports.urls",
    "alliances.jobs.urls",
    "alliances.files.urls",
    "alliances.people.urls_alliance",
)
ministry = rooms(
    "reporting.dashboards.urls_ministry",
    "regions.agreements.urls_ministry",
    "alliances.jobs.urls_ministry",
    "alliances.people.urls_ministry",
)
audit = rooms("reporting.dashboards.urls_audit", "regions.agreements.urls_audit", "alliances.jobs.urls_audit")
promoter = rooms("reporting.dashboards.urls_promoter", "alliances.people.urls_promoter")

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("a/<slug:alliance>/comite/", include(("reporting.dashboards.urls_committee", "committee"))),
    path("a/<slug:alliance>/", include((alliance, "alliance"))),
    path("ministere/", include((ministry, "ministry"))),
    path("verification/", include((audit, "audit"))),
    path("promoteur/<int:organisation>/", include((promoter, "promoter"))),
    path("session/", include("allauth.urls")),
    path("", include(("alliances.people.urls", "people"))),
    path("", include(("reporting.public.urls", "public"))),
]
if settings.DEMO:
    urlpatterns += [
        path("courriels/", include(("alliances.notices.urls", "mail"))),
        path("composants/", include(("alliances.look.urls", "look"))),
    ]

handler400 = "alliances.look.errors.bad_request"
handler403 = "alliances.look.errors.permission_denied"
handler404 = "alliances.look.errors.not_found"
handler429 = "alliances.look.errors.too_many"  # called by allauth when someone tries too often
handler500 = "alliances.look.errors.server_error"
