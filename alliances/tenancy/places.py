"""One view in several spaces: placed in each as a screen of its own."""

from functools import wraps

from alliances.tenancy.access import screen

STAFF = ("manager", "officer", "finance", "reader", "privacy", "delegate")  # of an alliance, without its committee


def in_space(view, space: str, *roles: str):
    """The view as a screen of one space; which alliance, the middleware knows already."""

    @screen(space, *roles)
    @wraps(view)
    def placed(request, alliance: str = "", **kwargs):
        return view(request, **kwargs)

    return placed
