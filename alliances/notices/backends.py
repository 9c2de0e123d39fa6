"""In a demonstration no mail leaves: each message is a file that « /courriels/ » shows."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

KEPT = 200
_NAME = re.compile(r"\d{20}-[0-9a-f]{8}")


def folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


class DemoOutbox(BaseEmailBackend):
    """Keeps the newest 200 messages. ImproperlyConfigured outside a demonstration: mail would be lost, and readable."""

    def __init__(self, *args, **kwargs):
        if not settings.DEMO:
            raise ImproperlyConfigured("DemoOutbox keeps mail for everybody to read: only in demonstration mode.")
        super().__init__(*args, **kwargs)

    def send_messages(self, email_messages) -> int:
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d%H%M%S%f}-{secrets.token_hex(4)}"
            half = place / f"{name}.part"
            half.write_bytes(message.message().as_bytes())
            half.replace(place / f"{name}.eml")
        for old in sorted(place.glob("*.eml"), reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
        return len(email_messages)


@dataclass(frozen=True)
class Kept:
    """A message as « /courriels/ » shows it."""

    name: str
    subject: str
    to: str
    at: datetime
    text: str
    html: str


def kept(most: int = KEPT) -> list[Kept]:
    """Newest first."""
    return [_read(path) for path in sorted(folder().glob("*.eml"), reverse=True)[:most]]


def one(name: str) -> Kept | None:
    """None for a name that is not one of ours: it never leads outside the folder."""
    path = folder() / f"{name}.eml"
    return _read(path) if _NAME.fullmatch(name) and path.is_file() else None


def _read(path: Path) -> Kept:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    bodies = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    return Kept(
        name=path.stem,
        subject=str(message["Subject"]),
        to=str(message["To"]),
        at=datetime.strptime(path.stem[:20], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC),
        text=bodies["plain"].get_content() if bodies["plain"] else "",
        html=bodies["html"].get_content() if bodies["html"] else "",
    )
