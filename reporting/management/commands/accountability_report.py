"""script/manage accountability_report mauricie 2021 --output rapport.pdf: a preliminary copy, without a worker."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alliances.jobs.runner import JobRefused
from alliances.jobs.scopes import snapshot
from alliances.models import Alliance
from reporting.accountability.services import accountable, file_name, freeze, refuse_without_pdf
from reporting.documents.accountability import accountability_document
from reporting.documents.render import render


class Command(BaseCommand):
    help = (
        "Writes the annual report of an alliance as a PDF, by the code of the page, marked as preliminary: it is not "
        "recorded, so its code verifies nothing. Reports that can be verified are produced on the page."
    )

    def add_arguments(self, parser):
        parser.add_argument("alliance", help="slug of the alliance, for instance mauricie")
        parser.add_argument("year", help="year in which the fiscal year begins: 2021 for 2021-2022")
        parser.add_argument("--output", help="file to write; by default a name of its own, here")

    def handle(self, *args, **options):
        if not options["year"].isdecimal():
            raise CommandError(f"{options['year']}: the year must be a number such as 2021.")
        number = int(options["year"])
        try:
            refuse_without_pdf()
            alliance = Alliance.objects.get(slug=options["alliance"])
            with snapshot("alliance", alliance.pk, 0):
                content = freeze(accountable(alliance, number), version=0)
        except Alliance.DoesNotExist as error:
            known = ", ".join(Alliance.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"No alliance « {options['alliance']} ». Known: {known}.") from error
        except JobRefused as refused:
            raise CommandError(f"{options['alliance']} {number}: {refused}") from refused
        target = Path(options["output"] or file_name(number, alliance, 0))
        try:
            target.write_bytes(render(accountability_document(content)))
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{target}: {target.stat().st_size} bytes, data {content.sha256()}")
