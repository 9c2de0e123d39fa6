"""What a session leaves behind, its address among it, goes when it has ended."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from alliances.jobs import tasks
from alliances.people.sessions import forget_ended
from tests.support import build

pytestmark = pytest.mark.django_db


def session(key: str, *, ends: timedelta, begun: timedelta, row: bool = True) -> None:
    now = timezone.now()
    if row:
        Session.objects.create(session_key=key, session_data="", expire_date=now + ends)
    trace = UserSession.objects.create(user=build.person("a@mauricie.test"), session_key=key, ip="192.0.2.1")
    UserSession.objects.filter(pk=trace.pk).update(created_at=now - begun)


def test_ended_sessions_are_forgotten_and_others_kept():
    hour = timedelta(hours=1)
    session("ended", ends=-hour, begun=9 * hour)
    session("closed", ends=hour, begun=hour, row=False)
    session("goes-on", ends=hour, begun=hour)
    session("just-begun", ends=hour, begun=timedelta(0), row=False)
    assert forget_ended() == 2
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"goes-on", "just-begun"}
    assert set(Session.objects.values_list("session_key", flat=True)) == {"goes-on"}


def test_the_worker_does_it_while_it_keeps_house(monkeypatch):
    done = []
    monkeypatch.setattr(tasks, "forget_ended", lambda: done.append(1) or 0)
    monkeypatch.setattr(tasks, "CHORES", {})
    tasks.keep_house()
    assert done
