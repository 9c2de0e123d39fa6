from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.demo.load import is_loaded, load


class Command(BaseCommand):
    help = "Loads the demonstration data set (demo mode only). Done once: run again, it returns at once."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale", type=int, default=1, help="so many times the projects, each with a part of the money"
        )

    def handle(self, *args, scale, **options):
        if not settings.DEMO:
            raise CommandError("The demonstration data are for PORTAL_MODE=demo only: nothing was written.")
        if scale < 1:
            raise CommandError("--scale must be 1 or more.")
        if is_loaded():
            if scale > 1:
                raise CommandError("This database holds the demonstration already: --scale needs one without it.")
            self.stdout.write("The demonstration data are there.")
            return
        began = monotonic()
        load(today=timezone.localdate(), scale=scale, say=self._say)
        self.stdout.write(f"The demonstration data are loaded ({monotonic() - began:.0f} s).")

    def _say(self, line: str) -> None:
        # The launcher shows the last line: it must not wait in a buffer.
        self.stdout.write(line)
        self.stdout.flush()
