from django.core.management.base import BaseCommand
from django.db import transaction

from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import ministry_scope
from projects.register.reference import load_categories
from regions.agreements.reference import load_agreements
from regions.territory.reference import load_allocation, load_cycles, load_places


class Command(BaseCommand):
    help = "Loads the facts of the programme (regions, alliances, cycles, allocation, agreements). Safe to run again."

    def handle(self, *args, **options):
        with as_owner(), transaction.atomic():
            load_places()
            load_cycles()
            load_allocation()
            load_categories()
            with ministry_scope():
                new = load_agreements()
        self.stdout.write(f"Reference data are there; {new} agreements were new.")
