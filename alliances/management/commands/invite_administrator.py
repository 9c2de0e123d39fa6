from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from alliances.people.models import Organisation
from alliances.people.policies import TeamRefused
from alliances.people.services import invite_first
from alliances.people.teams import team_of_alliance, team_of_ministry, team_of_organisation
from alliances.tenancy.access import Actor
from alliances.tenancy.models import Alliance
from alliances.tenancy.scope import ministry_scope, promoter_scope


class Command(BaseCommand):
    help = (
        "Invites the first administrator of the ministry, or the first manager of an alliance or of an organisation. "
        "The ordinary invitation (N01) leaves by the outbox; its link serves once, within three days."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        space = parser.add_mutually_exclusive_group()
        space.add_argument("--alliance", metavar="SLUG", help="the word of its address, for example mauricie")
        space.add_argument("--organisation", metavar="NEQ", help="its ten digits in the enterprise register")

    def handle(self, email, alliance, organisation, **options):
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address.") from None
        portal = Actor(person_id=None, name=f"L’équipe du {settings.PORTAL_NAME}", roles=frozenset({"portal"}))
        try:
            with transaction.atomic():
                team, scope = self._space(alliance, organisation)
                with scope:
                    invite_first(actor=portal, team=team, email=email)
        except (Alliance.DoesNotExist, Organisation.DoesNotExist):
            raise CommandError(f"Nothing is known as {alliance or organisation!r}.") from None
        except TeamRefused as refused:
            raise CommandError(refused.why) from None
        self.stdout.write(f"{email} is invited: {team.name}, {team.label(team.managing)}.")

    @staticmethod
    def _space(alliance, organisation):
        if organisation:
            found = Organisation.objects.exclude(neq="").get(neq=organisation)
            return team_of_organisation(found), promoter_scope(found.pk)
        if alliance:
            return team_of_alliance(Alliance.objects.get(slug=alliance)), ministry_scope()
        return team_of_ministry(), ministry_scope()
