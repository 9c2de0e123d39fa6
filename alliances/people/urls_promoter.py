from django.urls import path

from alliances.people import views_team as views

urlpatterns = [
    path("equipe/", views.promoter_team, name="team"),
    path("equipe/<int:row>/role/", views.promoter_role, name="team_role"),
    path("equipe/<int:row>/fin/", views.promoter_end, name="team_end"),
    path("equipe/invitations/<int:row>/annuler/", views.promoter_cancel, name="team_cancel"),
]
