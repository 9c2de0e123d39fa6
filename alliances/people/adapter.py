"""How allauth meets the portal."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError

from alliances.look import messages
from alliances.look.account_words import ACCOUNT_ERRORS, MFA_ERRORS


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened with an e-mail address; mail of accounts goes through the outbox like every other."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def clean_password(self, password, user=None):
        """One message for every weakness: what to do, not which check failed."""
        try:
            return super().clean_password(password, user)
        except ValidationError as error:
            raise messages.refusal("E75") from error


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, **MFA_ERRORS}
