"""The second proof of a session: a code, a passkey, or a recovery code."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled


def proved(request) -> bool:
    """This session gave a second proof. A sign-in with a passkey is one: the device has verified its person."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_factor(user) -> bool:
    """The person has one set up; outside any space."""
    return is_mfa_enabled(user)
