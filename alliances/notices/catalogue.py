"""Every notice the portal sends: its code, its subject, whether it is optional, and why one receives it.

The body stands in templates/notices/<code>.txt and .html. A room that sends a new notice adds its line here.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECT_LENGTH = 70  # what a telephone shows of a subject
TITLE_LENGTH = 40  # of a title inside a subject


@dataclass(frozen=True)
class Kind:
    """A notice. `subject` and `reason` take their %(names)s from the context of `send`."""

    code: str
    subject: Promise
    reason: Promise
    # Security, decisions, money, legal time limits: no preference stops it.
    always: bool = True
    # Its link lets in whoever holds it: shown in the e-mail only, and forgotten once sent.
    secret: bool = False

    def subject_for(self, context: dict) -> str:
        """One line of at most 70 characters; titles are cut at 40."""
        cut = {
            name: shorten(value, TITLE_LENGTH) if isinstance(value, str) else value for name, value in context.items()
        }
        return shorten(str(self.subject) % cut, SUBJECT_LENGTH)


def shorten(text: str, most: int) -> str:
    """At most `most` characters on one line, « … » where something is missing."""
    # str.split() without an argument would also take the non-breaking spaces away
    line = "".join(" " if sign in "\r\n\t\v\f\x85\u2028\u2029" else sign for sign in text).strip()
    return line if len(line) <= most else line[: most - 1].rstrip(" \u00a0,;") + "…"


_ALL = (
    Kind(
        "N01",
        _("Invitation à rejoindre %(space)s"),
        _("%(sender)s a inscrit votre adresse dans une invitation"),
        secret=True,
    ),
    Kind(
        "N02",
        _("Confirmez votre adresse courriel"),
        _("un compte du portail a été ouvert avec votre adresse"),
        secret=True,
    ),
    Kind(
        "N03",
        _("Choix d’un nouveau mot de passe"),
        _("un nouveau mot de passe a été demandé pour votre adresse"),
        secret=True,
    ),
    Kind("N04", _("Session ouverte depuis un nouvel appareil"), _("vous avez un compte du portail")),
    Kind("N32", _("Votre fichier est prêt"), _("vous avez demandé ce fichier dans le portail"), always=False),
    Kind("N38", _("Vous avez déjà un compte"), _("un compte a été demandé avec votre adresse")),
    Kind("N39", _("Un réglage de sécurité de votre compte a changé"), _("vous avez un compte du portail")),
)
CATALOGUE: dict[str, Kind] = {kind.code: kind for kind in _ALL}
