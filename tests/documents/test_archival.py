"""One file, two standards: PDF/A-3A and PDF/UA-1, and what no validator looks at."""

import random
from itertools import islice

import pikepdf
import pytest

from reporting.documents.accountability import accountability_document
from reporting.documents.render import available, render
from reporting.documents.typography import FAMILIES, settle
from tests.documents.conftest import failures, opened, tiny
from tests.documents.structure import elements, fonts, marks, parent_tree

VENDORED = ("Open-Sans", "Roboto", "Noto-Sans", "Noto-Syllabics", "Noto-Emoji")


def test_documents_can_be_made_here():
    assert available() == (True, "")


def test_report_is_archival_and_accessible(report):
    assert failures(report) == []


def test_validator_sees_a_report_without_its_identification(report, monkeypatch):
    monkeypatch.setattr("reporting.documents.finish.UNIVERSAL_ACCESS", b"")
    assert any("PDFUA1-ID" in failure for failure in failures(tiny("<p>Bonjour</p>")))


def test_syntax_is_clean(pdf):
    assert pdf.check_pdf_syntax() == []


def small_documents(seed: int):
    """Documents of one page, without end, each with another text."""
    draw = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyzéèàç 0123456789"
    while True:
        yield tiny(f"<p>{''.join(draw.choice(letters) for _ in range(draw.randrange(20, 400)))}</p>")


def test_120_small_documents_are_all_valid():
    """What goes wrong by chance, in one document out of many, is not seen in one."""
    wrong = {}
    for rank, data in enumerate(islice(small_documents(71), 120)):
        if found := failures(data):
            wrong[rank] = found
    assert wrong == {}


def test_packed_data_that_ends_in_cr_is_measured_right():
    """The trap itself: with LF alone before `endstream`, the validator takes the last byte for an end of line."""
    trapped = next(data for data in islice(small_documents(71), 2000) if b"\r\r\nendstream" in data)
    assert failures(trapped) == []
    naive = trapped.replace(b"\r\r\nendstream\n", b"\r\nendstream\n\n")
    assert any("STREAM-LENGTH" in failure for failure in failures(naive))


def test_streams_end_with_two_characters(report):
    assert b"\r\nendstream" in report
    assert report.count(b"endstream") == report.count(b"\r\nendstream")


def test_same_content_gives_same_bytes(content, report):
    assert render(accountability_document(content)) == report


def test_identifier_comes_from_the_data(content, pdf):
    assert bytes(pdf.trailer.ID[0])[:16] == bytes.fromhex(content.sha256())[:16]


def test_language_title_and_dates(content, pdf):
    assert str(pdf.Root.Lang) == "fr-CA"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == (
            "Reddition de comptes annuelle 2025-2026 – Alliance pour la solidarité de la Mauricie"
        )
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == "3"
        assert metadata["xmp:CreateDate"].startswith("2026-06-20T")


def test_bookmarks_are_the_headings(pdf):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == [
        "Table des matières",
        "1 Chiffres clés",
        "2 Situation de l’enveloppe",
        "3 Portrait des projets",
        "4 Provenance des sommes",
        "A Tableau des projets",
        "B Liste des partenaires",
        "C Attestation et vérification",
    ]


def test_each_page_is_in_the_tree(pdf):
    keys = [int(page.StructParents) for page in pdf.pages]
    tree = parent_tree(pdf)
    assert len(set(keys)) == len(keys)
    assert set(keys) <= set(tree)
    owned = {element.Pg.objgen for element in elements(pdf) if "/Pg" in element}
    assert owned == {page.obj.objgen for page in pdf.pages}


def test_running_heads_are_no_content(pdf):
    known = {element.objgen for element in elements(pdf)}
    tree = parent_tree(pdf)
    for number, page in enumerate(pdf.pages):
        ids, artifacts = marks(page)
        owners = tree[int(page.StructParents)]
        assert all(owners[mark].objgen in known for mark in ids)
        assert artifacts == (0 if number == 0 else 4)


def test_headings_of_tables_have_a_scope(pdf):
    scopes = [str(element.A.Scope) for element in elements(pdf) if element.S == "/TH"]
    assert {"/Column", "/Row"} == set(scopes)


def test_figures_have_a_text_and_lie_on_their_page(pdf):
    figures = [element for element in elements(pdf) if element.S == "/Figure"]
    assert len(figures) == 9  # the map, seven charts, the QR code
    for figure in figures:
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        width, height = (float(side) for side in figure.Pg.MediaBox[2:])
        assert str(figure.Alt)
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height


def test_fonts_are_the_vendored_ones(pdf):
    assert fonts(pdf)
    assert all(name.startswith(VENDORED) for name in fonts(pdf)), fonts(pdf)


def test_all_letters_of_the_territory_are_drawn():
    text = "Šū ᵘ ʷ ᐃᓄᒃᑎᑐᑦ ᓀᐦᐃᔭᐍᐏᐣ ≥ ≤ 👍 🏠 « É » −"
    data = tiny(f"<p>{text}</p><p><strong>{text}</strong></p>")
    assert failures(data) == []
    with opened(data) as pdf:
        assert all(name.startswith(VENDORED) for name in fonts(pdf)), fonts(pdf)
        assert any(name.startswith("Noto-Syllabics") for name in fonts(pdf))


def test_faces_are_loaded_only_when_needed():
    assert settle("Été à Québec : 1 234,50 $ – « oui »")[1] == ()
    assert [family.name for family in settle("ᐃᓄᒃ 👍")[1]] == ["Noto Syllabics", "Noto Emoji"]


def test_what_no_face_draws_leaves_a_mark():
    assert settle("a\u0301 漢 \u202f\u2011 \x01\u200f")[0] == "á \ufffd \u00a0- "


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_font_files_are_there(family):
    assert family.covers


def test_attachments_are_listed_once_with_their_relationship(pdf):
    files = [pikepdf.Dictionary(item) for item in pdf.Root.AF]
    names = [str(item.UF) for item in files]
    assert names == [
        "enveloppe.csv",
        "partenaires.csv",
        "priorites.csv",
        "projets.csv",
        "provenance.csv",
        "territoires.csv",
    ]
    assert {str(item.AFRelationship) for item in files} == {"/Data"}
