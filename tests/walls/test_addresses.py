"""Every address × every role, and every address × a foreign tenant: what is not allowed does not exist."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from alliances.models import AllianceMembership, Invitation, Job, MinistryMembership, OrganisationMembership, StoredFile
from alliances.tenancy import scope
from alliances.tenancy.access import portal_for
from projects.models import Award, Instalment, ProjectTerritory
from regions.models import AllocationLine, Posting, Territory
from regions.money.services import commit
from reporting.models import Document
from tests.support import build
from tests.support.html import faults
from tests.walls.addresses import ADDRESSES, ANYONE, LIBRARY, SIGNED_IN

ALLIANCE_ROLES = ["manager", "officer", "finance", "reader", "privacy", "delegate", "committee"]


def named_patterns(resolver=None, space=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            name = pattern.name or str(pattern.pattern)
            yield f"{space}:{name}" if space else name, pattern
        else:
            yield from named_patterns(pattern, pattern.namespace or space)


def test_every_address_is_declared():
    known = set(ADDRESSES) | ANYONE | SIGNED_IN
    for name, pattern in named_patterns():
        if name.startswith(LIBRARY):
            continue
        assert name in known, f"{name}: say in tests/walls/addresses.py who may open it"
        assert hasattr(pattern.callback, "declaration"), f"{name}: its view declares no space"
    assert known <= {name for name, _ in named_patterns()}, "an address that no longer exists is still listed"


def furnish(slug: str, user, number: str) -> dict[str, int]:
    """One row of each thing that an address names, in one alliance; {name in the address: id}."""
    agreed = build.agreement(of=slug)
    tenant, now = agreed.alliance_id, timezone.now()
    territory = Territory.objects.ever_of_alliance(tenant).first()
    with scope.alliance_scope(tenant):
        branch = build.envelope(agreed)
        draft = build.project(agreed, number=f"{number}-0001", amount="500")
        project = build.project(agreed, number=f"{number}-0002", amount="500", state="in_progress")
        for one in (draft, project):
            ProjectTerritory.objects.create(alliance_id=tenant, project=one, territory=territory, share=100)
        commit(
            actor=portal_for(tenant),
            envelope=branch,
            amount=Decimal(500),
            subject_id=project.pk,
            key="k",
            effective_on=date(2021, 6, 22),
        )
        asked = build.project(agreed, number=f"{number}-0003", amount="500")
        award = Award.objects.create(
            alliance_id=tenant, project=asked, envelope=branch, amount=500, requested_at=now, requested_by_id=user.pk
        )
        instalment = Instalment.objects.create(
            alliance_id=tenant, project=project, envelope=branch, rank=1, amount=500, due_on=date(2021, 7, 1),
            state="due", state_since=now,
        )  # fmt: skip
        invitation = Invitation.objects.create(
            alliance_id=tenant, email="invite@exemple.test", role="reader", token_hash="0" * 64, sent_by_id=user.pk,
            expires_at=now + timedelta(hours=72),
        )  # fmt: skip
        stored = StoredFile.objects.create(
            alliance_id=tenant, person_id=user.pk, name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
            expires_at=now + timedelta(days=30),
        )  # fmt: skip
        document = Document.objects.create(
            alliance_id=tenant, kind="accountability", title="Reddition", fiscal_year=2021, version=1,
            code=f"APS-{number}",
            data={}, data_sha256="0" * 64, template_version="1", file=stored, file_sha256="0" * 64, job_id=1,
            produced_at=now,
        )  # fmt: skip
        return {
            "draft": draft.pk,
            "project": project.pk,
            "award": award.pk,
            "instalment": instalment.pk,
            "posting": Posting.objects.filter(subject_id=project.pk).get().pk,
            "invitation": invitation.pk,
            "document": document.pk,
            "agreement": agreed.pk,
        }


def own_file(space: str, user, tenant: int | None) -> dict[str, int]:
    """A finished job of that person and its file, in the space where the person works."""
    here = scope.alliance_scope(tenant, user.pk) if tenant else scope._scope(space, person=user.pk)
    with here:
        stored = StoredFile.objects.create(
            alliance_id=tenant, person_id=user.pk, name="a.csv", media_type="text/csv", size=1, sha256="0" * 64,
            expires_at=timezone.now() - timedelta(days=1),
        )  # fmt: skip
        job = Job.objects.create(
            kind="none", title="Essai", space=space, alliance_id=tenant, person_id=user.pk, actor_name="Sacha",
            state="cancelled", finished_at=timezone.now(),
        )  # fmt: skip
    return {"file": stored.pk, "job": job.pk}


class World:
    def __init__(self):
        self.people = {role: build.member(role) for role in ALLIANCE_ROLES if role != "delegate"}
        territory = Territory.objects.ever_of_alliance(build.alliance().pk).first()
        self.people["delegate"] = build.delegate_of(territory.code)
        self.people |= {role: build.ministry_member(role) for role in ("analyst", "administrator", "auditor")}
        for role in ("manager", "editor", "signatory", "adviser"):
            name = "organisation-manager" if role == "manager" else role
            self.people[name] = build.promoter(role)
        self.people["neighbour"] = build.member("manager", of="estrie")
        self.organisation = build.organisation()
        self.rows = furnish("mauricie", self.people["officer"], "APS-04-2021")
        self.foreign = furnish("estrie", self.people["neighbour"], "APS-05-2021")
        self.spare()

    def spare(self):
        """A second member, invitation and so on in each team, for the acts on a row."""
        somebody = build.person("autre@exemple.test")
        tenant = build.alliance().pk
        with scope.alliance_scope(tenant):
            here = AllianceMembership.objects.create(
                alliance_id=tenant, person_id=somebody.pk, role="reader", email=somebody.email
            )
        with scope.promoter_scope(self.organisation.pk):
            editor = OrganisationMembership.objects.get(role="editor")
            asked = Invitation.objects.create(
                organisation=self.organisation, email="b@exemple.test", role="editor", token_hash="1" * 64,
                sent_by_id=somebody.pk, expires_at=timezone.now() + timedelta(hours=1),
            )  # fmt: skip
        with scope.ministry_scope():
            analyst = MinistryMembership.objects.get(role="analyst")
            called = Invitation.objects.create(
                to_ministry=True, email="c@exemple.test", role="analyst", token_hash="2" * 64, sent_by_id=somebody.pk,
                expires_at=timezone.now() + timedelta(hours=1),
            )  # fmt: skip
        self.members = {"alliance": here.pk, "promoter": editor.pk, "ministry": analyst.pk}
        self.invitations = {"alliance": self.rows["invitation"], "promoter": asked.pk, "ministry": called.pk}

    def address(self, name: str, user=None, rows=None) -> str:
        space, _, page = name.partition(":")
        rows = rows or self.rows
        kwargs = {}
        if space in {"alliance", "committee"}:
            kwargs["alliance"] = "mauricie"
        if space == "promoter":
            kwargs["organisation"] = self.organisation.pk
        if page in {"file", "job", "job_cancel", "job_retry"}:
            key = "file" if page == "file" else "job"
            kwargs[key] = own_file(space, user, build.alliance().pk if space == "alliance" else None)[key]
        kwargs |= {
            "project": {"project": rows["project"]},
            "project_edit": {"project": rows["draft"]},
            "project_delete": {"project": rows["draft"]},
            "project_move": {"project": rows["project"], "move": "suspendre"},
            "award_request": {"project": rows["draft"]},
            "award_approve": {"award": rows["award"]},
            "award_decline": {"award": rows["award"]},
            "award_withdraw": {"award": rows["award"]},
            "instalment_plan": {"project": rows["project"]},
            "instalment_move": {"instalment": rows["instalment"], "move": "demander"},
            "posting": {"posting": rows["posting"]},
            "accountability_year": {"year": 2021},
            "accountability_produce": {"year": 2021},
            "accountability_document": {"year": 2021, "document": rows["document"]},
            "allocation_share": {"line": AllocationLine.objects.get(code="10").pk},
            "team_role": {"row": self.members.get(space)},
            "team_end": {"row": self.members.get(space)},
            "team_cancel": {"row": self.invitations.get(space)},
            "alliance": {"slug": "mauricie"} if space != "public" else {},
        }.get(page, {})
        return reverse(name, kwargs=kwargs)


@pytest.fixture
def world(db):
    return World()


def as_(user) -> Client:
    client = Client(raise_request_exception=True)
    if user is not None:
        client.force_login(user)
    return client


@pytest.mark.django_db
def test_every_address_for_every_role(world):
    wrong = []
    clients = {role: as_(user) for role, user in world.people.items()}
    for name, who in ADDRESSES.items():
        allowed = set(who.split())
        for role, client in clients.items():
            page = client.get(world.address(name, world.people[role]))
            answer = page.status_code
            through = answer != 404
            wrong += [f"{name} as {role}: {fault}" for fault in faults(page)]
            if through != (role in allowed):
                wrong.append(f"{name} as {role}: {answer}")
            assert answer < 500, f"{name} as {role}: {answer}"
        anonymous = Client().get(world.address(name, world.people["manager"]))
        assert anonymous.status_code == 302, f"{name} without a session: {anonymous.status_code}"
        assert reverse("account_login") in anonymous["Location"]
    assert not wrong, "\n".join(wrong)


def words(response) -> str:
    """A page without what changes by itself at each answer."""
    return response.content.decode().partition("<main")[2]


@pytest.mark.django_db
def test_foreign_rows_do_not_exist(world):
    """The manager of Mauricie asks for Estrie's rows, here and there: the unknown page, each time."""
    client = as_(world.people["manager"])
    unknown = words(client.get("/a/mauricie/nulle-part/"))
    tried = 0
    for name in ADDRESSES:
        if not name.startswith("alliance:"):
            continue
        foreign_space = world.address(name, world.people["manager"]).replace("/a/mauricie/", "/a/estrie/")
        addresses = [foreign_space, foreign_space.replace("/a/estrie/", "/a/inconnue/")]
        own, foreign = (world.address(name, world.people["manager"], rows) for rows in (world.rows, world.foreign))
        if own != foreign and "file" not in name and "job" not in name and "team" not in name:
            addresses.append(foreign)
        for address in addresses:
            for answer in (client.get(address), client.post(address)):
                tried += 1
                if answer.status_code == 405 and address == foreign:
                    continue  # a page that takes no form says so before it looks for the row
                assert answer.status_code == 404, f"{address}: {answer.status_code}"
                assert words(answer) == unknown, address
    assert tried > 150


@pytest.mark.django_db
def test_signed_in_pages_ask_for_a_session_and_open_with_one(world):
    for name in SIGNED_IN - {"people:notice_read"}:
        assert Client().get(reverse(name)).status_code == 302, name
        assert as_(world.people["reader"]).get(reverse(name)).status_code in {200, 302, 405}, name


@pytest.mark.django_db
def test_a_view_that_declares_nothing_does_not_exist(world, monkeypatch):
    pattern = next(pattern for name, pattern in named_patterns() if name == "public:help")
    monkeypatch.delattr(pattern.callback, "declaration")
    assert as_(world.people["manager"]).get(reverse("public:help")).status_code == 404
