"""The environment variables of the portal's own processes. What is already set wins."""

import os

from launcher.keys import key
from launcher.places import CHECKOUT, Places
from launcher.services import LOGINS, Services

PDF_OFF = "La production des PDF est arrêtée sur ce serveur : la bibliothèque Pango n’y est pas installée."


def variables(
    places: Places, services: Services, *, port: int | None = None, slot: int = 0, pdf: bool = True
) -> dict[str, str]:
    """What every process of the portal gets; the administrator's address is not among it."""
    ours = {
        "PORTAL_MODE": "demo",
        "SECRET_KEY": key(places.keys, "django"),
        "PORTAL_VAR": str(places.home),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(CHECKOUT),
        "DJANGO_SETTINGS_MODULE": "alliances.config.settings",
    }
    if port:
        ours["PORTAL_URL"] = f"http://localhost:{port}"
    if not pdf:
        ours["PORTAL_PDF"], ours["PORTAL_PDF_OFF"] = "off", PDF_OFF
    if services.postgres:
        for name, login in LOGINS.items():
            ours[name] = services.postgres.address(login, key(places.keys, login), "portal")
    if services.valkey:
        ours["REDIS_URL"] = services.valkey.address(slot)
    taken = {name: value for name, value in os.environ.items() if value or name not in ours}
    if services.postgres:
        # One or two of the three addresses do not make a server of one's own.
        taken = {name: value for name, value in taken.items() if name not in LOGINS}
    return {**ours, **taken, "PORTAL_VAR": str(places.home)}


def administrator(services: Services) -> dict[str, str]:
    """The address with which roles and the database are made; empty for a server that somebody else provisions."""
    if services.postgres:
        return {"DATABASE_ADMIN_URL": services.postgres.admin_address}
    return {name: value for name, value in os.environ.items() if name == "DATABASE_ADMIN_URL"}
