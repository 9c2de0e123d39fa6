from contextlib import nullcontext
from importlib import import_module

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alliances.audit.invariants import faults_of, invariants
from alliances.models import StoredFile
from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import upkeep_scope

ROOMS = ("alliances.jobs.invariants", "regions.money.invariants", "projects.register.invariants")


class Command(BaseCommand):
    help = (
        "Checks every sum and promise of the portal; names each row at fault and exits with an error if there is one."
    )

    def handle(self, *args, **options):
        for room in ROOMS:
            import_module(room)
        # The web's login may not read across alliances; the worker's may, and so may the owner.
        login = as_owner() if settings.PORTAL_PROCESS == "web" else nullcontext()
        at_fault = 0
        with login, upkeep_scope():
            for invariant in invariants():
                faults = list(faults_of(invariant))
                at_fault += len(faults)
                self.stdout.write(f"{'FAULT' if faults else 'ok   '}  {invariant.says}")
                for fault in faults:
                    where = f"alliance {fault.alliance_id}, " if fault.alliance_id else ""
                    self.stdout.write(f"       {where}{fault.row}: {fault.detail}")
            at_fault += self._files()
        if at_fault:
            raise CommandError(f"{at_fault} rows are at fault.")
        self.stdout.write("Everything holds.")

    def _files(self) -> int:
        """A row without its file is a lie; a file without its row is cleaned by the sweeper."""
        missing = [
            stored
            for stored in StoredFile.objects.filter(expires_at__gt=timezone.now())
            if not default_storage.exists(stored.storage_name)
        ]
        self.stdout.write(f"{'FAULT' if missing else 'ok   '}  every stored file is there")
        for stored in missing:
            self.stdout.write(f"       file {stored.pk}: {stored.name} has no bytes in storage")
        return len(missing)
