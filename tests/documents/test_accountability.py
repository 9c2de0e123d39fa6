"""The annual report: its sums, its tables as CSV, an alliance that has nothing yet, texts nobody expected."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from alliances.look.typography import typeset
from reporting.accountability.content import Envelope
from reporting.documents.accountability import accountability_document
from reporting.documents.annexes import LARGEST, PRINTED_ROWS
from reporting.documents.render import render
from reporting.documents.twins import cell
from tests.documents import samples
from tests.documents.conftest import failures, opened


def table(pdf, name) -> list[list[str]]:
    data = pdf.attachments[name].get_file().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def source(content) -> str:
    document = accountability_document(content)
    return render_to_string(document.template, {**document.context, "moment": document.moment})


def test_sample_reconciles(content):
    content.check()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: {"envelope": replace(c.envelope, closing=c.envelope.closing + Decimal("0.01"))}, "closing"),
        (lambda c: {"envelope": replace(c.envelope, free=c.envelope.free + Decimal("0.01"))}, "free"),
        (lambda c: {"key_figures": replace(c.key_figures, projects=57)}, "number of projects"),
        (lambda c: {"key_figures": replace(c.key_figures, paid=c.key_figures.paid + 1)}, "sum of paid"),
        (lambda c: {"by_priority": c.by_priority[1:]}, "by_priority"),
        (lambda c: {"by_territory": c.by_territory[1:]}, "by_territory"),
        (lambda c: {"sources": c.sources[1:]}, "sources"),
        (lambda c: {"partners": c.partners[1:]}, "partners"),
        (lambda c: {"envelope": replace(c.envelope, free=Decimal("1.001"))}, "whole number of cents"),
    ],
)
def test_a_gap_of_one_cent_is_named(content, change, message):
    wrong = replace(content, **change(content))
    with pytest.raises(ValueError, match=message):
        wrong.check()
    with pytest.raises(ValueError, match=message):
        accountability_document(wrong)


def test_order_of_the_rows_changes_nothing(content):
    shuffled = replace(content, projects=content.projects[::-1], partners=content.partners[::-1])
    assert shuffled.as_json() == content.as_json()
    assert shuffled.sha256() == content.sha256()


def test_one_cent_changes_the_hash(content):
    other = replace(content, envelope=replace(content.envelope, free=content.envelope.free + Decimal("0.01")))
    assert other.sha256() != content.sha256()


def test_stored_data_have_cents_and_dates_as_text(content):
    data = json.loads(content.as_json())
    assert data["identity"]["as_of"] == "2026-03-31"
    assert data["identity"]["produced_at"] == "2026-06-20T13:05:42-04:00"
    assert data["envelope"]["opening"] == "1221085.73"
    assert len(data["projects"]) == 58


def test_embedded_tables_are_the_printed_ones(content, pdf):
    rows = table(pdf, "projets.csv")
    assert rows[0][:3] == ["Numéro", "Titre", "Organisme"]
    assert [row[0] for row in rows[1:]] == [row.number for row in content.projects]
    committed = sum(Decimal(row[6].replace(",", ".")) for row in rows[1:])
    assert committed == content.key_figures.committed
    assert [row[0] for row in table(pdf, "partenaires.csv")[1:]] == [row.name for row in content.partners]
    assert [row[0] for row in table(pdf, "priorites.csv")[1:]] == [row.label for row in content.by_priority]
    assert [row[0] for row in table(pdf, "territoires.csv")[1:]] == [row.label for row in content.by_territory]
    assert [row[0] for row in table(pdf, "provenance.csv")[1:]] == [row.label for row in content.sources]
    envelope = dict(table(pdf, "enveloppe.csv")[1:])
    assert envelope["Solde de clôture"] == f"{content.envelope.closing:.2f}".replace(".", ",")


def test_a_cell_cannot_become_a_formula():
    assert cell('=HYPERLINK("http://ailleurs")') == '\'=HYPERLINK("http://ailleurs")'
    assert cell("  ＝1+1") == "'  ＝1+1"
    assert (cell(Decimal("-12.50")), cell(-12)) == ("-12,50", "-12")


def test_code_and_hash_are_printed(content):
    text = source(content)
    assert "K7QF-2M9D-XW4T" in text
    assert content.sha256() in text.replace(" ", "")
    assert 'href="https://portail.example/verifier/K7QF-2M9D-XW4T"' in text


def test_amounts_are_written_to_the_cent(content):
    text = source(content)
    assert "1\u00a0221\u00a0085,73\u00a0$" in text
    assert "\u2212692\u00a0766,19\u00a0$" in text
    assert "1<sup>er</sup>\u00a0avril\u00a02025" in text


def test_typography_is_the_one_of_the_house(content):
    """The words of the template and of the charts, printed with texts that are already right."""
    for shown in (content, samples.empty()):
        text = re.sub(r"<(?!title)[^>]*>|&[a-z]+;", "\n", source(shown)).replace("<title>", "\n")
        lines = [line.strip(" ") for line in text.split("\n") if line.strip() and not line.startswith("<")]
        words = [line for line in lines if not line.startswith("Empreinte")]  # digits of a hash are no thousands
        assert [line for line in words if typeset(line) != line] == []
        assert "\u202f" not in text


def test_alliance_without_anything_has_a_decent_report():
    data = render(accountability_document(samples.empty()))
    assert failures(data) == []
    with opened(data) as pdf:
        assert len(pdf.pages) == 4
        assert table(pdf, "projets.csv")[1:] == []
    text = source(samples.empty())
    assert "Figure" not in text
    assert "Tableau 1" not in text
    assert text.count("À confirmer") >= 2
    assert "PRÉLIMINAIRE" in text
    assert "n’est pas attestée" in text


def test_money_received_before_any_project():
    received = Envelope(appropriated=Decimal("100.00"), closing=Decimal("100.00"), free=Decimal("100.00"))
    content = replace(samples.empty(), envelope=received)
    assert failures(render(accountability_document(content))) == []
    assert "Figure 1. De l’ouverture à la clôture" in source(content)


@pytest.mark.parametrize("carried", ["-500.00", "500.00"])
def test_carried_forward_either_way(carried):
    carried = Decimal(carried)
    envelope = Envelope(opening=Decimal("1000.00"), carried=carried, closing=1000 + carried, free=1000 + carried)
    assert failures(render(accountability_document(replace(samples.empty(), envelope=envelope)))) == []


def hostile(**texts):
    row = replace(samples.content(1).projects[0], **texts)
    return samples.assemble([row])


@pytest.mark.parametrize(
    "text",
    [
        "A" * 5000,
        "mot " * 1250,
        "ᐃᓄᒃᑎᑐᑦ ᓄᓇᕕᒃ – Innu-aimun ᵘ ʷ",
        "Fête des voisins 🎉👨‍👩‍👧 🏳️‍🌈",
        "漢字 العربية עברית ไทย",
        "<img src=file:///etc/passwd> <script>alert(1)</script> & ]]> <!--",
        "{{ content }} {% include 'x' %}",
        "\x00\x07\x1b\ufffe\u202e\u2028",
        "e\u0301\u0301\u0301" * 200,
        "",
    ],
    ids=["unbroken", "long", "syllabics", "emoji", "scripts", "markup", "template", "controls", "combining", "empty"],
)
def test_any_text_prints(text):
    content = hostile(title=text, organisation=text, territory=text, priority=text, number=text[:40])
    data = render(accountability_document(content))
    assert failures(data) == []


def test_markup_of_people_is_text():
    text = source(hostile(title="<img src=file:///etc/passwd>"))
    assert "<img" not in text
    assert "&lt;img src=file:///etc/passwd&gt;" in text


def test_very_large_annex_prints_the_largest_projects():
    content = samples.content(PRINTED_ROWS + 1)
    text = source(content)
    assert f"Les {LARGEST} projets les plus importants, sur 501\u00a0projets".replace("\u00a0", " ") in text
    assert text.count("<tr><td>APS-04-2025-") == LARGEST
    largest = max(content.projects, key=lambda row: row.committed)
    assert largest.number in text
