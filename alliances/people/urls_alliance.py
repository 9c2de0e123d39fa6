from django.urls import path

from alliances.people import views_team as views

urlpatterns = [
    path("equipe/", views.alliance_team, name="team"),
    path("equipe/<int:row>/role/", views.alliance_role, name="team_role"),
    path("equipe/<int:row>/fin/", views.alliance_end, name="team_end"),
    path("equipe/invitations/<int:row>/annuler/", views.alliance_cancel, name="team_cancel"),
]
