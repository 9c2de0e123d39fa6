"""The mail of a demonstration; included only there."""

from django.urls import path

from alliances.notices import views

urlpatterns = [
    path("", views.mail_list, name="list"),
    path("<slug:name>/", views.mail_message, name="message"),
]
