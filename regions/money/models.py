"""How much: envelopes and the ledger. An append-only, double-entry ledger whose walls stand in the database.

One INSERT of entries is one whole balanced posting; a trigger of the ledger's keeper moves the balance of each account,
and a CHECK refuses what is not there. Nothing is ever changed or deleted: mistakes are reversed.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, DETAILED, EVERY_ROW, Link, TenantLink, Wall, totals_wall
from regions.agreements.models import MONEY, Agreement
from regions.money.enums import SOURCES, AccountState, Cause, EnvelopeKind

READERS = [
    ("ministry", "select", DETAILED),
    ("audit", "select", DETAILED),
    ("upkeep", "select", EVERY_ROW),
]


class Envelope(TenantModel):
    """A branch of the tree: agreement → fiscal year → kind (→ territory). Its money stands on its accounts."""

    agreement = Link(Agreement, related_name="+")
    parent = Link("self", null=True, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=EnvelopeKind)
    territory = models.ForeignKey("regions.Territory", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "envelope"
        ordering = ["fiscal_year", "id"]
        indexes = [models.Index(fields=["alliance", "agreement", "fiscal_year"], name="envelope_of_agreement")]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="envelope_key"),
            models.UniqueConstraint(
                fields=["alliance", "agreement", "fiscal_year", "kind", "territory"],
                nulls_distinct=False,
                name="envelope_once",
            ),
            models.CheckConstraint(
                name="envelope_tree",
                condition=Q(kind="year", parent=None) | (~Q(kind="year") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(name="envelope_kind", condition=Q(kind__in=EnvelopeKind.values)),
            TenantLink(name="envelope_of_agreement_key", field="agreement"),
            TenantLink(name="envelope_of_parent", field="parent"),
            Wall(
                name="envelope_wall",
                rules=[
                    ("alliance", "select", ALLIANCE),
                    *READERS,
                    ("keeper_ledger", "select insert", EVERY_ROW),
                    ("keeper_tally", "select", EVERY_ROW),
                ],
            ),
        ]

    def __str__(self):
        return self.name


class Account(TenantModel):
    """The money of one envelope in one state. `balance` is moved by the ledger's keeper alone."""

    envelope = Link(Envelope, related_name="accounts")
    state = models.CharField(max_length=14, choices=AccountState)
    balance = models.DecimalField(**MONEY, default=0)

    class Meta:
        db_table = "account"
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="account_key"),
            models.UniqueConstraint(fields=["alliance", "envelope", "state"], name="account_once"),
            models.CheckConstraint(name="account_not_overdrawn", condition=Q(balance__gte=0) | Q(state__in=SOURCES)),
            models.CheckConstraint(name="account_state", condition=Q(state__in=AccountState.values)),
            TenantLink(name="account_of_envelope", field="envelope"),
            Wall(
                name="account_wall",
                rules=[
                    ("alliance", "select insert", ALLIANCE),
                    *READERS,
                    ("keeper_ledger", "select insert update(balance)", EVERY_ROW),
                    ("keeper_tally", "select", EVERY_ROW),
                ],
            ),
        ]


class Posting(TenantModel):
    """One act of money: its cause, who, the day it counts from, and a key that can never serve twice."""

    cause = models.CharField(max_length=16, choices=Cause)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=160)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)  # stamped again by the database, which is believed
    idempotency_key = models.CharField(max_length=80)
    subject_id = models.BigIntegerField(null=True)  # the project, where there is one
    label = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    reverses = Link("self", null=True, related_name="+")

    class Meta:
        db_table = "posting"
        indexes = [
            models.Index(fields=["alliance", "subject_id", "id"], name="posting_of_subject"),
            models.Index(fields=["alliance", "-effective_on", "-id"], name="posting_by_day"),
            models.Index(fields=["alliance", "cause", "-id"], name="posting_by_cause"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="posting_key"),
            models.UniqueConstraint(fields=["alliance", "idempotency_key"], name="posting_once"),
            models.UniqueConstraint(
                fields=["alliance", "reverses"], condition=Q(reverses__isnull=False), name="posting_reversed_once"
            ),
            models.CheckConstraint(name="posting_cause", condition=Q(cause__in=Cause.values)),
            TenantLink(name="posting_of_reversed", field="reverses"),
            Wall(
                name="posting_wall",
                rules=[
                    ("alliance", "select insert", ALLIANCE),
                    *READERS,
                    ("keeper_ledger", "select insert", EVERY_ROW),
                    ("keeper_tally", "select", EVERY_ROW),
                ],
            ),
        ]


class Entry(TenantModel):
    posting = Link(Posting, related_name="entries")
    account = Link(Account, related_name="entries")
    amount = models.DecimalField(**MONEY)

    class Meta:
        db_table = "entry"
        indexes = [
            models.Index(fields=["alliance", "account", "id"], include=["amount"], name="entry_of_account"),
            models.Index(fields=["alliance", "posting"], include=["amount"], name="entry_of_posting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="entry_key"),
            models.CheckConstraint(name="entry_not_zero", condition=~Q(amount=0)),
            TenantLink(name="entry_of_posting_key", field="posting"),
            TenantLink(name="entry_of_account_key", field="account"),
            Wall(
                name="entry_wall",
                rules=[
                    ("alliance", "select insert", ALLIANCE),
                    *READERS,
                    ("keeper_ledger", "select insert", EVERY_ROW),
                    ("keeper_tally", "select", EVERY_ROW),
                ],
            ),
        ]


class MoneyDay(TenantModel):
    """Sums of entries by day: differences added by the keeper with each posting, folded by the sweeper.

    Exact in the same transaction. The ministry reads it for every alliance: these are totals.
    """

    agreement_id = models.BigIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=EnvelopeKind)
    state = models.CharField(max_length=14, choices=AccountState)
    day = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        db_table = "money_day"
        indexes = [
            models.Index(
                fields=["alliance", "agreement_id", "day"],
                include=["kind", "state", "fiscal_year", "amount"],
                name="money_day_until",
            )
        ]
        constraints = [totals_wall("money_day_wall")]


class MoneyMonth(TenantModel):
    """The same sums by month (its first day): what is as of a day reads whole months, then the days of the last one."""

    agreement_id = models.BigIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=EnvelopeKind)
    state = models.CharField(max_length=14, choices=AccountState)
    month = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        db_table = "money_month"
        indexes = [
            models.Index(
                fields=["alliance", "agreement_id", "month"],
                include=["kind", "state", "fiscal_year", "amount"],
                name="money_month_until",
            )
        ]
        constraints = [totals_wall("money_month_wall")]
