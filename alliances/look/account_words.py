"""The words of sign-in and of the second step, for the adapters of allauth: its own messages speak another French."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.look.messages import lazy_text

# Keys of allauth's DefaultAccountAdapter.error_messages.
ACCOUNT_ERRORS = {
    "account_inactive": _("Ce compte est fermé. Écrivez-nous pour le rouvrir."),
    "cannot_remove_primary_email": _("Cette adresse est la principale. Choisissez-en d’abord une autre."),
    "duplicate_email": _("Cette adresse est déjà dans votre compte."),
    "email_password_mismatch": lazy_text("E73"),
    "email_taken": _("Cette adresse ne peut pas servir à un nouveau compte."),
    "enter_current_password": _("Inscrivez votre mot de passe actuel."),
    "incorrect_code": lazy_text("E74"),
    "incorrect_password": _("Ce mot de passe n’est pas le bon. Réessayez."),
    "invalid_or_expired_key": _("Ce lien n’est plus valable. Demandez-en un nouveau."),
    "invalid_login": lazy_text("E73"),
    "invalid_password_reset": _("Ce lien n’est plus valable. Demandez-en un nouveau."),
    "max_email_addresses": _("Un compte compte au plus %d adresses courriel."),
    "too_many_login_attempts": lazy_text("E78", minutes=5),
    "unknown_email": lazy_text("E73"),
    "unverified_primary_email": _("Confirmez d’abord votre adresse principale."),
    "username_password_mismatch": lazy_text("E73"),
    "select_only_one": lazy_text("E02"),
    "same_as_current": _("Inscrivez une valeur différente de celle d’aujourd’hui."),
    "rate_limited": lazy_text("E78", minutes=1),
}

# Keys of allauth's DefaultMFAAdapter.error_messages.
MFA_ERRORS = {
    "add_email_blocked": _("Pour ajouter une adresse, désactivez d’abord la vérification en deux étapes."),
    "cannot_delete_authenticator": _("Votre rôle demande la vérification en deux étapes : elle reste active."),
    "cannot_generate_recovery_codes": _("Activez d’abord une application d’authentification ou une clé d’accès."),
    "incorrect_code": lazy_text("E74"),
    "unverified_email": _("Confirmez d’abord votre adresse courriel."),
}
