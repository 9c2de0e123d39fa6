"""A second factor set up or used up counts from the same session on."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver

_PROOFS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


@receiver(authenticator_added, dispatch_uid="second_factor_proved")
def proved(request, user, authenticator, **kwargs):
    """To set one up, its code or its key was just given."""
    if authenticator.type in _PROOFS:
        proof = {"method": "mfa", "at": time.time(), "type": str(authenticator.type), "id": authenticator.pk}
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*get_authentication_records(request, user), proof]


@receiver(authenticator_removed, dispatch_uid="second_factor_gone")
def gone(request, user, authenticator, **kwargs):
    """What was proved with a removed one no longer counts."""
    if authenticator.type in _PROOFS:
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in get_authentication_records(request, user) if record.get("method") != "mfa"
        ]
