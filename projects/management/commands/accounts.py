from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alliances.people.demo import DEMO_PASSWORD

TABLE = (
    ("Gestion", "gestion@<alliance>.demo.test", "approuve, certifie, invite"),
    ("Développement", "agent@<alliance>.demo.test", "inscrit et suit les projets"),
    ("Finances", "finance@<alliance>.demo.test", "demande et inscrit les versements"),
    ("Lecture", "lecture@<alliance>.demo.test", "lit tout"),
    ("Délégation", "delegue@<alliance>.demo.test", "un territoire, jusqu’à une date"),
    ("Comité", "comite1@ … comite5@<alliance>.demo.test", "les cinq membres"),
    ("Organisme", "promoteur@entraide.demo.test", "École citoyenne, en Mauricie"),
    ("Ministère", "analyste@ · admin@ministere.demo.test", "les 21 alliances"),
    ("Vérification", "audit@ministere.demo.test", "lit, n’écrit rien"),
)
START = ("gestion@mauricie.demo.test", "finance@mauricie.demo.test", "analyste@ministere.demo.test")


class Command(BaseCommand):
    help = "Prints the demonstration accounts."
    requires_system_checks = ()

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("There are no demonstration accounts in production.")
        self.stdout.write(f"  Mot de passe de tous les comptes : {DEMO_PASSWORD}")
        self.stdout.write("  <alliance> : mauricie, montreal, estrie, nunavik… (le mot de l’adresse /a/<alliance>/)\n")
        for role, address, does in TABLE:
            self.stdout.write(f"  {role:<14} {address:<42} {does}")
        self.stdout.write(f"\n  Pour commencer : {', '.join(START)}")
        self.stdout.write("  Deux espaces : comite2@mauricie.demo.test, gestion@mauricie.demo.test")
