from django.urls import path

from regions.money import views

urlpatterns = [
    path("enveloppes/", views.envelopes, name="envelopes"),
    path("grand-livre/", views.ledger, name="ledger"),
    path("ecritures/<int:posting>/", views.posting, name="posting"),
]
