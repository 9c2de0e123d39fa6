from django.urls import path

from alliances.tenancy.places import in_space
from regions.agreements import views

urlpatterns = [
    path("ententes/", in_space(views.agreements, "ministry"), name="agreements"),
    path("repartition/", in_space(views.allocation, "ministry"), name="allocation"),
    path("repartition/<int:line>/", views.allocation_share, name="allocation_share"),
]
