from django.urls import path

from projects.dossier import views

urlpatterns = [
    path("projets/<int:project>/", views.project, name="project"),
    path("projets/<int:project>/acte/<str:move>/", views.project_move, name="project_move"),
]
