"""Sessions that have ended are forgotten, with the address and the browser they came from."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

# A session and its trace are written one after the other: the trace of one just begun is left alone.
JUST_BEGUN = timedelta(minutes=10)


def forget_ended() -> int:
    """Run by the worker, without a scope: both tables are the framework's own. Returns how many traces went."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    goes_on = Session.objects.filter(session_key=OuterRef("session_key"))
    ended = UserSession.objects.filter(~Exists(goes_on), created_at__lt=now - JUST_BEGUN)
    return ended.delete()[0]
