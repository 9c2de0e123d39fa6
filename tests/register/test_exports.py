"""Exports: what is filtered, as a spreadsheet in French opens it, never a formula; long ones by a job."""

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from alliances.jobs import runner
from alliances.look.spreadsheets import FORMULAS, harmless
from alliances.models import AuditEvent, Job, Organisation, StoredFile
from alliances.tenancy.scope import alliance_scope
from projects.models import Project, ProjectPriority, ProjectTerritory
from projects.register import exports, views_exports
from projects.register.exports import BATCH, HEADS
from projects.register.filters import Filters
from regions.models import Priority, Territory
from tests.support import build

pytestmark = pytest.mark.django_db
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", " =1+1")


@pytest.fixture
def agreed():
    return build.agreement()


def export(client, kind: str, **query):
    return client.post(reverse("alliance:projects_export", args=["mauricie"], query=query or None), {"format": kind})


def lines_of(response) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def texts_of(body: bytes) -> tuple[list[str], str]:
    """Texts and the sheet's XML of a workbook, opened again from its bytes."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r"<t(?: [^>]*)?>(.*?)</t>", sheet, re.DOTALL), sheet


@pytest.fixture
def evil(agreed):
    """Projects whose texts would be formulas, one with all its parts."""
    with alliance_scope(agreed.alliance_id):
        for number, text in enumerate(EVIL):
            project = build.project(agreed, title=text, number=f"APS-04-2021-{number:04d}", amount="12345.67")
        place = Territory.objects.ever_of_alliance(agreed.alliance_id).first()
        ProjectTerritory.objects.create(
            alliance_id=agreed.alliance_id, project=project, territory=place, share=Decimal("62.50")
        )
        ProjectPriority.objects.create(
            alliance_id=agreed.alliance_id, project=project, priority=Priority.objects.first()
        )
        Organisation.objects.create(name="=CMD()", neq="1199000028")
    return agreed, place


def test_csv_is_what_a_french_spreadsheet_opens(client, evil):
    _agreed, place = evil
    client.force_login(build.member("reader"))
    response = export(client, "csv")
    assert response["Content-Disposition"].startswith('attachment; filename="projets-mauricie-')
    head, *rows = lines_of(response)
    assert head == list(HEADS)
    assert len(rows) == len(EVIL)
    assert not [cell for row in rows for cell in row if cell.lstrip(" ").startswith(FORMULAS)]
    last = next(row for row in rows if row[0] == f"APS-04-2021-{len(EVIL) - 1:04d}")
    assert (last[4], last[5], last[14]) == (f"{place.name} 62,5\u00a0%", Priority.objects.first().name, "12345,67")
    assert (last[8], last[12]) == ("Brouillon", "2021-2022")


def test_no_cell_of_the_workbook_is_a_formula(client, evil):
    client.force_login(build.member("finance"))
    texts, sheet = texts_of(export(client, "xlsx").content)
    assert "<f>" not in sheet
    assert "12345.67" in sheet
    assert not [text for text in texts if text.lstrip(" ").startswith(FORMULAS)]
    assert sum(text.startswith("'") for text in texts) == len(EVIL)


@pytest.mark.parametrize("text", EVIL)
def test_what_begins_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"


def test_only_what_is_filtered_and_it_is_in_the_journal(client, evil):
    agreed, _place = evil
    client.force_login(build.member("officer"))
    assert len(lines_of(export(client, "csv", etat="closed"))) == 1
    with alliance_scope(agreed.alliance_id):
        event = AuditEvent.objects.get(verb="projects.exported")
    assert (event.facts["rows"], event.facts["filters"]) == (0, {"etat": "closed"})


def test_an_address_alone_exports_nothing(client, agreed):
    client.force_login(build.member("officer"))
    assert client.get(reverse("alliance:projects_export", args=["mauricie"])).status_code == 405


def test_batches_give_each_project_once_in_order(agreed, monkeypatch):
    monkeypatch.setattr(exports, "BATCH", 3)
    with alliance_scope(agreed.alliance_id):
        for number in range(8):
            build.project(agreed, number=f"APS-04-2021-{number:04d}", title=f"Titre {number // 4}")
        for sort in ("titre", "-modif", "accorde"):
            numbers = [row[0] for row in exports.Rows(agreed.alliance_id, None, Filters(sort=sort))]
            assert sorted(numbers) == [f"APS-04-2021-{number:04d}" for number in range(8)]
    assert BATCH == 1000


def test_a_long_export_is_a_job_with_its_filters(client, agreed, monkeypatch):
    monkeypatch.setattr(views_exports, "AT_ONCE", 2)
    with alliance_scope(agreed.alliance_id):
        for number in range(3):
            build.project(agreed, number=f"APS-04-2021-{number:04d}")
    client.force_login(build.member("officer"))
    response = export(client, "xlsx", etat="draft")
    assert response.status_code == 302
    with alliance_scope(agreed.alliance_id):
        job = Job.objects.get()
        assert (job.kind, job.state) == ("projects-export", "queued")
        assert job.arguments == {"filters": {"etat": "draft"}, "format": "xlsx", "territories": None}
        assert response["Location"].endswith(f"/travaux/{job.pk}/")
        assert not StoredFile.objects.exists()
    assert client.get(response["Location"]).status_code == 200


def test_deleted_projects_leave_the_export(client, evil):
    agreed, _place = evil
    with alliance_scope(agreed.alliance_id):
        ProjectTerritory.objects.all().delete()
        ProjectPriority.objects.all().delete()
        rows = Project.objects.all()
        rows._raw_delete(rows.db)
    client.force_login(build.member("officer"))
    assert len(lines_of(export(client, "csv"))) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_worker_makes_the_file(client, agreed, monkeypatch, kind):
    monkeypatch.setattr(views_exports, "AT_ONCE", 0)
    user = build.member("officer")
    with alliance_scope(agreed.alliance_id):
        build.project(agreed, title="École citoyenne")
    client.force_login(user)
    export(client, kind)
    with alliance_scope(agreed.alliance_id):
        job = Job.objects.get()
    assert runner.run(job.pk, "alliance", agreed.alliance_id, user.pk)
    with alliance_scope(agreed.alliance_id):
        stored = StoredFile.objects.get()
        assert Job.objects.get().state == "done"
    with default_storage.open(stored.storage_name) as file:
        body = file.read()
    whole = "".join(texts_of(body)[0]) if kind == "xlsx" else body.decode("utf-8-sig")
    assert "École citoyenne" in whole
    assert stored.name.endswith(kind)
