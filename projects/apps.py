from django.apps import AppConfig
from django.utils.module_loading import import_string

# Rooms that say what comes next for a project; the register asks them without knowing them.
UPCOMING = ("projects.awards.upcoming", "projects.followup.upcoming")


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self):
        register = import_string("projects.register.upcoming.register")
        for room in UPCOMING:
            register(import_string(f"{room}.waiting"), import_string(f"{room}.LABELS"), import_string(f"{room}.SINCE"))
