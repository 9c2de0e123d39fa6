"""Templates hold to the strict policy of the pages, and each component says its contract."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

ROOT = Path(settings.BASE_DIR)
PAGES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates/cotton").rglob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_nothing_inline(path):
    if path.parent.name in {"email", "pdf"} or re.fullmatch(r"N\d\d|frame", path.stem):
        return  # letters and documents carry their own style
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert "hx-on" not in text
    assert "<style" not in text
    assert "javascript:" not in text
    for script in re.findall(r"<script\b[^>]*>", text):
        assert " src=" in script or 'type="application/json"' in script, script
    assert "|safe" not in text
    assert "autoescape off" not in text
    assert not re.search(r"""(?:src|href)=["']https?://""", text)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_opens_with_its_contract(path):
    assert path.read_text(encoding="utf-8").startswith("{# ")


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'id="i-([a-z-]+)"', (ROOT / "static/portal/icons.svg").read_text()))
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'<c-icon name="([a-z-]+)"', text) + re.findall(r'\bicon(?:_after)?="([a-z-]+)"', text):
            assert name in drawn, f"{path.name}: {name}"


def test_the_stylesheet_asks_nothing_of_others():
    sheet = (ROOT / "static/portal/portal.css").read_text()
    assert "data:" not in sheet
    assert "http" not in sheet
    assert "@import" not in sheet


def test_the_first_page_stays_light():
    """At most 150 kB compressed with everything that a first page loads; the text of a page alone at most 25 kB."""
    static = ROOT / "static"
    fonts = sum(path.stat().st_size for path in (static / "vendor/qc-trousse-sdg/fonts").glob("*.woff2"))
    texts = [
        static / "portal/portal.css",
        static / "vendor/qc-trousse-sdg/css/qc-sdg-design-tokens.min.css",
        static / "portal/portal.js",
        static / "portal/icons.svg",
        static / "vendor/htmx/htmx.min.js",
    ]
    weight = fonts + sum(len(gzip.compress(path.read_bytes())) for path in texts)
    assert weight < 125_000


def draw(source, **context):
    return Template(CottonCompiler().process(source)).render(Context(context))


def test_a_closed_button_says_why():
    html = draw('<c-button id="a" why="Une autre personne doit approuver.">Approuver le versement</c-button>')
    assert 'aria-disabled="true"' in html
    assert 'aria-describedby="a-why"' in html
    assert "Une autre personne doit approuver." in html


def test_a_button_escapes_what_it_is_given():
    html = draw("<c-button :href='url'>{{ name }}</c-button>", url='"><script>', name="<b>")
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_badge_stands_in_a_sentence_without_stray_spaces():
    html = draw('(<c-badge kind="project" state="cancelled" />).')
    assert html.startswith("(<span")
    assert html.endswith("</span>).")


def test_the_money_bar_nests_and_never_overflows():
    html = draw(
        '<c-money-bar :total="t" :spent="s" :paid="p" :committed="c" what="Enveloppe" />', t=100, s=30, p=50, c=120
    )
    widths = [float(width) for width in re.findall(r'width="([\d.]+)%" height="28" class="c-', html)]
    assert sum(widths) <= 100.01
    assert "30,00" in html
    assert draw('<c-money-bar what="x" />').count("c-spent") == 0


def test_a_dialogue_is_also_a_page():
    source = '<c-confirm page="1" title="Engager?" button="Engager" action="/x/" back="/y/">Le solde</c-confirm>'
    html = draw(source)
    assert "<h1" in html
    assert 'href="/y/"' in html
    assert "Ne rien changer" in html
    assert "<dialog" in draw(source.replace('page="1" ', ""))


def test_a_toast_is_drawn_for_each_message():
    class Message:
        def __init__(self, level, text):
            self.level, self.text = level, text

        def __str__(self):
            return self.text

    html = render_to_string("look/toasts.html", {"messages": [Message(25, "Fait."), Message(40, "Non.")]})
    assert html.count('role="status"') == 1
    assert "notice--bad" in html


def test_what_an_address_carries_is_nothing_or_a_question():
    def drawn(tag, asked):
        request = RequestFactory().get("/", asked)
        return Template(f"{{% load portal %}}/x/{{% {tag} avant=None %}}").render(Context({"request": request}))

    assert drawn("carried", {"avant": "9"}) == "/x/"
    assert drawn("carried", {"avant": "9", "mesure": "a"}) == "/x/?mesure=a"
    assert drawn("query", {"avant": "9"}) == "/x/?", "alone in a link, an empty one would keep what it must drop"
