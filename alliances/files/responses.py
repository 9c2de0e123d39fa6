"""A stored file as an answer: always a download, never shown as a page of ours."""

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone

from alliances.files.models import StoredFile
from alliances.look import messages
from alliances.look.formats import iso, local


def send(request, stored: StoredFile, back: str):
    """The bytes, or the page that says since when they are not kept (410). The caller has checked who asks."""
    if stored.expires_at > timezone.now() and default_storage.exists(stored.storage_name):
        answer = FileResponse(
            default_storage.open(stored.storage_name),
            as_attachment=True,
            filename=stored.name,
            content_type=stored.media_type,
        )
        answer["Content-Length"] = stored.size
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer
    since = local(min(stored.expires_at, timezone.now())).date()
    text = messages.text("E91", date=iso(since))
    return render(request, "files/gone.html", {"text": text, "back": back}, status=410)
