"""Entering a project, changing it, deleting a draft. Each is whole or nothing, and written in the journal."""

from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alliances.audit.services import record
from alliances.models import Alliance, Organisation
from alliances.tenancy.access import Actor
from projects.register.content import COLUMNS, SECTIONS, NewOrganisation, ProjectContent, content_of
from projects.register.models import Project
from projects.register.parts import delete_parts, write_parts
from projects.register.policies import frozen_fields

SERIES = "project"
# The series starts after the numbers that the alliance already gave in that year: imported projects keep theirs.
_NEXT = """
INSERT INTO number_series AS s (alliance_id, kind, year, last)
VALUES (%(alliance)s, %(kind)s, %(year)s, 1 + coalesce(
  (SELECT max(substring(p.number FROM length(%(prefix)s) + 1)::int) FROM project p
    WHERE p.alliance_id = %(alliance)s AND starts_with(p.number, %(prefix)s)
      AND substring(p.number FROM length(%(prefix)s) + 1) ~ '^[0-9]{1,8}$'), 0))
ON CONFLICT (alliance_id, kind, year) DO UPDATE SET last = s.last + 1
RETURNING last
"""


class Stale(Exception):
    """Somebody else changed the project meanwhile; `project` is the row as it is now. Nothing was written."""

    def __init__(self, project: Project):
        super().__init__(f"project {project.pk} is at version {project.version}")
        self.project = project


class NEQTaken(Exception):
    """An organisation with this number entered the register meanwhile."""


class AlreadyEntered(Exception):
    """The same form, sent before, entered `project`. Nothing was written."""

    def __init__(self, project: Project):
        super().__init__(f"project {project.pk} was entered with this form")
        self.project = project


class DraftInUse(Exception):
    """The draft already carries an award, even refused: it is part of the record."""


def next_number(*, alliance: Alliance, year: int) -> str:
    """« APS-04-2026-0001 », taken under the row lock of the series: never given twice, whatever runs beside."""
    prefix = f"APS-{alliance.code}-{year}-"
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"alliance": alliance.pk, "kind": SERIES, "year": year, "prefix": prefix})
        return f"{prefix}{cursor.fetchone()[0]:04d}"


def entered_with(*, alliance_id: int, form_key: UUID | None) -> Project | None:
    """The project that a form with this key entered, or None."""
    return Project.objects.of_alliance(alliance_id).filter(form_key=form_key).first() if form_key else None


def create(*, actor: Actor, alliance: Alliance, content: ProjectContent, form_key: UUID | None = None) -> Project:
    """Enter a draft. A `form_key` serves once: AlreadyEntered after that, at the same instant too.

    NEQTaken when its new organisation was entered by somebody else meanwhile.
    """
    try:
        return _create(actor, alliance, content, form_key)
    except (IntegrityError, NEQTaken):
        # The other one has committed, or this one would still wait for it.
        if entered := entered_with(alliance_id=alliance.pk, form_key=form_key):
            raise AlreadyEntered(entered) from None
        raise


@transaction.atomic
def _create(actor: Actor, alliance: Alliance, content: ProjectContent, form_key: UUID | None) -> Project:
    now = timezone.now()
    project = Project.objects.create(
        alliance_id=alliance.pk,
        form_key=form_key,
        number=next_number(alliance=alliance, year=timezone.localdate(now).year),
        state_since=now,
        created_by_id=actor.person_id,
        updated_by_id=actor.person_id,
        updated_at=now,
        organisation_id=_organisation(actor=actor, alliance_id=alliance.pk, wanted=content.organisation),
        agreement_id=content.agreement,
        **{name: getattr(content, name) for name in COLUMNS if name not in {"organisation", "agreement"}},
    )
    write_parts(project, None, content)
    record(
        actor=actor,
        verb="project.created",
        subject=project,
        alliance_id=alliance.pk,
        number=project.number,
        title=project.title,
        amount=str(project.fund_amount),
    )
    return project


@transaction.atomic
def change(*, actor: Actor, project: Project, version: int, content: ProjectContent) -> Project:
    """Write what differs. Stale when `version` is no longer the stored one: nothing is overwritten in silence.

    What is frozen once money is decided (organisation, agreement, amount) keeps its stored value, whatever comes in.
    """
    here = Project.objects.of_alliance(project.alliance_id)
    stored = here.select_for_update(no_key=True, of=("self",)).select_related("organisation").get(pk=project.pk)
    if stored.version != version:
        raise Stale(stored)
    before = content_of(stored)
    content = content.frozen(before, frozen_fields(stored))
    changed = before.differences(content)
    if not changed:
        return stored
    values = {name: getattr(content, name) for name in COLUMNS if name in changed}
    if "organisation" in values:
        wanted = values.pop("organisation")
        values["organisation_id"] = _organisation(actor=actor, alliance_id=stored.alliance_id, wanted=wanted)
    if "agreement" in values:
        values["agreement_id"] = values.pop("agreement")
    written = here.filter(pk=stored.pk, version=version).update(
        **values, version=version + 1, updated_at=timezone.now(), updated_by_id=actor.person_id
    )
    if not written:
        raise Stale(stored)
    write_parts(stored, before, content)
    record(
        actor=actor,
        verb="project.changed",
        subject=stored,
        alliance_id=stored.alliance_id,
        number=stored.number,
        fields=changed,
        before={name: before.facts(name) for name in changed},
        after={name: content.facts(name) for name in changed},
    )
    return here.get(pk=stored.pk)


@transaction.atomic
def delete_draft(*, actor: Actor, project: Project) -> None:
    """Delete a draft with its parts. DraftInUse when an award was ever asked for it: the journal keeps its number."""
    here = Project.objects.of_alliance(project.alliance_id)
    stored = here.select_for_update(of=("self",)).get(pk=project.pk, state="draft")
    record(
        actor=actor,
        verb="project.deleted",
        subject=stored,
        alliance_id=stored.alliance_id,
        number=stored.number,
        title=stored.title,
        amount=str(stored.fund_amount),
    )
    try:
        with transaction.atomic():
            delete_parts(stored)
            rows = here.filter(pk=stored.pk, state="draft")
            # Straight to the row: the ORM would first read every table above this room for what hangs on it.
            rows._raw_delete(rows.db)
    except IntegrityError as error:
        raise DraftInUse from error


def _organisation(*, actor: Actor, alliance_id: int, wanted: int | NewOrganisation) -> int:
    if not isinstance(wanted, NewOrganisation):
        return wanted
    try:
        with transaction.atomic():
            entered = Organisation.objects.create(
                name=wanted.name, neq=wanted.neq, legal_form=wanted.legal_form, city=wanted.city
            )
    except IntegrityError as error:
        raise NEQTaken(wanted.neq) from error
    record(
        actor=actor,
        verb="organisation.created",
        subject=entered,
        alliance_id=alliance_id,
        name=entered.name,
        neq=entered.neq,
    )
    return entered.pk


__all__ = [
    "SECTIONS",
    "AlreadyEntered",
    "DraftInUse",
    "NEQTaken",
    "Stale",
    "change",
    "create",
    "delete_draft",
    "entered_with",
    "next_number",
]
