from django.urls import path

from reporting.dashboards import ministry

urlpatterns = [
    path("", ministry.in_space("ministry", ministry.home), name="home"),
    path("alliances/<slug:slug>/", ministry.in_space("ministry", ministry.alliance), name="alliance"),
]
