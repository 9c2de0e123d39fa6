"""A few notices of the demonstration, sent and unread, for the accounts to start with."""

from datetime import date

from alliances.look import formats
from alliances.models import Notice
from projects.demo.rows import put
from projects.demo.write import moment

SUBJECT = "Session ouverte depuis un nouvel appareil"
TEXT = (
    "Une session a été ouverte le {day} depuis un appareil que le portail ne connaissait pas.\n"
    "Si c’est vous, il n’y a rien à faire. Sinon, changez votre mot de passe et fermez les autres sessions."
)


def write_notices(people: list[tuple[int, str]], today: date) -> None:
    """One for each (id, address); in the scope of a space that may write notices."""
    at, text = moment(today, 7), TEXT.format(day=formats.day(today))
    html = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    put(
        Notice,
        "code person_id address subject text html url state attempts error created_at next_try_at sent_at",
        [("N04", pk, email, SUBJECT, text, html, "/compte/", "sent", 1, "", at, at, at) for pk, email in people],
    )
