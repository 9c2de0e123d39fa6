"""Asking for an award and deciding it. Approving commits the money: the ledger has the last word."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.audit.services import record
from alliances.look import formats, messages
from alliances.tenancy.access import Actor, Verdict
from alliances.workflow.engine import MoveRefused
from projects.awards.models import Award, AwardState
from projects.awards.policies import first_day_of, last_day_of
from projects.awards.workflow import AWARD
from projects.register.models import Project
from projects.register.workflow import PROJECT
from regions.money.models import Envelope
from regions.money.services import InsufficientBalance
from regions.money.services import commit as commit_money


def lock_project(alliance_id: int, project_id: int) -> Project:
    """The project as it is now, held until the transaction ends. Every act of money on a project begins here."""
    held = Project.objects.select_for_update(no_key=True, of=("self",))
    return held.get(alliance_id=alliance_id, pk=project_id)


def must_hold(actor: Actor, *roles: str) -> None:
    """For acts that are not moves of a table: MoveRefused without one of these roles."""
    if not actor.may(*roles):
        raise MoveRefused(Verdict(False, "Votre rôle ne permet pas cette action.", "role"))


def _no_more_than_asked(project: Project, amount: Decimal) -> None:
    if amount > project.fund_amount:
        raise ValidationError({"amount": messages.refusal("E51", requested=formats.money(project.fund_amount))})


@transaction.atomic
def request(*, actor: Actor, project: Project, envelope: Envelope, amount: Decimal, resolution: str) -> Award:
    """Ask for `amount` of a branch. ValidationError above what is asked of the fund (E51) or when one award stands."""
    must_hold(actor, "officer", "manager")
    project = lock_project(project.alliance_id, project.pk)
    alive = Award.objects.filter(
        alliance_id=project.alliance_id, project=project, state__in=[AwardState.REQUESTED, AwardState.APPROVED]
    )
    if project.state != "draft" or alive.exists():
        state = "Engagement demandé" if project.state == "draft" else project.get_state_display()
        raise ValidationError(messages.text("E69", state=state), code="E69")
    _no_more_than_asked(project, amount)
    award = Award.objects.create(
        alliance_id=project.alliance_id,
        project=project,
        envelope=envelope,
        amount=amount,
        resolution=resolution,
        requested_at=timezone.now(),
        requested_by_id=actor.person_id,
    )
    facts = {"amount": str(amount), "resolution": resolution, "branch": envelope.name}
    record(actor=actor, verb="award.requested", subject=award, alliance_id=award.alliance_id, **facts)
    return award


@transaction.atomic
def approve(*, actor: Actor, award: Award, decided_on: date) -> Award:
    """Commit the money and accept the project, dated `decided_on`: all of it or nothing.

    MoveRefused (state, role, own request), ValidationError (date, E51), InsufficientBalance (E50).
    """
    project = lock_project(award.alliance_id, award.project_id)
    approved = AWARD.take(
        actor=actor,
        row=award,
        name="approved",
        facts={"amount": str(award.amount), "resolution": award.resolution, "branch": award.envelope.name},
        decided_at=timezone.now(),
        decided_by_id=actor.person_id,
    )
    _no_more_than_asked(project, approved.amount)
    first, last = first_day_of(award.envelope), last_day_of(award.envelope)
    if not first <= decided_on <= last:
        raise ValidationError({"decided_on": messages.refusal("E16", min=formats.day(first), max=formats.day(last))})
    PROJECT.take(
        actor=actor,
        row=project,
        name="approved",
        awarded_on=decided_on,
        updated_at=timezone.now(),
        updated_by_id=actor.person_id,
    )
    # Last: the accounts of a branch are held for as short a time as can be.
    commit_money(
        actor=actor,
        envelope=award.envelope,
        amount=approved.amount,
        subject_id=project.pk,
        key=f"award:{award.pk}",
        effective_on=decided_on,
        label=f"{project.number} {project.title}",
    )
    return approved


def note_insufficient(*, actor: Actor, award: Award, refused: InsufficientBalance) -> None:
    """Keep in the journal that an approval met an empty branch; its transaction is rolled back already."""
    facts = {"amount": str(refused.asked), "available": str(refused.available), "branch": refused.envelope.name}
    record(actor=actor, verb="award.refused_insufficient", subject=award, alliance_id=award.alliance_id, **facts)


def _end(actor: Actor, award: Award, name: str, reason: str) -> Award:
    lock_project(award.alliance_id, award.project_id)
    return AWARD.take(
        actor=actor,
        row=award,
        name=name,
        facts={"amount": str(award.amount), "reason": reason},
        reason=reason,
        decided_at=timezone.now(),
        decided_by_id=actor.person_id,
    )


@transaction.atomic
def decline(*, actor: Actor, award: Award, reason: str) -> Award:
    """Refuse the request, with its reason; the project stays a draft and may be asked for again."""
    return _end(actor, award, "declined", reason)


@transaction.atomic
def withdraw(*, actor: Actor, award: Award, reason: str = "") -> Award:
    """Take one’s own request back."""
    return _end(actor, award, "withdrawn", reason)
