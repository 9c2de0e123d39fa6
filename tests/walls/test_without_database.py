"""A database that does not answer: the process says that it lives, pages say when to come back, nothing says 500."""

import json

import pytest
from django.db import OperationalError, connection
from django.test import Client

from alliances.tenancy import scope


def refuse(*args, **kwargs):
    """What psycopg's pool says when the server is away."""
    raise OperationalError("couldn't get a connection after 10.00 sec")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/ministere/", "/a/mauricie/projets/", "/session/login/"])
def test_pages_say_when_to_come_back(monkeypatch, address):
    with monkeypatch.context() as gone:
        gone.setattr(scope.RequestScope, "__enter__", refuse)
        answer = Client().get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "Le portail revient dans un instant" in answer.content.decode()


@pytest.mark.django_db
def test_the_process_lives_and_is_not_ready(monkeypatch):
    with monkeypatch.context() as gone:
        gone.setattr(connection, "cursor", refuse)
        alive, ready = Client().get("/healthz"), Client().get("/readyz")
    assert alive.status_code == 200
    assert ready.status_code == 503
    assert json.loads(ready.content)["database"] == "OperationalError"
