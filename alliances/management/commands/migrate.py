from django.core.management.commands import migrate

from alliances.tenancy.owner import as_owner


class Command(migrate.Command):
    """Django's own, as the owner of the tables: the logins of the web and of the worker may create nothing."""

    def handle(self, *args, **options):
        with as_owner(options["database"]):
            return super().handle(*args, **options)
