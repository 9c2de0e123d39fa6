"""A few notices of the demonstration, sent and unread, for the accounts to start with."""

from datetime import date

from django.db import connection

from alliances.look import formats
from alliances.notices.services import Letter, post
from alliances.tenancy.scope import ministry_scope, upkeep_scope

SUBJECT = "Session ouverte depuis un nouvel appareil"
TEXT = (
    "Une session a été ouverte le {day} depuis un appareil que le portail ne connaissait pas.\n"
    "Si c’est vous, il n’y a rien à faire. Sinon, changez votre mot de passe et fermez les autres sessions."
)


def write_notices(people: list[tuple[int, str]], today: date) -> None:
    """One for each (id, address), through the doors of the outbox; sent, so that no worker sends it again."""
    text = TEXT.format(day=formats.day(today))
    html = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    with ministry_scope():
        written = [post(Letter("N04", pk, email, SUBJECT, text, html, "/compte/")) for pk, email in people]
    with upkeep_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claim_notices(%s)", [len(written)])
        cursor.executemany("SELECT settle_notice(%s, 'sent', '')", [[pk] for pk in written])
