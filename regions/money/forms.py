from alliances.look import formats
from alliances.look.fields import ChoiceField
from alliances.look.forms import PortalForm
from regions.money.enums import SOURCES, AccountState
from regions.money.models import Account
from regions.money.reading import ENGAGED


class LedgerFilter(PortalForm):
    """Which entries: a year, a branch, a state. The project comes with the link that led here."""

    intro = ""
    exercice = ChoiceField(label="Exercice", required=False)
    branche = ChoiceField(label="Branche", required=False)
    etat = ChoiceField(label="État des sommes", required=False)

    def __init__(self, *args, accounts: list[Account], **kwargs):
        super().__init__(*args, **kwargs)
        years = sorted({account.envelope.fiscal_year for account in accounts}, reverse=True)
        branches = {account.envelope_id: account.envelope for account in accounts}
        self.fields["exercice"].choices = [("", "Tous"), *((str(year), formats.fiscal_year(year)) for year in years)]
        self.fields["branche"].choices = [
            ("", "Toutes"),
            *((str(pk), branch.name) for pk, branch in sorted(branches.items(), reverse=True)),
        ]
        states = [(code, label) for code, label in AccountState.choices if code not in SOURCES]
        self.fields["etat"].choices = [("", "Tous"), (ENGAGED, "Engagé, versé ou à verser"), *states]
