"""The alliances on the public map: where each stands, and the page it leads to."""

from dataclasses import dataclass

from alliances.tenancy.models import Alliance
from reporting.accountability.content import collation
from reporting.dashboards.tilemap import CELL, GAP, HEIGHT, MARGIN, PLACES

# Names of the territories of Indigenous nations stand apart in the list, as on the map.
APART = ("10-KA", "10-EI", "PN")


def alphabetical(alliances) -> list[Alliance]:
    """In the order of a French index: accents do not count (Îles before Lanaudière)."""
    return sorted(alliances, key=lambda one: collation(one.name))


@dataclass(frozen=True)
class Tile:
    """A rectangle of the map, in the units of its viewBox, and the lines of its name."""

    alliance: Alliance
    x: str
    y: str
    width: str
    height: str
    text_x: str
    code_y: str
    lines: tuple[tuple[str, str], ...]  # (y, words)


def tile(alliance: Alliance) -> Tile:
    column, row, columns, rows, words = PLACES[alliance.code]
    x, y = MARGIN + column * CELL, MARGIN + row * HEIGHT
    return Tile(
        alliance,
        f"{x:g}",
        f"{y:g}",
        f"{columns * CELL - GAP:g}",
        f"{rows * HEIGHT - GAP:g}",
        f"{x + 10:g}",
        f"{y + 18:g}",
        tuple((f"{y + 36 + 16 * i:g}", line) for i, line in enumerate(words)),
    )
