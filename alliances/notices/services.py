"""Writing a notice with its cause: one row of the outbox, in the caller's transaction."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone

from alliances.look.context import PROGRAMME
from alliances.notices.catalogue import CATALOGUE
from alliances.notices.models import Notice
from alliances.people.models import User


def send(
    *,
    actor,
    code: str,
    person_id: int | None = None,
    address: str = "",
    context: dict | None = None,
    url: str = "",
    first_name: str = "",
    alliance: str = "",
) -> int:
    """Queue the notice `code` for a person, an address, or both; returns its id. In any scope.

    `context`: texts for the subject and the body. `url`: the one link; an address of the portal may start with « / ».
    Without `address` it goes to the person's own, which the caller needs not know. `alliance`: its name, to sign with.
    KeyError for an unknown code or a missing text; ValueError when there is nobody to write to.
    """
    if person_id is None and not address:
        raise ValueError("a notice goes to a person or to an address")
    kind = CATALOGUE[code]
    if person_id is not None and not first_name:
        first_name = User.objects.filter(pk=person_id).values_list("first_name", flat=True).first() or ""
    link = settings.PORTAL_URL + url if url.startswith("/") else url
    texts = {"sender": actor.name, **(context or {})}
    subject = kind.subject_for(texts)
    frame = {
        **texts,
        "subject": subject,
        "first_name": first_name,
        "url": link,
        "alliance": alliance,
        "programme": PROGRAMME,
        "portal_name": settings.PORTAL_NAME,
        "contact": settings.PORTAL_CONTACT,
        "reason": str(kind.reason) % texts,
    }
    letter = Letter(
        code=code,
        person_id=person_id,
        address=address,
        subject=subject,
        text=render_to_string(f"notices/{code}.txt", frame).strip() + "\n",
        html=render_to_string(f"notices/{code}.html", frame),
        url=link,
    )
    return post(letter)


@dataclass(frozen=True)
class Letter:
    """A notice as it is written in the outbox."""

    code: str
    person_id: int | None
    address: str
    subject: str
    text: str
    html: str
    url: str


def post(letter: Letter) -> int:
    """Through the keeper's door: whoever writes a notice may not read the outbox."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT post_notice(%s, %s, %s, %s, %s, %s, %s)",
            [
                letter.code,
                letter.person_id,
                letter.address,
                letter.subject,
                letter.text,
                letter.html,
                letter.url,
            ],
        )
        return cursor.fetchone()[0]


def mark_read(*, actor, notice_id: int | None = None) -> int:
    """One notice, or all of them, has been seen by its person. In the person's scope; returns how many."""
    unread = Notice.objects.filter(person_id=actor.person_id, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=timezone.now())
