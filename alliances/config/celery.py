"""The bell. What is to be done stands in the job table; Celery only says that there is something."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliances.config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
ROOMS = (
    "alliances.jobs",
    "alliances.notices",
    "regions.money",
    "projects.register",
    "reporting.accountability",
    "reporting.exports",
)
app.autodiscover_tasks(ROOMS)
