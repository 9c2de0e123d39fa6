"""The ministry's acts on agreements. In the ministry's scope: an alliance cannot do them, in SQL either."""

from decimal import Decimal

from django.db import connection

from alliances.audit.services import record
from alliances.tenancy.access import Actor
from regions.agreements.models import Agreement, AgreementYear, AllocationLine, AllocationShare
from regions.money.split import CENT, split


def sign(*, actor: Actor, years: list[int], **fields) -> Agreement:
    """Record a signed agreement and share its amount over `years`, to the cent, by largest remainder."""
    agreement = Agreement.objects.create(state=Agreement.State.SIGNED, **fields)
    parts = split(agreement.amount, [1] * len(years), CENT)
    AgreementYear.objects.bulk_create(
        AgreementYear(alliance_id=agreement.alliance_id, agreement=agreement, fiscal_year=year, amount=amount)
        for year, amount in zip(years, parts, strict=True)
    )
    record(actor=actor, verb="agreement.signed", number=agreement.number, amount=str(agreement.amount))
    return agreement


def activate(*, actor: Actor, agreement: Agreement, until: int | None = None) -> None:
    """Put the agreement in force: its years (up to `until`, if given) are given, each dated 1 April of the year."""
    agreement.state = Agreement.State.ACTIVE
    agreement.save(update_fields=["state"])
    years = AgreementYear.objects.filter(alliance_id=agreement.alliance_id, agreement=agreement)
    for year in years if until is None else years.filter(fiscal_year__lte=until):
        open_year(actor=actor, year=year)
    record(actor=actor, verb="agreement.activated", number=agreement.number)


def share_line(*, actor: Actor, line: AllocationLine, percents: dict[int, Decimal]) -> None:
    """Say how the alliances of one printed line share it, in percent by share id. Signed agreements stay as they are.

    ValueError when the parts do not total 100 or one of them is not above zero.
    """
    shares = list(AllocationShare.objects.filter(line=line).order_by("pk"))
    if {share.pk for share in shares} != set(percents) or sum(percents.values()) != 100 or min(percents.values()) <= 0:
        raise ValueError("the parts of a line total 100 percent")
    before = {str(share.pk): str(share.weight) for share in shares}
    for share in shares:
        AllocationShare.objects.filter(pk=share.pk).update(weight=percents[share.pk])
    after = {str(pk): str(percent) for pk, percent in percents.items()}
    record(actor=actor, verb="allocation.shared", line=line.name, before=before, after=after)


def open_year(*, actor: Actor, year: AgreementYear) -> int:
    """The id of the year's envelope; twice changes nothing. Goes through the ledger's keeper."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT open_year(%s, %s, %s)", [year.pk, actor.person_id, actor.name])
        return cursor.fetchone()[0]
