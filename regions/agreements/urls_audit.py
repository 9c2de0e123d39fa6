from django.urls import path

from alliances.tenancy.places import in_space
from regions.agreements import views

urlpatterns = [
    path("ententes/", in_space(views.agreements, "audit"), name="agreements"),
    path("repartition/", in_space(views.allocation, "audit"), name="allocation"),
]
