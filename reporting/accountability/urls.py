"""Addresses of « Reddition de comptes »."""

from django.urls import path

from reporting.accountability import views

urlpatterns = [
    path("reddition/", views.accountability, name="accountability"),
    path("reddition/<int:year>/", views.accountability_year, name="accountability_year"),
    path("reddition/<int:year>/produire/", views.accountability_produce, name="accountability_produce"),
    path(
        "reddition/<int:year>/documents/<int:document>/",
        views.accountability_document,
        name="accountability_document",
    ),
]
