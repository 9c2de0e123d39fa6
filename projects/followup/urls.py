from django.urls import path

from projects.followup import views

urlpatterns = [
    path("versements/", views.instalments, name="instalments"),
    path("projets/<int:project>/versements/", views.instalment_plan, name="instalment_plan"),
    path("versements/<int:instalment>/<str:move>/", views.instalment_move, name="instalment_move"),
]
