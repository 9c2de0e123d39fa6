"""Put the typography of the house into the French of the templates and of the messages."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from alliances.look.catalogues import PACKAGES
from alliances.look.typography import typeset_python, typeset_template


class Command(BaseCommand):
    help = "Rewrites apostrophes and spaces in templates and messages; with --check, only names the files."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", help="files or folders under the project; all by default")
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        roots = [Path(path).resolve() for path in options["paths"]] or [
            settings.BASE_DIR / name for name in (*PACKAGES, "templates")
        ]
        for root in roots:
            for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
                rewrite = {".py": typeset_python, ".html": typeset_template, ".txt": typeset_template}.get(path.suffix)
                if rewrite is None or not path.is_file():
                    continue
                before = path.read_text(encoding="utf-8")
                after = rewrite(before)
                if after != before:
                    self.stdout.write(str(path))
                    if not options["check"]:
                        path.write_text(after, encoding="utf-8")
