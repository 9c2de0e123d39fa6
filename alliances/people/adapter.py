"""How allauth meets the portal: our words, our outbox, and the devices we have seen."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.look import formats
from alliances.look.messages import lazy_text, refusal
from alliances.notices.services import send
from alliances.people import devices
from alliances.people.demo import is_demo_address
from alliances.people.models import User
from alliances.tenancy.access import PORTAL
from alliances.tenancy.scope import public_scope

LOGIN_WAIT_MINUTES = 5  # as in ACCOUNT_RATE_LIMITS["login_failed"]

# allauth's e-mails that ask for something: our notice, and which of its texts holds the link
_LETTERS = {
    "account/email/email_confirmation": ("N02", "activate_url"),
    "account/email/email_confirmation_signup": ("N02", "activate_url"),
    "account/email/password_reset_key": ("N03", "password_reset_url"),
    "account/email/account_already_exists": ("N38", "password_reset_url"),
}
# those that tell of a change: what happened, for N39
_CHANGES = {
    "account/email/password_reset": _("Le mot de passe de votre compte a été changé"),
    "account/email/password_changed": _("Le mot de passe de votre compte a été changé"),
    "account/email/password_set": _("Un mot de passe a été donné à votre compte"),
    "account/email/email_changed": _("L’adresse courriel de votre compte a été changée"),
    "account/email/email_deleted": _("Une adresse courriel a été retirée de votre compte"),
    "mfa/email/totp_deactivated": _("L’application d’authentification a été désactivée"),
    "mfa/email/webauthn_removed": _("Une clé d’accès a été retirée de votre compte"),
}
# A first proof set up is told on the screen; a mail would only repeat it.
_QUIET = frozenset(
    {
        "account/email/email_confirm",
        "mfa/email/totp_activated",
        "mfa/email/webauthn_added",
        "mfa/email/recovery_codes_generated",
    }
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened with an e-mail address; mail of accounts goes through the outbox like every other."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Ce compte est fermé."),
        "cannot_remove_primary_email": _(
            "Cette adresse est la principale du compte. Choisissez-en d’abord une autre comme adresse principale."
        ),
        "duplicate_email": _("Cette adresse est déjà dans votre compte."),
        "email_password_mismatch": lazy_text("E73"),
        "username_password_mismatch": lazy_text("E73"),
        "invalid_login": lazy_text("E73"),
        "email_taken": _("Cette adresse ne peut pas être ajoutée. Inscrivez-en une autre."),
        "enter_current_password": _("Inscrivez votre mot de passe actuel."),
        "incorrect_password": _("Ce mot de passe n’est pas celui de votre compte. Inscrivez-le de nouveau."),
        "incorrect_code": lazy_text("E74"),
        "invalid_or_expired_key": _("Ce lien n’est plus valable. Demandez-en un nouveau."),
        "invalid_password_reset": _("Ce lien n’est plus valable. Demandez-en un nouveau."),
        "max_email_addresses": _("Un compte compte au plus %d adresses. Retirez-en une avant d’en ajouter une autre."),
        "too_many_login_attempts": lazy_text("E78", minutes=LOGIN_WAIT_MINUTES),
        "rate_limited": lazy_text("E78", minutes=LOGIN_WAIT_MINUTES),
        "unknown_email": _("Cette adresse n’est celle d’aucun compte."),
        "unverified_primary_email": _("Confirmez d’abord l’adresse principale de votre compte."),
        "select_only_one": _("Sélectionnez une seule adresse."),
        "same_as_current": _("Inscrivez une valeur différente de l’actuelle."),
    }

    def clean_password(self, password, user=None):
        """Django's four validators, one sentence (E75)."""
        try:
            return super().clean_password(password, user)
        except ValidationError as refused:
            raise refusal("E75") from refused

    def clean_email(self, email):
        return super().clean_email(email).lower()

    def get_client_ip(self, request):
        """The address behind exactly our proxies; that of the connection for a request that came round them."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]

    def pre_login(self, request, user, **kwargs):
        if not settings.DEMO and is_demo_address(user.email):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if not devices.knows(request, user):
            self._tell(user, "N04", url=reverse("usersessions_list"))
            devices.remember(request, response, user)
        return response

    def send_mail(self, template_prefix, email, context):
        """One of our notices instead of a mail; LookupError for one that we have no words for."""
        if template_prefix in _QUIET:
            return
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        if template_prefix in _CHANGES:
            self._tell(person, "N39", address=email, url=reverse("usersessions_list"), what=_CHANGES[template_prefix])
            return
        code, link = _LETTERS[template_prefix]
        # Our own address, never the Host that a request pretends to have been sent to.
        parts = urlsplit(context[link])
        self._tell(person, code, address=email, url=parts._replace(scheme="", netloc="").geturl())

    def _tell(self, person, code, *, url, address="", **texts):
        texts["when"] = formats.when(timezone.now())
        texts["device"] = formats.device(self.request.headers.get("User-Agent", ""))
        with public_scope():
            send(
                actor=PORTAL,
                code=code,
                person_id=person.pk if person else None,
                first_name=person.first_name if person else "",
                address=address,
                url=url,
                context={name: str(text) for name, text in texts.items()},
            )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "Une adresse ne s’ajoute pas à un compte protégé par la vérification en deux étapes. Écrivez-nous."
        ),
        "cannot_delete_authenticator": _("La vérification en deux étapes ne peut pas être désactivée."),
        "cannot_generate_recovery_codes": _(
            "Activez d’abord une application d’authentification ou une clé d’accès; les codes viennent ensuite."
        ),
        "incorrect_code": lazy_text("E74"),
        "unverified_email": _("Confirmez d’abord l’adresse courriel de votre compte."),
    }
