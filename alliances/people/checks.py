"""What must not be in production. `check --deploy` and each migration say it before anybody signs in."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection

from alliances.people.demo import DEMO_DOMAIN


@register(Tags.security)
def no_demonstration_mail(app_configs, **kwargs):
    if settings.DEMO or "DemoOutbox" not in settings.EMAIL_BACKEND:
        return []
    return [Error("EMAIL_BACKEND keeps mail for everybody to read: only in demonstration mode.", id="portal.E001")]


@register(Tags.security, deploy=True)
def second_factor_required(app_configs, **kwargs):
    if settings.DEMO or settings.MFA_REQUIRED:
        return []
    return [Warning("MFA_REQUIRED is off: staff and ministry sign in with a password alone.", id="portal.W001")]


@register(Tags.database)
def no_demonstration_account(app_configs, databases=None, **kwargs):
    """Needs the database: run by `migrate` and by `check --database default`."""
    if settings.DEMO or not databases:
        return []
    people = apps.get_model(settings.AUTH_USER_MODEL)
    if people._meta.db_table not in connection.introspection.table_names():
        return []  # the first migration of all: nobody is there yet
    if not people.objects.filter(email__iendswith=DEMO_DOMAIN).exists():
        return []
    return [
        Error(
            "This database holds demonstration accounts, whose password is published.",
            hint="Production starts from an empty database, never from a demonstration.",
            id="portal.E002",
        )
    ]
