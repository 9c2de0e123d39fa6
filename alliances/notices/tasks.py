"""Sending what stands in the outbox. Rung every ten seconds; any number of workers may do it at once."""

import logging
import smtplib
from dataclasses import dataclass
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.core import mail
from django.db import connection

from alliances.tenancy.scope import upkeep_scope

logger = logging.getLogger("alliances.notices")
BATCH = 20
TRIES = 6
_CLAIM = "SELECT id, address, subject, body, html, attempts FROM claim_notices(%s)"


@dataclass(frozen=True)
class Letter:
    """A notice taken for sending."""

    id: int
    address: str
    subject: str
    text: str
    html: str
    attempts: int

    def message(self, transport) -> mail.EmailMultiAlternatives:
        """The same Message-ID at each try, so that a mail server can tell that it has had it before."""
        host = urlsplit(settings.PORTAL_URL).hostname
        message = mail.EmailMultiAlternatives(
            self.subject,
            self.text,
            settings.DEFAULT_FROM_EMAIL,
            [self.address],
            connection=transport,
            headers={"Message-ID": f"<notice-{self.id}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(self.html, "text/html")
        return message


@shared_task(name="alliances.notices.send")
def send() -> int:
    """Send a batch; returns how many left. A try that fails is written with its cause and tried again later."""
    with upkeep_scope(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [BATCH])
        letters = [Letter(*row) for row in cursor.fetchall()]
    if not letters:
        return 0
    transport = mail.get_connection()
    sent = 0
    for letter in letters:
        outcome, cause = _deliver(letter, transport)
        sent += outcome == "sent"
        with upkeep_scope(), connection.cursor() as cursor:
            cursor.execute("SELECT settle_notice(%s, %s, %s)", [letter.id, outcome, cause])
    transport.close()
    return sent


def _deliver(letter: Letter, transport) -> tuple[str, str]:
    """(sent, queued for another try, or failed; its cause)"""
    if letter.attempts > TRIES:  # taken again and again by senders that died
        return "failed", f"abandonné après {TRIES} essais"
    try:
        letter.message(transport).send()
    except Exception as error:  # whatever it is, it stops this letter only, never those behind it
        cause = f"{type(error).__name__}: {error}"
        expected = isinstance(error, OSError | ValueError)  # SMTPException is an OSError
        logger.warning("notice %s, try %s: %s", letter.id, letter.attempts, type(error).__name__, exc_info=not expected)
        transport.close()
        return ("failed" if letter.attempts >= TRIES or _for_good(error) else "queued"), cause
    return "sent", ""


def _for_good(error: Exception) -> bool:
    """Refused by the receiving server with a 5xx, or not writable as a message: another try changes nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError)
