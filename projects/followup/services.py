"""Planning instalments and paying them. The project is locked first, always: plans, payments and cancellation queue."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from alliances.audit.models import AuditEvent
from alliances.audit.services import record
from alliances.look import formats, messages
from alliances.tenancy.access import Actor, Verdict, portal_for
from alliances.workflow.engine import MoveRefused
from projects.awards.models import Award
from projects.awards.services import lock_project, must_hold
from projects.followup.models import Instalment, InstalmentState
from projects.followup.workflow import INSTALMENT
from projects.register.models import Project
from regions.money import services as ledger
from regions.money.enums import Cause
from regions.money.models import Envelope, Posting
from regions.money.services import KeyReused

PLANNABLE = ("approved", "to_sign", "in_progress", "suspended", "completed")
REPLACED = (InstalmentState.PLANNED, InstalmentState.DUE)


@transaction.atomic
def plan(*, actor: Actor, project: Project, rows: list[tuple[date, Decimal]]) -> list[Instalment]:
    """Replace what is planned and not yet requested by `rows` (day, amount).

    ValidationError when the instalments that stand would exceed what is committed to the project.
    """
    must_hold(actor, "officer", "manager")
    project = lock_project(project.alliance_id, project.pk)
    if project.state not in PLANNABLE:
        raise ValidationError(messages.text("E69", state=project.get_state_display()), code="E69")
    mine = Instalment.objects.filter(alliance_id=project.alliance_id, project=project)
    mine.filter(state__in=REPLACED).delete()
    standing = mine.exclude(state=InstalmentState.CANCELLED).aggregate(total=Sum("amount"))["total"] or Decimal(0)
    total = sum((amount for _, amount in rows), Decimal(0))
    over = standing + total - project.engaged
    if over > 0:
        raise ValidationError(
            f"Les versements totaliseraient {formats.money(standing + total)}, alors que "
            f"{formats.money(project.engaged)} sont engagés. Retirez-en {formats.money(over)}.",
            code="over",
        )
    rank, envelope = mine.aggregate(last=Max("rank"))["last"] or 0, _branch_of(project)
    planned = Instalment.objects.bulk_create(
        Instalment(
            alliance_id=project.alliance_id,
            project=project,
            envelope=envelope,
            rank=rank + place,
            amount=amount,
            due_on=due_on,
            state_since=timezone.now(),
        )
        for place, (due_on, amount) in enumerate(sorted(rows), start=1)
    )
    facts = {"count": len(planned), "total": str(total)}
    record(actor=actor, verb="payment.planned", subject=project, alliance_id=project.alliance_id, **facts)
    return planned


def _branch_of(project: Project) -> Envelope:
    """The branch that holds the project’s money: that of its award, or of its commitment entered by an import."""
    award = Award.objects.filter(alliance_id=project.alliance_id, project=project, state="approved")
    award = award.select_related("envelope").first()
    if award:
        return award.envelope
    branches = Envelope.objects.filter(
        alliance_id=project.alliance_id,
        accounts__state="committed",
        accounts__entries__posting__alliance_id=project.alliance_id,
        accounts__entries__posting__subject_id=project.pk,
    )
    return branches.order_by("-pk").first()


def _facts(row: Instalment, **more) -> dict:
    return {"rank": row.rank, "amount": str(row.amount), **more}


def _take(actor: Actor, row: Instalment, name: str, facts: dict | None = None, **values) -> Instalment:
    """Hold the project, let a date that has come count, then make the move."""
    lock_project(row.alliance_id, row.project_id)
    now = Instalment.objects.get(alliance_id=row.alliance_id, pk=row.pk)
    if name != "due" and now.state == InstalmentState.PLANNED and now.due_on <= timezone.localdate():
        INSTALMENT.take(actor=portal_for(row.alliance_id), row=now, name="due", facts=_facts(now))
    return INSTALMENT.take(actor=actor, row=row, name=name, facts=_facts(now, **(facts or {})), **values)


@transaction.atomic
def declare_due(*, actor: Actor, instalment: Instalment) -> Instalment:
    """Due before its date, or on it."""
    return _take(actor, instalment, "due")


@transaction.atomic
def block(*, actor: Actor, instalment: Instalment, reason: str) -> Instalment:
    """Nothing is paid until another person unblocks it."""
    return _take(actor, instalment, "blocked", {"reason": reason}, reason=reason)


@transaction.atomic
def unblock(*, actor: Actor, instalment: Instalment, reason: str) -> Instalment:
    """By hand, it takes a reason and another person than the one who blocked it."""
    blocked = AuditEvent.objects.filter(
        alliance_id=instalment.alliance_id, object_kind="instalment", object_id=instalment.pk, verb="payment.blocked"
    )
    last = blocked.order_by("-id").first()
    if last and last.person_id == actor.person_id:
        raise MoveRefused(
            Verdict(False, "Vous avez bloqué ce versement : une autre personne doit le débloquer.", "own")
        )
    return _take(actor, instalment, "unblocked", {"reason": reason}, reason=reason)


@transaction.atomic
def request(*, actor: Actor, instalment: Instalment) -> Instalment:
    """Ask for the payment. A former approval is forgotten: whoever gave it may be the one who asks now."""
    return _take(
        actor,
        instalment,
        "requested",
        reason="",
        requested_by_id=actor.person_id,
        requested_at=timezone.now(),
        approved_by_id=None,
        approved_at=None,
    )


@transaction.atomic
def approve(*, actor: Actor, instalment: Instalment) -> Instalment:
    """Another person says yes; nothing is posted before the money leaves."""
    return _take(actor, instalment, "approved", approved_by_id=actor.person_id, approved_at=timezone.now())


@transaction.atomic
def refuse(*, actor: Actor, instalment: Instalment, reason: str) -> Instalment:
    """Back to due, with the reason."""
    return _take(
        actor, instalment, "refused", {"reason": reason}, reason=reason, requested_by_id=None, requested_at=None
    )


@transaction.atomic
def pay(*, actor: Actor, instalment: Instalment, paid_on: date, reference: str, tries: int) -> Instalment:
    """Record that the money left: committed becomes paid, dated `paid_on`.

    `tries` is the number of payments made when the page was drawn: another number means another payment (KeyReused).
    """
    project = lock_project(instalment.alliance_id, instalment.project_id)
    now = Instalment.objects.get(alliance_id=instalment.alliance_id, pk=instalment.pk)
    if now.state == InstalmentState.APPROVED and now.tries != tries:
        raise KeyReused(_key(now, "pay"))
    paid = _take(
        actor,
        instalment,
        "paid",
        {"on": paid_on.isoformat(), "reference": reference},
        paid_on=paid_on,
        paid_by_id=actor.person_id,
        reference=reference,
        tries=now.tries + 1,
    )
    first, last = project.awarded_on, timezone.localdate()
    if not first <= paid_on <= last:
        raise ValidationError({"paid_on": messages.refusal("E16", min=formats.day(first), max=formats.day(last))})
    ledger.pay(
        actor=actor,
        envelope=paid.envelope,
        amount=paid.amount,
        subject_id=project.pk,
        key=_key(paid, "pay"),
        effective_on=paid_on,
        label=f"{project.number} {project.title}, versement {paid.rank}",
    )
    return paid


def _key(row: Instalment, act: str) -> str:
    return f"instalment:{row.pk}:{act}:{row.tries}"


@transaction.atomic
def record_return(*, actor: Actor, instalment: Instalment, returned_on: date, reason: str) -> Instalment:
    """The bank sent the money back: the payment stays in the ledger, a contrary posting answers it."""
    back = _take(actor, instalment, "returned", {"reason": reason, "on": returned_on.isoformat()}, reason=reason)
    first, last = back.paid_on, timezone.localdate()
    if not first <= returned_on <= last:
        raise ValidationError({"returned_on": messages.refusal("E16", min=formats.day(first), max=formats.day(last))})
    paid = Posting.objects.get(alliance_id=back.alliance_id, idempotency_key=_key(back, "pay"))
    ledger.reverse(
        actor=actor,
        posting=paid,
        key=_key(back, "return"),
        effective_on=returned_on,
        cause=Cause.RETURN,
        reason=reason,
    )
    return back


@transaction.atomic
def reopen(*, actor: Actor, instalment: Instalment) -> Instalment:
    """To be paid again: it goes through a request and an approval as if for the first time."""
    return _take(
        actor,
        instalment,
        "reopened",
        requested_by_id=None,
        requested_at=None,
        approved_by_id=None,
        approved_at=None,
        paid_on=None,
        paid_by_id=None,
        reference="",
    )


@transaction.atomic
def cancel(*, actor: Actor, instalment: Instalment, reason: str) -> Instalment:
    """It will not be paid. Its money stays committed to the project until somebody gives it back to the branch."""
    return _take(actor, instalment, "cancelled", {"reason": reason}, reason=reason)


def fall_due(*, alliance_id: int, today: date) -> int:
    """The clock: what was planned for today or before is due. In the alliance’s scope; twice changes nothing."""
    waiting = Instalment.objects.filter(
        alliance_id=alliance_id, state=InstalmentState.PLANNED, due_on__lte=today
    ).order_by("project_id", "pk")
    moved, clock = 0, portal_for(alliance_id)
    for row in waiting:
        with transaction.atomic():
            lock_project(alliance_id, row.project_id)
            again = Instalment.objects.get(alliance_id=alliance_id, pk=row.pk)
            if again.state == InstalmentState.PLANNED:
                INSTALMENT.take(actor=clock, row=again, name="due", facts=_facts(again))
                moved += 1
    return moved
