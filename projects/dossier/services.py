"""The moves of a project after its award, and what they do to its instalments and to its money."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from alliances.audit.services import record
from alliances.look import formats, messages
from alliances.tenancy.access import Actor, Verdict
from alliances.workflow.engine import MoveRefused
from projects.awards.models import Award
from projects.awards.services import decline, lock_project, must_hold
from projects.followup.models import Instalment
from projects.followup.services import cancel as cancel_instalment
from projects.followup.workflow import BEFORE_PAYMENT
from projects.register.models import Project
from projects.register.workflow import PROJECT
from regions.money import services as ledger
from regions.money.enums import AccountState, Cause
from regions.money.models import Entry, Envelope, Posting


def _take(actor: Actor, project: Project, name: str, facts: dict | None = None, **values) -> Project:
    now = timezone.now()
    more = {"updated_at": now, "updated_by_id": actor.person_id}
    return PROJECT.take(actor=actor, row=project, name=name, facts=facts, **more, **values)


@transaction.atomic
def prepare(*, actor: Actor, project: Project) -> Project:
    """The agreement goes to the organisation for signature."""
    return _take(actor, project, "prepared")


@transaction.atomic
def start(*, actor: Actor, project: Project, signed_on: date) -> Project:
    """The agreement is signed by both: payments may begin. ValidationError before the award or after today."""
    started = _take(actor, project, "started", {"signed_on": signed_on.isoformat()})
    first, last = started.awarded_on, timezone.localdate()
    if not first <= signed_on <= last:
        raise ValidationError({"signed_on": messages.refusal("E16", min=formats.day(first), max=formats.day(last))})
    return started


@transaction.atomic
def suspend(*, actor: Actor, project: Project, reason: str) -> Project:
    """No payment until it is resumed."""
    return _take(actor, project, "suspended", {"reason": reason}, state_reason=reason)


@transaction.atomic
def resume(*, actor: Actor, project: Project) -> Project:
    return _take(actor, project, "resumed", state_reason="")


@transaction.atomic
def complete(*, actor: Actor, project: Project) -> Project:
    """The activities are over; the last instalments may still be paid."""
    return _take(actor, project, "completed")


@transaction.atomic
def close(*, actor: Actor, project: Project) -> Project:
    """MoveRefused while anything is left to pay or to give back."""
    return _take(actor, lock_project(project.alliance_id, project.pk), "closed")


def to_pay(project: Project) -> Decimal:
    """What its instalments still promise: those neither paid nor cancelled."""
    unpaid = _unpaid(project).aggregate(total=Sum("amount"))
    return unpaid["total"] or Decimal(0)


def _unpaid(project: Project):
    mine = Instalment.objects.filter(alliance_id=project.alliance_id, project=project)
    return mine.filter(state__in=BEFORE_PAYMENT.split()).order_by("pk")


@transaction.atomic
def cancel(*, actor: Actor, project: Project, reason: str) -> Project:
    """Cancel the project, its unpaid instalments and its waiting request; what is not paid goes back to the branch."""
    project = lock_project(project.alliance_id, project.pk)
    verdict = PROJECT.verdict(project, "cancelled", actor)
    if not verdict:
        raise MoveRefused(verdict)
    for instalment in _unpaid(project):
        cancel_instalment(actor=actor, instalment=instalment, reason=reason)
    for award in Award.objects.filter(alliance_id=project.alliance_id, project=project, state="requested"):
        decline(actor=actor, award=award, reason=reason)
    facts = {"reason": reason, "amount": str(project.committed)}
    cancelled = _take(actor, project, "cancelled", facts, state_reason=reason, cancelled_on=timezone.localdate())
    _give_back(actor, project, project.committed, reason)
    return cancelled


@transaction.atomic
def release(*, actor: Actor, project: Project, reason: str) -> Decimal:
    """Give back to the branch what is committed and that no instalment promises; the amount given back.

    MoveRefused when there is nothing to give back, or when the person is not a manager.
    """
    must_hold(actor, "manager")
    project = lock_project(project.alliance_id, project.pk)
    free = project.committed - to_pay(project)
    if free <= 0:
        raise MoveRefused(Verdict(False, "Il n’y a rien à désengager.", "nothing"))
    _give_back(actor, project, free, reason)
    facts = {"amount": str(free), "reason": reason}
    record(actor=actor, verb="project.released", subject=project, alliance_id=project.alliance_id, **facts)
    return free


def committed_by_branch(project: Project) -> list[tuple[int, Decimal]]:
    """(branch, what is committed there to the project), from the ledger’s entries."""
    entries = Entry.objects.filter(
        alliance_id=project.alliance_id,
        posting__alliance_id=project.alliance_id,
        posting__subject_id=project.pk,
        account__state=AccountState.COMMITTED,
    )
    sums = entries.values_list("account__envelope_id").annotate(left=Sum("amount")).order_by("account__envelope_id")
    return [(branch, left) for branch, left in sums if left > 0]


def _give_back(actor: Actor, project: Project, amount: Decimal, reason: str) -> None:
    known = Posting.objects.filter(
        alliance_id=project.alliance_id, subject_id=project.pk, cause=Cause.DEOBLIGATION
    ).count()
    for branch, held in committed_by_branch(project):
        part = min(held, amount)
        if part <= 0:
            break
        known, amount = known + 1, amount - part
        ledger.deobligate(
            actor=actor,
            envelope=Envelope.objects.get(alliance_id=project.alliance_id, pk=branch),
            amount=part,
            subject_id=project.pk,
            key=f"project:{project.pk}:release:{known}",
            effective_on=timezone.localdate(),
            reason=reason,
            label=f"{project.number} {project.title}",
        )
