from django.urls import path

from alliances.people import views_team as views

urlpatterns = [
    path("equipe/", views.ministry_team, name="team"),
    path("equipe/<int:row>/role/", views.ministry_role, name="team_role"),
    path("equipe/<int:row>/fin/", views.ministry_end, name="team_end"),
    path("equipe/invitations/<int:row>/annuler/", views.ministry_cancel, name="team_cancel"),
    path("equipe/ouvrir/", views.ministry_opens, name="team_opens"),
]
