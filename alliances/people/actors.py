"""Who acts, on pages outside any space."""

from alliances.tenancy.access import Actor


def actor_of(request) -> Actor:
    """The signed-in person, with no role."""
    return Actor(person_id=request.user.pk, name=str(request.user))
