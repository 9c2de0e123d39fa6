"""Names of places: some municipalities of each MRC, quarters of the towns that are alone in their alliance."""

import csv
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
NATIONS = "PN"  # the communities of the First Nations' own alliance, which covers no territory of its own


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Place:
    """A place and how French speaks of it: « de Rimouski », « à Rimouski »."""

    name: str
    de: str
    at: str


def de(name: str) -> str:
    """« d’Amqui », « du Granit », « des Sources », « de La Matapédia »."""
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    return f"d’{name}" if name[0] in "AEIOUÉÎŒ" or name.startswith("Hé") else f"de {name}"


def at(name: str) -> str:
    if name.startswith("Le "):
        return f"au {name[3:]}"
    return f"aux {name[4:]}" if name.startswith("Les ") else f"à {name}"


def place(name: str) -> Place:
    return Place(name, de(name), at(name))


# Equivalent territories that French does not speak of by their official name.
_OTHERWISE = {
    "Administration régionale Kativik": ("Nunavik", "du Nunavik", "au Nunavik"),
    "Jamésie": ("Jamésie", "de la Jamésie", "en Jamésie"),
    "Eeyou Istchee": ("Eeyou Istchee", "d’Eeyou Istchee", "en Eeyou Istchee"),
}
TOWNS = {row["territory"]: tuple(place(name) for name in row["towns"].split(";")) for row in rows("towns.csv")}


def towns_of(territory_code: str | None) -> tuple[Place, ...]:
    """Places of a territory; of the First Nations' communities for none."""
    return TOWNS[territory_code or NATIONS]


def wide(name: str, kind: str) -> Place:
    """The whole of a territory, for projects that serve more than one municipality."""
    if name in _OTHERWISE:
        return Place(*_OTHERWISE[name])
    if kind == "MRC":
        return Place(f"MRC {de(name)}", f"dans la MRC {de(name)}", f"dans la MRC {de(name)}")
    return Place(name, de(name), at(name))
