"""The charts: the same drawing for the page and the print, readable without colour, whatever the amounts and labels."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from reporting.charts.bars import Bar, Bars
from reporting.charts.drawing import INKS
from reporting.charts.steps import Step, Steps
from reporting.charts.strips import Part, Strip
from reporting.charts.tiles import REGIONS, Tiles
from reporting.charts.wording import cut, fold, room

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("Fonds (FQIS)", "Municipalités et MRC", "Organismes publics", "Philanthropie", "Organismes communautaires")
MANY = tuple(
    Part(f"{KINDS[rank % 5]} {rank}", Decimal(1 + 100 // (rank + 1)), f"source-{rank % 6 + 1}") for rank in range(9)
)
CHARTS = {
    "bars": Bars(
        "Par priorité",
        (("Versé", "paid"), ("À verser", "committed")),
        (
            Bar("Transport", (Decimal("10.55"), Decimal("3")), "13,6 k$", "2 projets"),
            Bar("A" * 5000, (Decimal(0), Decimal(0)), "0 $", "1 projet"),
        ),
    ),
    "no bars": Bars("Rien", (("Versé", "paid"),), ()),
    "strip": Strip("Provenance", MANY),
    "steps": Steps(
        "Enveloppe",
        (
            Step("Ouverture", Decimal("10.10"), "10 $", balance=True),
            Step("Versé", Decimal("-30"), "−30 $"),
            Step("Clôture", Decimal("-19.90"), "−20 $", balance=True),
        ),
    ),
    "no money": Steps("Vide", (Step("Ouverture", Decimal(0), "0 $", balance=True),)),
    "tiles": Tiles("Carte", "04"),
}


@pytest.fixture(params=CHARTS, ids=lambda name: name.replace(" ", "-"))
def chart(request):
    return CHARTS[request.param]


def test_drawing_is_well_formed_and_named(chart):
    root = ElementTree.fromstring(render_to_string("charts/chart.svg", {"chart": chart}).strip())
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == chart.title


def test_numbers_keep_their_point_in_french(chart):
    root = ElementTree.fromstring(render_to_string("charts/chart.svg", {"chart": chart}).strip())
    for item in root.iter():
        for name in ("x", "y", "width", "height", "font-size"):
            assert item.get(name) is None or float(item.get(name)) is not None


def test_nothing_leaves_the_drawing(chart):
    drawing = chart.drawing
    for rect in drawing.rects:
        assert float(rect.x) >= 0
        assert float(rect.x) + float(rect.width) <= drawing.width + 0.2
        assert float(rect.y) >= 0
        assert float(rect.y) + float(rect.height) <= drawing.height + 0.2
        assert rect.stroke, "parts are told apart by their outline, not by colour alone"


def test_labels_of_a_strip_do_not_touch():
    places = {}
    strip = CHARTS["strip"]
    for text in strip.drawing.texts:
        if any(text.text == part.label for part in MANY):
            left = float(text.x)
            places.setdefault(text.y, []).append((left, left + room(text.text, strip.size)))
    assert sum(map(len, places.values())) == len(MANY)
    for line in places.values():
        line.sort()
        assert all(one[1] <= other[0] for one, other in zip(line, line[1:], strict=False))


def test_part_without_value_is_left_out():
    strip = Strip("x", (Part("Un", Decimal(5), "brand"), Part("Rien", Decimal(0), "partner")))
    assert [text.text for text in strip.drawing.texts if text.text] == ["100\u00a0%", "Un"]


def test_neighbouring_sources_differ_in_more_than_hue():
    def light(name):
        red, green, blue = (int(INKS[name][0][place : place + 2], 16) for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    names = ["brand", *(f"source-{rank}" for rank in range(1, 7))]
    for one, other in zip(names, names[1:], strict=False):
        assert abs(light(one) - light(other)) > 20, (one, other)


def test_long_labels_are_cut():
    assert room(cut("A" * 5000, 9, 100), 9) <= 100
    assert cut("Transport", 9, 100) == "Transport"
    assert fold("Insertion et transport", 9, 60) == ["Insertion et", "transport"]
    assert len(fold("mot " * 500, 9, 60)) == 2


def test_all_regions_are_on_the_map():
    assert sorted(REGIONS) == [f"{code:02d}" for code in range(1, 18)]
    assert len({place[1:] for place in REGIONS.values()}) == 17
    chosen = [rect for rect in Tiles("x", "04").drawing.rects if rect.css == "c-brand"]
    assert len(chosen) == 1
    assert not [rect for rect in Tiles("x").drawing.rects if rect.css == "c-brand"]
