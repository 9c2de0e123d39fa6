"""Write and compile the catalogues of locale/, without the system's gettext."""

from django.conf import settings
from django.core.management.base import BaseCommand

from alliances.look import catalogues


class Command(BaseCommand):
    help = "Writes locale/fr from the sources and compiles every catalogue."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        for path in catalogues.write(settings.BASE_DIR):
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
