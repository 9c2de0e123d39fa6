"""The gallery of components, for those who build screens; only where demonstration is on."""

from django.urls import path

from alliances.look import views

app_name = "look"
urlpatterns = [path("", views.gallery, name="gallery")]
