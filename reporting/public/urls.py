from django.urls import path

from reporting.public import verification, views

urlpatterns = [
    path("", views.home, name="home"),
    path("alliances/<slug:slug>/", views.alliance, name="alliance"),
    path("aide/", views.help_page, name="help"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("format-adapte/", views.alternate_format, name="alternate_format"),
    path("verifier/", verification.verify, name="verify"),
    path("verifier/<str:code>/", verification.verified, name="verified"),
]
