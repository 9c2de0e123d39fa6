"""The bell. What is to be done stands in the job table; Celery only says that there is something."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliances.config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["alliances.jobs", "alliances.notices", "reporting.accountability", "reporting.exports"])
