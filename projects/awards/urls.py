from django.urls import path

from projects.awards import views

urlpatterns = [
    path("projets/<int:project>/engagement/", views.award_request, name="award_request"),
    path("engagements/<int:award>/approuver/", views.award_approve, name="award_approve"),
    path("engagements/<int:award>/refuser/", views.award_decline, name="award_decline"),
    path("engagements/<int:award>/retirer/", views.award_withdraw, name="award_withdraw"),
]
