"""Which territories a person's view is limited to. The object permission of guardian is the truth."""

from guardian.shortcuts import get_objects_for_user

from alliances.tenancy.access import Access
from regions.territory.models import Territory

FOLLOW = "regions.follow_territory"
_KEY = "territories"


def territories_of(access: Access) -> frozenset[int] | None:
    """Ids of the territories that a delegate follows in this alliance; None for everybody else: the whole alliance.

    In the scope of the alliance. One query per request (two the first time a process asks), whatever asks for it.
    A delegate who also holds another role in the alliance is not limited.
    """
    if access.space != "alliance" or access.roles != {"delegate"}:
        return None
    if _KEY not in access.memo:
        followed = get_objects_for_user(
            access.person, FOLLOW, klass=Territory, use_groups=False, with_superuser=False, accept_global_perms=False
        )
        access.memo[_KEY] = frozenset(followed.order_by().values_list("pk", flat=True))
    return access.memo[_KEY]
