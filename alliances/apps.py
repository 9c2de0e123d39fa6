from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from alliances.tenancy.globals import grant_globals


class AlliancesConfig(AppConfig):
    name = "alliances"
    verbose_name = "Alliances"

    def ready(self):
        # Sent once per installed app; the grants are the same whoever sends it, so one sender is enough.
        post_migrate.connect(grant_globals, sender=self, dispatch_uid="grant_globals")
        # They need the models of every app.
        import_module("alliances.people.checks")
        import_module("alliances.people.receivers")
