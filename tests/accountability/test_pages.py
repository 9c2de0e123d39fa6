"""From the button to the verified document, by the pages; the job is done in the test, as the worker would."""

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.files.models import StoredFile
from alliances.jobs import runner, services
from alliances.jobs.models import Job
from alliances.jobs.scopes import space_scope
from alliances.look import formats
from alliances.tenancy.access import Actor
from alliances.tenancy.scope import alliance_scope, ministry_scope
from regions.models import Agreement
from reporting.accountability import services as reports
from reporting.accountability import tasks
from reporting.accountability.models import Document
from reporting.public.verification import canonical
from tests.accountability import rows
from tests.support import build

pytestmark = pytest.mark.django_db
assert tasks  # registers the kind, as the worker does at start


@pytest.fixture(autouse=True)
def around(settings, tmp_path, monkeypatch):
    """Files of the test's own, no broker, a page that is quick to print."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**storage, "OPTIONS": {"location": tmp_path, "base_url": None}},
    }
    monkeypatch.setattr(services, "ring", lambda *job: True)
    monkeypatch.setattr(reports, "render", lambda document: b"%PDF-1.7 " + document.sha256.encode())
    cache.clear()


@pytest.fixture
def agreed():
    return rows.small()[0]


@pytest.fixture
def manager(client):
    return sign_in(client, build.member("manager"))


def sign_in(client, person):
    client.force_login(person)
    return person


def year_url(year=2021, of="mauricie"):
    return reverse("alliance:accountability_year", args=[of, year])


def produce(client, year=2021):
    answer = client.post(reverse("alliance:accountability_produce", args=["mauricie", year]))
    assert answer.status_code == 302
    with alliance_scope(build.alliance().pk):
        job = Job.objects.latest("id")
    runner.run(job.pk, "alliance", job.alliance_id, job.person_id)
    with alliance_scope(build.alliance().pk):
        return Job.objects.get(pk=job.pk), Document.objects.filter(job_id=job.pk).first()


def test_a_report_is_produced_downloaded_and_verified(client, agreed, manager):
    job, document = produce(client)
    assert (job.state, document.version, document.fiscal_year) == ("done", 1, 2021)
    page = client.get(year_url()).content.decode()
    assert document.code in page
    assert document.file_sha256 in page
    got = client.get(reverse("alliance:file", args=["mauricie", job.file_id]))
    body = b"".join(got.streaming_content)
    assert got["Content-Disposition"] == 'attachment; filename="reddition-mauricie-2021-2022-v1.pdf"'
    assert (got["X-Content-Type-Options"], got["Content-Type"]) == ("nosniff", "application/pdf")
    client.logout()
    code = document.code.lower().replace("-", " ")
    answer = client.get(reverse("public:verify"), {"code": code}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("public:verified", args=[document.code])
    assert document.data_sha256 in answer.content.decode()
    sent = client.post(answer.request["PATH_INFO"], {"file": SimpleUploadedFile("copie.pdf", body)})
    assert "Ce document est authentique" in sent.content.decode()
    changed = client.post(answer.request["PATH_INFO"], {"file": SimpleUploadedFile("copie.pdf", body[:-1] + b"x")})
    assert "Ce fichier ne correspond pas" in changed.content.decode()


def test_a_second_report_is_a_second_version_and_the_first_says_so(client, agreed, manager):
    _, first = produce(client)
    _, second = produce(client)
    assert (first.version, second.version) == (1, 2)
    assert first.code != second.code
    old = client.get(reverse("public:verified", args=[first.code])).content.decode()
    assert "Une version plus récente existe" in old
    new = client.get(reverse("public:verified", args=[second.code])).content.decode()
    assert "Une version plus récente existe" not in new


def test_a_taken_version_is_produced_again_with_the_next_number(client, agreed, manager, monkeypatch):
    real, done = reports.freeze, []

    def meanwhile(year, version):
        # somebody else's report is stored between the reading and the storing
        if not done:
            done.append(1)
            monkeypatch.setattr(reports, "freeze", real)
            with alliance_scope(agreed.alliance_id, manager.pk):
                actor = build.actor(manager, "manager")
                other = services.enqueue(
                    actor=actor, space="alliance", alliance_id=agreed.alliance_id, kind="accountability",
                    title="x", arguments={"year": 2021, "n": 2},
                )  # fmt: skip
            runner.run(other.pk, "alliance", agreed.alliance_id, manager.pk)
        return real(year, version)

    monkeypatch.setattr(reports, "freeze", meanwhile)
    job, document = produce(client)
    assert (job.state, job.attempts, document.version) == ("done", 1, 2)
    with alliance_scope(agreed.alliance_id):
        assert sorted(Document.objects.values_list("version", flat=True)) == [1, 2]
        assert StoredFile.objects.count() == 2


def test_without_pdf_the_job_says_why_and_the_page_closes_the_button(client, agreed, manager, settings):
    settings.PORTAL_PDF_OFF = "Les PDF sont arrêtés ici."
    job, document = produce(client)
    assert (job.state, job.error, document) == ("failed", "Les PDF sont arrêtés ici.", None)
    page = client.get(year_url()).content.decode()
    assert "Les PDF sont arrêtés ici." in page
    assert reverse("alliance:accountability_produce", args=["mauricie", 2021]) not in page


@pytest.mark.parametrize(
    ("role", "reads", "produces"),
    [
        ("manager", 200, 302),
        ("officer", 200, 302),
        ("finance", 200, 302),
        ("reader", 200, 404),
        ("privacy", 200, 404),
        ("delegate", 404, 404),
        ("committee", 404, 404),
    ],
)
def test_who_reads_and_who_produces(client, agreed, role, reads, produces):
    sign_in(client, build.member(role))
    assert client.get(reverse("alliance:accountability", args=["mauricie"])).status_code == reads
    assert client.get(year_url()).status_code == reads
    assert client.post(reverse("alliance:accountability_produce", args=["mauricie", 2021])).status_code == produces


@pytest.mark.parametrize(("year", "status"), [(2016, 404), (2017, 200), (2022, 200), (2023, 404), (10**12, 404)])
def test_years_outside_the_agreement_are_unknown(client, agreed, manager, year, status):
    assert client.get(year_url(year)).status_code == status


def test_a_year_to_come_is_explained_and_cannot_be_produced(client, agreed, manager):
    to_come = timezone.localdate().year + 1
    with ministry_scope():
        Agreement.objects.filter(pk=agreed.pk).update(ends_on=date(to_come + 1, 3, 31))
    assert "n’est pas commencé" in client.get(year_url(to_come)).content.decode()
    assert client.post(reverse("alliance:accountability_produce", args=["mauricie", to_come])).status_code == 404


def test_a_late_report_says_since_how_many_days(client, agreed, manager):
    listing = reverse("alliance:accountability", args=["mauricie"])
    late = (timezone.localdate() - date(2022, 6, 30)).days
    said = f'<b class="late">en retard de {formats.counted(late, "jour", "jours")}</b>'
    assert said in client.get(listing).content.decode()
    produce(client)
    assert said not in client.get(listing).content.decode()


def test_files_of_a_colleague_and_of_another_alliance_are_unknown(client, agreed, manager):
    job, document = produce(client)
    file = reverse("alliance:file", args=["mauricie", job.file_id])
    page = reverse("alliance:job", args=["mauricie", job.pk])
    report = reverse("alliance:accountability_document", args=["mauricie", 2021, document.pk])
    sign_in(client, build.member("reader"))
    assert [client.get(url).status_code for url in (file, page)] == [404, 404]
    got = client.get(report)
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    sign_in(client, build.member("manager", of="estrie"))
    elsewhere = [url.replace("mauricie", "estrie") for url in (file, page, report)]
    assert {client.get(url).status_code for url in (file, page, report, *elsewhere)} == {404}


def test_an_expired_file_says_since_when(client, agreed, manager):
    job, _ = produce(client)

    with alliance_scope(agreed.alliance_id):
        stored = StoredFile.objects.get(pk=job.file_id)
        old = StoredFile.objects.create(
            alliance_id=agreed.alliance_id, person_id=manager.pk, name="vieux.csv", media_type="text/csv", size=3,
            sha256="0" * 64, expires_at=timezone.now() - timedelta(days=1),
        )  # fmt: skip
    assert stored.expires_at > timezone.now() + timedelta(days=3600)
    answer = client.get(reverse("alliance:file", args=["mauricie", old.pk]))
    assert answer.status_code == 410
    assert "Ce fichier n’est plus conservé depuis le" in answer.content.decode()


def test_my_files_show_the_state_and_poll_only_while_something_is_unfinished(client, agreed, manager):
    url = reverse("alliance:files", args=["mauricie"])
    assert "Aucun fichier" in client.get(url).content.decode()
    client.post(reverse("alliance:accountability_produce", args=["mauricie", 2020]))
    waiting = client.get(url).content.decode()
    assert "En attente" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    job, _ = produce(client)
    with alliance_scope(agreed.alliance_id):
        first = Job.objects.earliest("id")
    client.post(reverse("alliance:job_cancel", args=["mauricie", first.pk]))
    settled = client.get(url, HTTP_HX_REQUEST="true").content.decode()
    assert "Annulé" in settled
    assert "Prêt" in settled
    assert "every 2s" not in settled
    assert "<html" not in settled
    again = client.post(reverse("alliance:job_retry", args=["mauricie", first.pk]))
    assert again["Location"] != reverse("alliance:job", args=["mauricie", first.pk])


def test_the_list_goes_on_by_key(client, agreed, manager):
    actor = build.actor(manager, "manager")
    with alliance_scope(agreed.alliance_id, manager.pk):
        for n in range(30):
            services.enqueue(
                actor=actor, space="alliance", alliance_id=agreed.alliance_id, kind="x", title=f"F{n}",
                arguments={"n": n},
            )  # fmt: skip
    url = reverse("alliance:files", args=["mauricie"])
    first = client.get(url)
    older = first.context["page"].older
    second = client.get(url, {"avant": older})
    assert (len(first.context["page"].lines), len(second.context["page"].lines)) == (25, 5)
    for odd in ("x", "-1", "9" * 30, "٣"):
        assert client.get(url, {"avant": odd}).status_code == 200


def test_pages_cost_the_same_for_many_projects(client, agreed, manager):
    counts = []
    produce(client)
    for more in (0, 40):
        with alliance_scope(agreed.alliance_id):
            rows.many(agreed, more)
        with CaptureQueriesContext(connection) as queries:
            client.get(year_url())
        # what puts the scope back exists in tests only, which are inside a longer transaction
        counts.append([q["sql"] for q in queries if not re.search(r"SAVEPOINT|^SELECT set_config", q["sql"])])
    assert len(counts[0]) == len(counts[1])
    assert len(counts[1]) <= 12, "\n".join(sql[:150] for sql in counts[1])


def test_each_figure_opens_the_entries_that_add_up_to_it(client, agreed, manager):
    shown = client.get(year_url()).context["figures"]
    for line in shown.movements:
        ledger = client.get(line.url).context
        if line.is_total:
            held = {code: total for code, _, total in ledger["figures"]}
            total = held["appropriated"] + held["reserved"] + held["engaged"] - held["paid"]
        else:
            total = ledger["total"]
        assert abs(total) == abs(line.amount), line.label
    for card, amount in zip(
        shown.cards[1:4], (shown.key.committed, shown.key.paid, shown.key.paid_in_year), strict=True
    ):
        assert client.get(card["url"]).context["total"] == amount, card["label"]


@pytest.mark.parametrize("space", ["ministry", "audit"])
def test_the_ministry_and_the_auditor_have_their_own_files(client, space):
    person = sign_in(client, build.ministry_member("auditor" if space == "audit" else "analyst"))
    assert "Aucun fichier" in client.get(reverse(f"{space}:files")).content.decode()
    actor = Actor(person_id=person.pk, name="Alex", roles=frozenset())
    with space_scope(space, None, person.pk):
        job = services.enqueue(actor=actor, space=space, alliance_id=None, kind="x", title="Exportation")
    assert client.get(reverse(f"{space}:job", args=[job.pk])).status_code == 200
    assert client.post(reverse(f"{space}:job_cancel", args=[job.pk])).status_code == 302
    assert "Annulé" in client.get(reverse(f"{space}:files")).content.decode()


def test_codes_are_read_as_people_type_them():
    assert canonical(" aps k7qf–2m9d ") == canonical("k7qf2m9d") == canonical("APS-K7QF-2M9D") == "APS-K7QF-2M9D"
    assert canonical("APS-K7QF") == canonical("") == canonical("é" * 8) == ""


@pytest.mark.parametrize("code", ["APS-2222-2222", "x", "%", "é" * 200, "a\x00b"])
def test_an_unknown_code_is_answered_with_the_form(client, code):
    answer = client.get(f"/verifier/{quote(code)}/")
    assert answer.status_code in {404, 400}
    if "\x00" not in code:
        assert 'name="code"' in answer.content.decode()
    assert client.get(reverse("public:verify"), {"code": "bonjour"}).status_code == 404


def test_verification_refuses_no_file_an_empty_one_and_a_huge_one(client, agreed, manager, monkeypatch):
    _, document = produce(client)
    url = reverse("public:verified", args=[document.code])
    assert "Choisissez le fichier" in client.post(url).content.decode()
    assert "est vide" in client.post(url, {"file": SimpleUploadedFile("v.pdf", b"")}).content.decode()
    monkeypatch.setattr("reporting.public.verification.LARGEST", 10)
    huge = client.post(url, {"file": SimpleUploadedFile("g.pdf", b"x" * 11)})
    assert (huge.status_code, "pèse" in huge.content.decode()) == (422, True)


def test_guessing_codes_is_slowed_down(client, monkeypatch):
    monkeypatch.setattr("reporting.public.verification.TRIES", 3)
    statuses = [client.get("/verifier/APS-2222-2222/").status_code for _ in range(5)]
    assert statuses == [404, 404, 404, 429, 429]


def test_the_command_writes_a_preliminary_copy(agreed, tmp_path, monkeypatch, capsys):
    module = "reporting.management.commands.accountability_report.render"
    monkeypatch.setattr(module, lambda document: b"%PDF-1.7")
    target = tmp_path / "rapport.pdf"
    call_command("accountability_report", "mauricie", "2021", output=str(target))
    assert target.read_bytes() == b"%PDF-1.7"
    assert str(target) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("alliance", "year", "why"),
    [("nowhere", "2021", "No alliance"), ("mauricie", "1999", "entente"), ("mauricie", "x", "year")],
)
def test_the_command_says_what_it_does_not_know(agreed, tmp_path, alliance, year, why):
    with pytest.raises(CommandError, match=why):
        call_command("accountability_report", alliance, year, output=str(tmp_path / "x.pdf"))
