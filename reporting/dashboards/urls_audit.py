from django.urls import path

from reporting.dashboards import ministry

urlpatterns = [
    path("", ministry.in_space("audit", ministry.home), name="home"),
    path("alliances/<slug:slug>/", ministry.in_space("audit", ministry.alliance), name="alliance"),
]
