"""Territories as the team page of an alliance asks for them; named by the setting PEOPLE_TERRITORIES."""

from collections import defaultdict

from django.utils import timezone

from regions.territory.models import Territory, TerritoryUserObjectPermission


class TerritoryBook:
    """See alliances.people.territories.Territories."""

    def offered(self, alliance_id: int) -> list[tuple[str, str]]:
        return list(Territory.objects.of_alliance(alliance_id, timezone.localdate()).values_list("code", "name"))

    def followed(self, alliance_id: int, person_ids: list[int]) -> dict[int, list[str]]:
        rows = TerritoryUserObjectPermission.objects.filter(
            alliance_id=alliance_id, user_id__in=person_ids, permission__codename="follow_territory"
        ).values_list("user_id", "content_object__name")
        names = defaultdict(list)
        for person_id, name in rows.order_by("content_object__name"):
            names[person_id].append(name)
        return dict(names)

    def forget(self, alliance_id: int, person_id: int) -> None:
        TerritoryUserObjectPermission.objects.filter(alliance_id=alliance_id, user_id=person_id).delete()
