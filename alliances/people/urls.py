"""Pages of a person, outside any space."""

from django.urls import path

from alliances.notices import views as notices
from alliances.people import views, views_invitation

urlpatterns = [
    path("arrivee/", views.arrival, name="arrival"),
    path("espaces/", views.spaces, name="spaces"),
    path("compte/", views.account, name="account"),
    path("compte/verification/", views.second_factor, name="second_factor"),
    path("avis/", notices.notices, name="notices"),
    path("avis/lus/", notices.read_all, name="notices_read"),
    path("avis/<int:notice>/lu/", notices.read, name="notice_read"),
    path("invitation/<str:token>/", views_invitation.invitation, name="invitation"),
]
