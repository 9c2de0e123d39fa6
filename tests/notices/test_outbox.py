"""The outbox: a row with its cause, sent by the worker, tried again, and kept as the log of what was sent."""

import smtplib
import socket
from email import message_from_bytes

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.template.loader import get_template
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from alliances.models import Notice
from alliances.notices import backends, services, tasks
from alliances.notices.catalogue import CATALOGUE, Kind, shorten
from alliances.tenancy.access import PORTAL
from alliances.tenancy.owner import as_owner
from alliances.tenancy.scope import (
    alliance_scope,
    committee_scope,
    ministry_scope,
    person_scope,
    public_scope,
    upkeep_scope,
)
from tests.support import build

pytestmark = pytest.mark.django_db(transaction=True)
FILE = {"name": "Projets.csv", "size": "84 ko", "until": "31 mars 2027"}


class Broken(BaseEmailBackend):
    error: Exception = socket.gaierror("name or service not known")

    def send_messages(self, messages):
        raise self.error


@pytest.fixture
def sacha():
    return build.member("manager", email="gestion@mauricie.test")


def queue(sacha, code="N32", **more):
    with alliance_scope(build.alliance().pk, sacha.pk):
        return services.send(
            actor=PORTAL, code=code, person_id=sacha.pk, context=FILE, url="/a/mauricie/fichiers/", **more
        )


def only() -> Notice:
    with upkeep_scope():
        return Notice.objects.get()


def due():
    """The next try is now, as when the time has come."""
    with upkeep_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT next_try_at <= clock_timestamp() FROM notice")
        return cursor.fetchone()[0]


def come_due():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notice NO FORCE ROW LEVEL SECURITY")  # an owner's way; no login of ours has it
        cursor.execute("UPDATE notice SET next_try_at = clock_timestamp() - interval '1 second'")
        cursor.execute("ALTER TABLE notice FORCE ROW LEVEL SECURITY")


def test_a_notice_is_written_with_its_cause_and_sent_once(sacha, as_worker):
    number = queue(sacha)
    with as_worker():
        assert tasks.send() == 1
        assert tasks.send() == 0
        row = only()
    assert (row.pk, row.state, row.attempts, row.address) == (number, "sent", 1, sacha.email)
    assert row.sent_at is not None
    (message,) = mail.outbox
    assert message.subject == "Votre fichier est prêt"
    assert message.extra_headers["Message-ID"] == f"<notice-{number}@localhost>"
    assert message.to == [sacha.email]
    assert "Projets.csv" in message.body
    assert "http://localhost:8000/a/mauricie/fichiers/" in message.body
    assert message.alternatives[0].mimetype == "text/html"


def test_a_cause_undone_sends_nothing(sacha, as_worker):
    with alliance_scope(build.alliance().pk, sacha.pk):
        services.send(actor=PORTAL, code="N32", person_id=sacha.pk, context=FILE)
        transaction.set_rollback(True)
    with as_worker():
        assert tasks.send() == 0


def test_a_try_that_fails_is_tried_again_six_times(sacha, as_worker, settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.notices.test_outbox.Broken"
    queue(sacha)
    with as_worker():
        for attempt in range(1, 7):
            assert tasks.send() == 0
            row = only()
            assert row.attempts == attempt
            assert "name or service not known" in row.error
            assert row.state == ("queued" if attempt < 6 else "failed")
            if attempt < 6:
                assert not due()
                assert tasks.send() == 0, "not before its time"
                assert only().attempts == attempt
            come_due()
        assert tasks.send() == 0
        assert only().state == "failed"


def test_a_refused_address_is_not_tried_again(sacha, as_worker, settings, monkeypatch):
    monkeypatch.setattr(
        Broken, "error", smtplib.SMTPRecipientsRefused({"gestion@mauricie.test": (550, b"no such mailbox")})
    )
    settings.EMAIL_BACKEND = "tests.notices.test_outbox.Broken"
    queue(sacha)
    with as_worker():
        tasks.send()
        row = only()
    assert (row.state, row.attempts) == ("failed", 1)
    assert "550" in row.error


def test_a_fault_of_ours_stops_one_letter_only(sacha, as_worker, monkeypatch):
    queue(sacha)
    second = queue(sacha)
    whole = tasks.Letter.message

    def faulty(letter, transport):
        if letter.id != second:
            raise TypeError("a fault of ours")
        return whole(letter, transport)

    monkeypatch.setattr(tasks.Letter, "message", faulty)
    with as_worker():
        assert tasks.send() == 1
        with upkeep_scope():
            assert list(Notice.objects.order_by("pk").values_list("state", "error")) == [
                ("queued", "TypeError: a fault of ours"),
                ("sent", ""),
            ]


def test_a_sender_that_died_is_replaced(sacha, as_worker):
    queue(sacha)
    with as_worker():
        with upkeep_scope(), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM claim_notices(20)")  # and dies here
        assert tasks.send() == 0
        assert only().state == "sending"
        come_due()
        assert tasks.send() == 1
        assert (only().state, only().attempts) == ("sent", 2)


def test_the_secret_of_a_link_is_forgotten_once_sent(sacha, as_worker):
    context = {"when": "24 novembre 2026", "device": "Firefox"}
    with public_scope():
        services.send(
            actor=PORTAL, code="N03", person_id=sacha.pk, url="/session/password/reset/key/1-secret/", context=context
        )
    with as_worker():
        assert "1-secret" in only().text
        tasks.send()
        row = only()
    assert "1-secret" in mail.outbox[0].body
    assert not any("secret" in text for text in (row.text, row.html, row.url))


def test_the_secret_codes_of_the_database_are_those_of_the_catalogue(sacha):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'settle_notice'")
        body = cursor.fetchone()[0]
    assert {code for code in CATALOGUE if f"'{code}'" in body} == {k.code for k in CATALOGUE.values() if k.secret}


def test_every_space_may_write_and_none_may_read(sacha):
    scopes = [
        lambda: alliance_scope(build.alliance().pk, sacha.pk),
        lambda: committee_scope(build.alliance().pk, sacha.pk),
        lambda: ministry_scope(sacha.pk),
        lambda: person_scope(sacha.pk),
        public_scope,
    ]
    for scope in scopes:
        with scope():
            services.send(actor=PORTAL, code="N32", person_id=sacha.pk, context=FILE)
    with person_scope(sacha.pk):
        assert Notice.objects.count() == len(scopes)
    with person_scope(build.person("autre@exemple.test").pk):
        assert not Notice.objects.exists()


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_notice_has_its_subject_its_text_and_its_html(code):
    kind = CATALOGUE[code]
    long = dict.fromkeys(("space", "sender", "name"), "Regroupement des organismes communautaires d’action " * 3)
    subject = kind.subject_for(long)
    assert len(subject) <= 70
    for ending in ("txt", "html"):
        get_template(f"notices/{code}.{ending}")
    assert "portal" not in str(kind.subject).lower()


def test_what_is_typed_stays_text(sacha, outbox):
    context = {**FILE, "name": "<b>L'été</b> & Cie\r\nBcc: x@y.test"}
    with alliance_scope(build.alliance().pk, sacha.pk):
        services.send(actor=PORTAL, code="N32", person_id=sacha.pk, context=context, first_name="<i>")
    assert "<b>L'été</b> & Cie" in outbox[0].text
    assert "&lt;b&gt;" in outbox[0].html
    assert "<b>" not in outbox[0].html


def test_a_subject_has_one_line_of_seventy_characters():
    kind = Kind("N99", "Demande « %(title)s » %(number)s", "")
    assert kind.subject_for({"title": "a\r\nBcc: x" + "y" * 90, "number": "1" * 90}).count("\n") == 0
    assert shorten("x" * 71, 70) == "x" * 69 + "…"
    assert shorten("x" * 70, 70) == "x" * 70


def test_a_notice_goes_to_somebody(sacha):
    with pytest.raises(ValueError, match="to a person or to an address"):
        services.send(actor=PORTAL, code="N32", context=FILE)


# --- « Mes avis » ----------------------------------------------------------------------------------------------


def test_a_person_reads_and_marks_only_ones_own(client, sacha):
    mine, other = queue(sacha), build.member("officer")
    theirs = queue(other)
    client.force_login(sacha)
    page = client.get(reverse("people:notices"))
    assert page.content.decode().count("Votre fichier est prêt") >= 1
    assert page.wsgi_request.unread_notices == 1
    assert client.post(reverse("people:notice_read", args=[theirs])).status_code == 404
    opened = client.post(reverse("people:notice_read", args=[mine]), {"ouvrir": "1"})
    assert opened.url == "http://localhost:8000/a/mauricie/fichiers/"
    assert client.get(reverse("people:notices")).wsgi_request.unread_notices == 0
    queue(sacha)
    client.post(reverse("people:notices_read"))
    assert client.get(reverse("people:notices")).wsgi_request.unread_notices == 0
    client.force_login(other)
    assert client.get(reverse("people:notices")).wsgi_request.unread_notices == 1


# --- the mail of a demonstration --------------------------------------------------------------------------------


@pytest.fixture
def demo_mail(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND = "alliances.notices.backends.DemoOutbox"


def test_the_demonstration_keeps_its_mail(client, sacha, as_worker, demo_mail, monkeypatch):
    monkeypatch.setattr(backends, "KEPT", 3)
    for _ in range(5):
        queue(sacha)
    with as_worker():
        assert tasks.send() == 5
    assert len(backends.kept()) == 3
    page = client.get(reverse("mail:list")).content.decode()
    assert page.count("Votre fichier est prêt") == 3
    first = backends.kept()[0]
    text = client.get(reverse("mail:message", args=[first.name])).content.decode()
    assert 'sandbox=""' in text
    assert "&lt;!doctype html&gt;" in text
    assert 'href="http://localhost:8000/a/mauricie/fichiers/"' in text
    raw = (backends.folder() / f"{first.name}.eml").read_bytes()
    assert message_from_bytes(raw)["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("name", ["settings", "x" * 300, "20261124000000000000-deadbeef"])
def test_a_name_leads_nowhere_else(client, demo_mail, name):
    assert client.get(reverse("mail:message", args=[name])).status_code == 404
    assert backends.one("../../settings") is None


def test_the_demonstrations_outbox_is_impossible_in_production(demo_mail):
    with override_settings(DEMO=False), pytest.raises(ImproperlyConfigured):
        mail.get_connection()
    with pytest.raises(NoReverseMatch):
        reverse("mail:nothing")
