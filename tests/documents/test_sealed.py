"""Nothing leaves, nothing enters: no file, no network, no database while a document is made."""

import http.server
import socket
import threading

import pytest
from django.db import connection

from reporting.documents import engine
from reporting.documents import render as rendering
from reporting.documents.accountability import accountability_document
from reporting.documents.render import RefusedResource, Unavailable, available, render
from tests.documents import samples
from tests.documents.conftest import opened, tiny


@pytest.fixture
def canary():
    """A server on this machine that counts who calls."""
    calls = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.calls, server.address = calls, f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


HOSTILE = {
    "image": '<img alt="x" src="{a}/i.png"/>',
    "file": '<img alt="x" src="file:///etc/passwd"/>',
    "data": '<img alt="x" src="data:image/png;base64,AAAA"/>',
    "relative": '<img alt="x" src="../secret.png"/>',
    "object": '<object data="{a}/o"></object>',
    "embed": '<embed src="{a}/e"/>',
    "import": '<style>@import url("{a}/s.css");</style>',
    "background": "<p style=\"background: url('{a}/b.png')\">x</p>",
    "font": '<style>@font-face {{ font-family: X; src: url("{a}/f.woff2") }} p {{ font-family: X }}</style><p>x</p>',
    "attachment": '<a rel="attachment" href="{a}/a.csv">x</a>',
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
    '<image href="{a}/v.png"/></svg>',
    "svg-file": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
    '<image href="file:///etc/passwd"/></svg>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_fetches_nothing(name, canary):
    with pytest.raises(RefusedResource):
        tiny(HOSTILE[name].format(a=canary.address))
    assert canary.calls == []


def test_a_link_is_kept_and_not_followed(canary):
    with opened(tiny(f'<p><a href="{canary.address}/verifier">Vérifier</a></p>')) as pdf:
        assert [str(note.A.URI) for note in pdf.pages[0].Annots] == [f"{canary.address}/verifier"]
    assert canary.calls == []


def test_canary_counts_a_call(canary):
    with socket.create_connection(("127.0.0.1", canary.server_port)) as client:
        client.sendall(b"GET /seen HTTP/1.0\r\n\r\n")
        client.recv(100)
    assert canary.calls == ["/seen"]


def test_a_refusal_is_an_ordinary_exception():
    assert issubclass(RefusedResource, Exception)


def test_no_network_and_no_database(monkeypatch):
    """The tests reach the database only when they ask for it; this one does not, and closes the network too."""
    tried = []

    def refuse(*args, **kwargs):
        tried.append(args)
        raise AssertionError("the network was reached")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()
    render(accountability_document(samples.content(3)))
    assert tried == []


def test_without_pango_the_reason_is_given(monkeypatch):
    def missing(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    rendering._engine.cache_clear()
    monkeypatch.setattr(rendering.importlib, "import_module", missing)
    try:
        usable, reason = available()
        assert not usable
        assert "Pango" in reason
        with pytest.raises(Unavailable, match="Pango"):
            render(accountability_document(samples.empty()))
    finally:
        rendering._engine.cache_clear()


def test_collector_is_on_again_after_a_document():
    assert engine.gc.isenabled()
    with pytest.raises(RefusedResource):
        tiny('<img alt="x" src="x.png"/>')
    assert engine.gc.isenabled()
