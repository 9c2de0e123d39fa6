"""Posting in the ledger. The database refuses what is not there; this module says so in words."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from alliances.tenancy.access import Actor
from regions.money.enums import AccountState, Cause
from regions.money.models import Account, Entry, Envelope, Posting


class InsufficientBalance(Exception):
    """The envelope does not hold that much: E50. `available` is what it held just after the refusal."""

    def __init__(self, *, envelope: Envelope, available: Decimal, asked: Decimal):
        super().__init__(f"{envelope} holds {available}, asked {asked}")
        self.envelope, self.available, self.asked = envelope, available, asked

    @property
    def missing(self) -> Decimal:
        return self.asked - self.available


class KeyReused(Exception):
    """This idempotency key already served for another content: E61."""


def account_of(envelope: Envelope, state: str) -> Account:
    """The account of an envelope in a state, opened when first needed."""
    account, _ = Account.objects.get_or_create(alliance_id=envelope.alliance_id, envelope=envelope, state=state)
    return account


def post(
    *,
    actor: Actor,
    alliance_id: int,
    cause: Cause,
    key: str,
    effective_on: date,
    lines: list[tuple[Account, Decimal]],
    subject_id: int | None = None,
    label: str = "",
    reason: str = "",
    reverses: Posting | None = None,
) -> Posting:
    """One balanced posting, whole, in the caller's transaction: post last, answer by a redirect.

    The same key with the same content gives the posting that stands; with another content, KeyReused. IntegrityError of
    the database for what does not balance or is not there.
    """
    posting = Posting(
        alliance_id=alliance_id,
        cause=cause,
        person_id=actor.person_id,
        actor_name=actor.name[:160],
        effective_on=effective_on,
        idempotency_key=key,
        subject_id=subject_id,
        label=label[:200],
        reason=reason[:500],
        reverses=reverses,
    )
    try:
        with transaction.atomic():
            posting.save(force_insert=True)
            # One INSERT is one whole posting: the ledger's keeper checks it and moves the balances.
            Entry.objects.bulk_create(
                Entry(alliance_id=alliance_id, posting=posting, account=account, amount=amount)
                for account, amount in lines
            )
    except IntegrityError as error:
        if _constraint(error) != "posting_once":
            raise
        return _same(posting, lines)
    return posting


def _constraint(error: IntegrityError) -> str | None:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)


def _same(wanted: Posting, lines) -> Posting:
    standing = Posting.objects.get(alliance_id=wanted.alliance_id, idempotency_key=wanted.idempotency_key)
    stands = sorted(standing.entries.values_list("account_id", "amount"))
    same = stands == sorted((account.pk, amount) for account, amount in lines)
    if not same or standing.cause != wanted.cause or standing.subject_id != wanted.subject_id:
        raise KeyReused(wanted.idempotency_key)
    return standing


def _between(envelope: Envelope, amount: Decimal, *states: str) -> list[tuple[Account, Decimal]]:
    """Lines that walk an amount through states: A → R → C is (A −) (R +) (R −) (C +)."""
    lines = []
    for origin, target in zip(states, states[1:], strict=False):
        lines += [(account_of(envelope, origin), -amount), (account_of(envelope, target), amount)]
    return lines


def _walk(*states: str, cause: Cause, envelope: Envelope, amount: Decimal, **posting) -> Posting:
    """Post an amount that leaves the first state for the last; in words when the first holds less."""
    lines = _between(envelope, amount, *states)
    try:
        return post(alliance_id=envelope.alliance_id, cause=cause, lines=lines, **posting)
    except IntegrityError as error:
        if _constraint(error) not in {"account_not_overdrawn", "project_money"}:
            raise
        available = account_of(envelope, states[0]).balance
        raise InsufficientBalance(envelope=envelope, available=available, asked=amount) from error


def commit(
    *, actor: Actor, envelope: Envelope, amount: Decimal, subject_id: int, key: str, effective_on: date, label=""
) -> Posting:
    """A → R → C: free money becomes committed to a project. InsufficientBalance when the envelope holds less."""
    return _walk(
        AccountState.APPROPRIATED, AccountState.RESERVED, AccountState.COMMITTED, cause=Cause.COMMITMENT,
        actor=actor, envelope=envelope, amount=amount, subject_id=subject_id, key=key, effective_on=effective_on,
        label=label,
    )  # fmt: skip


def pay(
    *, actor: Actor, envelope: Envelope, amount: Decimal, subject_id: int, key: str, effective_on: date, label=""
) -> Posting:
    """C → P: committed money is paid to the promoter."""
    return _walk(
        AccountState.COMMITTED, AccountState.PAID, cause=Cause.PAYMENT,
        actor=actor, envelope=envelope, amount=amount, subject_id=subject_id, key=key, effective_on=effective_on,
        label=label,
    )  # fmt: skip


def deobligate(
    *,
    actor: Actor,
    envelope: Envelope,
    amount: Decimal,
    subject_id: int,
    key: str,
    effective_on: date,
    reason: str,
    label="",
) -> Posting:
    """C → A: what is not going to be paid comes back to the branch."""
    return _walk(
        AccountState.COMMITTED, AccountState.APPROPRIATED, cause=Cause.DEOBLIGATION,
        actor=actor, envelope=envelope, amount=amount, subject_id=subject_id, key=key, effective_on=effective_on,
        label=label, reason=reason,
    )  # fmt: skip


def spend(*, actor: Actor, envelope: Envelope, amount: Decimal, key: str, effective_on: date, label="") -> Posting:
    """A → P: what the holder spends itself, on administration or mobilisation."""
    return _walk(
        AccountState.APPROPRIATED, AccountState.PAID, cause=Cause.EXPENSE,
        actor=actor, envelope=envelope, amount=amount, key=key, effective_on=effective_on, label=label,
    )  # fmt: skip


def reverse(*, actor: Actor, posting: Posting, key: str, effective_on: date, cause: Cause, reason: str) -> Posting:
    """The contrary entries of a posting, which stays visible. Reversed once: the database refuses a second."""
    lines = [(entry.account, -entry.amount) for entry in posting.entries.select_related("account").order_by("id")]
    return post(
        actor=actor,
        alliance_id=posting.alliance_id,
        cause=cause,
        key=key,
        effective_on=effective_on,
        lines=lines,
        subject_id=posting.subject_id,
        label=posting.label,
        reason=reason,
        reverses=posting,
    )
