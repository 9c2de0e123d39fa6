"""Who may hold a session, asked at the sign-in and again at every request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from alliances.people.demo import is_demo_address


class PortalBackend(AuthenticationBackend):
    """Active people; and outside a demonstration nobody whose password everybody knows."""

    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not is_demo_address(user.email))
