"""The 21 alliances as tiles, each in its place, the river between its shores. A measure gives each its class."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from alliances.look import formats
from reporting.figures.programme import Line

CELL, GAP, HEIGHT, MARGIN = 108, 8, 94, 4
# code: (column, row, width, height, lines of the name)
PLACES = {
    "10-KA": (1, 0, 3, 1, ("Nunavik",)),
    "10-BJ": (1, 1, 1.5, 1, ("Baie-James",)),
    "10-EI": (2.5, 1, 1.5, 1, ("Eeyou Istchee",)),
    "09": (4, 1, 3, 1, ("Côte-Nord",)),
    "08": (0, 2, 2, 1, ("Abitibi-Témiscamingue",)),
    "02": (2, 2, 2, 1, ("Saguenay–Lac-Saint-Jean",)),
    "11-IM": (6, 2, 1, 1, ("Îles-de-la-", "Madeleine")),
    "07": (0, 3, 1, 1, ("Outaouais",)),
    "15": (1, 3, 1, 1, ("Laurentides",)),
    "14": (2, 3, 1, 1, ("Lanaudière",)),
    "04": (3, 3, 1, 1, ("Mauricie",)),
    "03": (4, 3, 1, 1, ("Capitale-", "Nationale")),
    "01": (5, 3, 1, 1, ("Bas-Saint-", "Laurent")),
    "11-GA": (6, 3, 1, 1, ("Gaspésie",)),
    "13": (1, 4, 1, 1, ("Laval",)),
    "06": (2, 4, 1, 1, ("Montréal",)),
    "17": (3, 4, 1, 1, ("Centre-du-", "Québec")),
    "12": (4, 4, 1, 1, ("Chaudière-", "Appalaches")),
    "16": (2, 5, 1, 1, ("Montérégie",)),
    "05": (3, 5, 1, 1, ("Estrie",)),
    "PN": (5, 5, 2, 1, ("Premières Nations",)),
}


@dataclass(frozen=True)
class Measure:
    """What the map shows: a value of a line, written for a person, and said in a sentence."""

    code: str
    label: str
    spoken: str
    value: Callable[[Line], Decimal | None]
    write: Callable[[Decimal], str]


MEASURES = {
    measure.code: measure
    for measure in (
        Measure(
            "engage",
            "Part de l’enveloppe engagée",
            "de l’enveloppe engagée",
            lambda line: line.share_engaged,
            lambda value: formats.percent(round(value)),
        ),
        Measure(
            "verse",
            "Part de l’enveloppe versée",
            "de l’enveloppe versée",
            lambda line: line.share_paid,
            lambda value: formats.percent(round(value)),
        ),
        Measure(
            "levier", "Effet de levier", "du milieu par dollar du Fonds", lambda line: line.leverage, formats.money
        ),
        Measure(
            "projets",
            "Nombre de projets",
            "projets",
            lambda line: Decimal(line.projects),
            lambda v: formats.number(int(v)),
        ),
    )
}


@dataclass(frozen=True)
class Tile:
    line: Line
    x: str
    y: str
    width: str
    height: str
    names: tuple[tuple[str, str], ...]  # (y, words)
    value: str
    shade: int  # 1 to 5; 0 when there is nothing to show
    text_x: str
    code_y: str
    value_x: str
    value_y: str
    corner: str  # path of the corner of an alliance that gives totals only, or ""

    @property
    def dark(self) -> bool:
        return self.shade >= 4


@dataclass(frozen=True)
class TileMap:
    measure: Measure
    tiles: list[Tile]
    legend: list[tuple[int, str]]  # (shade, range of values)
    restricted: bool


def draw(lines: list[Line], measure: Measure) -> TileMap:
    """Tiles in five classes of about equal numbers of alliances; what is written alike is in one class."""
    values = {line.alliance.code: measure.value(line) for line in lines}
    written = {measure.write(value): value for value in sorted(v for v in values.values() if v is not None)}
    bounds = _bounds(list(written.values()))
    tiles = [_tile(line, values[line.alliance.code], bounds, measure) for line in lines if line.alliance.code in PLACES]
    legend = [
        (
            shade,
            f"{measure.write(low)} à {measure.write(high)}"
            if measure.write(low) != measure.write(high)
            else measure.write(low),
        )
        for shade, (low, high) in enumerate(bounds, start=1)
    ]
    return TileMap(measure, tiles, legend, any(not line.alliance.detail_to_ministry for line in lines))


def _bounds(values: list[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """(lowest, highest) of each class; fewer than five where fewer values differ."""
    values = sorted(set(values))
    count = min(5, len(values))
    cuts = [round(i * len(values) / count) for i in range(count + 1)] if count else []
    return [(values[a], values[b - 1]) for a, b in zip(cuts, cuts[1:], strict=False)]


def _tile(line: Line, value: Decimal | None, bounds, measure: Measure) -> Tile:
    column, row, columns, rows, names = PLACES[line.alliance.code]
    x, y = MARGIN + column * CELL, MARGIN + row * HEIGHT
    width, height = columns * CELL - GAP, rows * HEIGHT - GAP
    shade = next((i for i, (_, high) in enumerate(bounds, start=1) if value is not None and value <= high), 0)
    right = x + width
    corner = "" if line.alliance.detail_to_ministry else f"M{right - 22:g} {y + 4:g}h18v18z"
    return Tile(
        line=line,
        x=f"{x:g}",
        y=f"{y:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        names=tuple((f"{y + 36 + 16 * i:g}", words) for i, words in enumerate(names)),
        value=measure.write(value) if value is not None else "—",
        shade=shade,
        text_x=f"{x + 10:g}",
        code_y=f"{y + 18:g}",
        value_x=f"{right - 10:g}",
        value_y=f"{y + height - 10:g}",
        corner=corner,
    )
