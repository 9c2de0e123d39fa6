"""The models of this package's rooms."""

from regions.agreements.models import Agreement, AgreementYear, AllocationLine, AllocationShare, Cycle
from regions.money.models import Account, Entry, Envelope, MoneyDay, MoneyMonth, Posting
from regions.territory.models import (
    Priority,
    Region,
    TargetGroup,
    Territory,
    TerritoryLink,
    TerritoryUserObjectPermission,
)

__all__ = [
    "Account",
    "Agreement",
    "AgreementYear",
    "AllocationLine",
    "AllocationShare",
    "Cycle",
    "Entry",
    "Envelope",
    "MoneyDay",
    "MoneyMonth",
    "Posting",
    "Priority",
    "Region",
    "TargetGroup",
    "Territory",
    "TerritoryLink",
    "TerritoryUserObjectPermission",
]
