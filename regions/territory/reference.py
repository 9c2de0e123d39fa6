"""Facts of the programme, from the CSV files of this package, as rows. Safe to run again: matched by code."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from alliances.tenancy.models import Alliance
from regions.agreements.models import AllocationLine, AllocationShare, Cycle
from regions.territory.models import Priority, Region, TargetGroup, Territory, TerritoryLink

DATA = Path(__file__).resolve().parents[1] / "data"
# Before the first cycle of the programme: a link without a date has « always » been.
ALWAYS = date(2010, 4, 1)

# The ten of the ministry's deck of May 2023, « Le plan de travail ».
PRIORITIES = (
    ("securite-alimentaire", "Sécurité alimentaire"),
    ("loisirs", "Loisirs"),
    ("transport", "Transport"),
    ("action-communautaire", "Soutien à l’action communautaire"),
    ("engagement-citoyen", "Engagement citoyen"),
    ("habitation", "Habitation"),
    ("insertion", "Insertion socioprofessionnelle"),
    ("itinerance", "Itinérance"),
    ("accessibilite", "Accessibilité universelle et lutte contre les préjugés"),
    ("decrochage", "Prévention du décrochage scolaire"),
)
TARGET_GROUPS = (
    ("enfants", "Enfants de 0 à 5 ans"),
    ("jeunes", "Jeunes"),
    ("adultes", "Adultes"),
    ("aines", "Personnes aînées"),
    ("familles", "Familles"),
    ("monoparentales", "Familles monoparentales"),
    ("seules", "Personnes seules"),
    ("immigrantes", "Personnes immigrantes ou réfugiées"),
    ("premieres-nations", "Premières Nations et Inuit"),
    ("handicapees", "Personnes handicapées"),
    ("itinerance", "Personnes en situation d’itinérance"),
    ("aide-sociale", "Prestataires d’une aide financière de dernier recours"),
    ("faible-revenu", "Travailleuses et travailleurs à faible revenu"),
)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Lines of a file of facts. Apostrophes are written as our texts write them."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {key: value.replace("'", "’").strip() for key, value in row.items()}


def _put(model, key: dict, values: dict):
    return model.objects.update_or_create(defaults=values, **key)[0]


def load_places() -> None:
    for row in rows("regions.csv"):
        _put(
            Region,
            {"code": row["code"]},
            {
                "name": row["name"],
                "population_2016": int(row["population_2016"]),
                "population_2022": int(row["population_2022"]),
                "area_km2": int(row["area_km2"]),
                "note": row["note"],
            },
        )
    for row in rows("alliances.csv"):
        _put(
            Alliance,
            {"code": row["code"]},
            {
                "slug": row["slug"],
                "name": row["name"],
                "name_with_de": row["name_with_de"],
                "time_zone": row["time_zone"],
                "detail_to_ministry": row["detail_to_ministry"] == "yes",
            },
        )
    regions, alliances = Region.objects.in_bulk(field_name="code"), Alliance.objects.in_bulk(field_name="code")
    for row in rows("mrc.csv"):
        territory = _put(Territory, {"code": row["code"]}, {"name": row["name_fr"], "kind": row["kind"]})
        moved = date.fromisoformat(row["valid_from"]) if row["valid_from"] else None
        if moved:
            _put(
                TerritoryLink,
                {"territory": territory, "valid_from": ALWAYS},
                {
                    "region": regions[row["previous_region_code"]],
                    "alliance": alliances[row["previous_alliance_code"]],
                    "valid_to": moved - timedelta(days=1),
                },
            )
        _put(
            TerritoryLink,
            {"territory": territory, "valid_from": moved or ALWAYS},
            {"region": regions[row["region_code"]], "alliance": alliances[row["alliance_code"]], "valid_to": None},
        )
    for model, names in ((Priority, PRIORITIES), (TargetGroup, TARGET_GROUPS)):
        for rank, (code, name) in enumerate(names, start=1):
            _put(model, {"code": code}, {"name": name, "rank": rank})


def load_cycles() -> None:
    for row in rows("cycles.csv"):
        _put(
            Cycle,
            {"code": row["code"]},
            {
                "name": row["name"],
                "starts_on": date.fromisoformat(row["start"]),
                "ends_on": date.fromisoformat(row["end"]),
                "kind": row["kind"],
                "fund_amount": Decimal(row["fund_amount"]),
                "partners_amount": Decimal(row["partners_amount"]) if row["partners_amount"] else None,
                "agreements": int(row["agreements"]) if row["agreements"] else None,
                "note": row["note"],
            },
        )


def load_allocation() -> None:
    """The printed table with its printed totals: 84 653 956 is printed where the lines add up to 84 653 955."""
    cycle = Cycle.objects.get(code="2017-2023")
    by_line: dict[str, list[Alliance]] = {}
    for row in rows("alliances.csv"):
        by_line.setdefault(row["allocation_line"], []).append(Alliance.objects.get(code=row["code"]))
    for rank, row in enumerate(rows("allocation-2017-2022.csv"), start=1):
        line = _put(
            AllocationLine,
            {"cycle": cycle, "name": row["name"]},
            {"code": row["line_code"], "amount": Decimal(row["amount"]), "kind": row["kind"], "rank": rank},
        )
        for alliance in by_line.get(row["line_code"], []) if row["line_code"] else []:
            # get_or_create: a share that somebody edited is not put back
            AllocationShare.objects.get_or_create(line=line, alliance=alliance)
