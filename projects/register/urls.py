from django.urls import path

from projects.register import views, views_exports, views_forms

urlpatterns = [
    path("projets/", views.projects, name="projects"),
    path("projets/organismes/", views.promoters, name="project_promoters"),
    path("projets/exporter/", views_exports.export, name="projects_export"),
    path("projets/nouveau/", views_forms.new, name="project_new"),
    path("projets/<int:project>/modifier/", views_forms.edit, name="project_edit"),
    path("projets/<int:project>/supprimer/", views_forms.delete, name="project_delete"),
]
