"""What a team page must know of territories. They live in a higher package: named by a setting, never imported."""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Territories(Protocol):
    """All in the scope of the alliance."""

    def offered(self, alliance_id: int) -> list[tuple[str, str]]:
        """(code, name) of the territories that the alliance may delegate today."""

    def followed(self, alliance_id: int, person_ids: list[int]) -> dict[int, list[str]]:
        """{person: names of the territories followed}"""

    def forget(self, alliance_id: int, person_id: int) -> None:
        """A delegation has ended: the person follows nothing there any more."""


@cache
def territories() -> Territories:
    return import_string(settings.PEOPLE_TERRITORIES)()
