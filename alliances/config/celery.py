"""The bell. What is to be done stands in the job table; Celery only says that there is something."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliances.config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
ROOMS = (
    "alliances.jobs",
    "alliances.notices",
    "regions.money",
    "projects.register",
    "projects.followup",
    "reporting.accountability",
    "reporting.documents",
    "reporting.exports",
)
app.autodiscover_tasks(ROOMS)
app.autodiscover_tasks(ROOMS, related_name="chores")  # what alliances.jobs.keep_house does


@worker_ready.connect
def ring_once(sender, **_) -> None:
    """Beat rings only after its first interval: without this, a portal that starts would wait for it to be ready."""
    sender.app.send_task("alliances.jobs.heartbeat")
