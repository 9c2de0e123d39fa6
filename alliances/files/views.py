"""The checked download of a file: the only way to its bytes."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from alliances.files.models import StoredFile
from alliances.files.responses import send


@require_safe
def download(request, file: int):
    """A file of the person who asks: the wall hides those of other alliances, the filter those of colleagues."""
    access = request.access
    mine = StoredFile.objects.filter(alliance_id=access.alliance.pk if access.alliance else None)
    stored = get_object_or_404(mine, pk=min(file, 2**63 - 1), person_id=access.person.pk)
    return send(request, stored, reverse(f"{access.space}:files", kwargs=access.url_kwargs))
