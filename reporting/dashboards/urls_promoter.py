from django.urls import path

from reporting.dashboards import views

urlpatterns = [path("", views.promoter, name="home")]
