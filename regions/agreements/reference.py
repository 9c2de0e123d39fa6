"""The agreements 2017-2023 with the deck's amounts, over their first five fiscal years."""

from datetime import date
from decimal import Decimal

from alliances.tenancy.access import PORTAL
from regions.agreements.models import Agreement, AllocationLine, Cycle
from regions.agreements.services import activate, sign
from regions.money.split import DOLLAR, split
from regions.territory.reference import rows


def amounts_by_alliance(cycle: Cycle) -> dict[int, Decimal]:
    """{alliance id: its part of the printed lines}, shared by the editable weights, to the dollar."""
    amounts = {}
    lines = AllocationLine.objects.filter(cycle=cycle).exclude(code="").prefetch_related("shares__alliance")
    for line in lines:
        shares = sorted(line.shares.all(), key=lambda share: share.alliance.code)
        for share, part in zip(shares, split(line.amount, [s.weight for s in shares], DOLLAR), strict=True):
            amounts[share.alliance_id] = part
    return amounts


def load_agreements() -> int:
    """In the ministry's scope. Returns how many were new."""
    cycle = Cycle.objects.get(code="2017-2023")
    holders = {row["code"]: (row["mandate_holder"], row["mandate_holder_source"]) for row in rows("alliances.csv")}
    amounts = amounts_by_alliance(cycle)
    standing = set(Agreement.objects.filter(cycle=cycle).values_list("alliance_id", flat=True))
    new = [share for share in amounts if share not in standing]
    codes = dict(
        AllocationLine.objects.filter(cycle=cycle)
        .exclude(code="")
        .values_list("shares__alliance_id", "shares__alliance__code")
    )
    for alliance_id in new:
        code = codes[alliance_id]
        name, source = holders[code]
        agreement = sign(
            actor=PORTAL,
            years=list(range(2017, 2022)),
            alliance_id=alliance_id,
            cycle=cycle,
            number=f"APS-2017-{code}",
            starts_on=date(2017, 4, 1),
            ends_on=date(2023, 3, 31),
            amount=amounts[alliance_id],
            holder_name=name,
            holder_source=source,
        )
        activate(actor=PORTAL, agreement=agreement)
    return len(new)
