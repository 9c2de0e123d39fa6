"""The marks a chart is made of, ready for `templates/charts/chart.svg`: rectangles, lines and texts in drawing units.

A chart is drawn once, by the server, for two media. Colours and faces of the print are presentation attributes; on a
page the classes of the portal's style sheet take over, since any rule of a style sheet outranks an attribute. Numbers
are strings already: Django would write a decimal comma into the drawing.
"""

from dataclasses import dataclass, field

INK = "#1f2f47"
MUTED = "#5a6678"
WHITE = "#ffffff"

# Print fill, print outline, whether a text on it is white. Neighbours alternate dark and light and are outlined, so
# that nothing depends on colour; the class of each is `c-<name>`.
INKS = {
    "brand": ("#095797", "#1f2f47", True),
    "spent": ("#1f2f47", "#1f2f47", True),
    "paid": ("#095797", "#1f2f47", True),
    "committed": ("#d5e3ef", "#6f9cc4", False),
    "free": ("#ffffff", "#1f2f47", False),
    "partner": ("#f0dcae", "#c98a1b", False),
    "received": ("#6f9cc4", "#1f2f47", False),
    "source-1": ("#d5e3ef", "#1f2f47", False),
    "source-2": ("#c98a1b", "#1f2f47", False),
    "source-3": ("#f0dcae", "#1f2f47", False),
    "source-4": ("#6f9cc4", "#1f2f47", False),
    "source-5": ("#ffffff", "#1f2f47", False),
    "source-6": ("#e4e7ec", "#1f2f47", False),
}
SOURCES = tuple(name for name in INKS if name.startswith("source-"))


def units(value) -> str:
    """A coordinate with one decimal and a point, whatever the language."""
    return f"{float(value):.1f}"


@dataclass(frozen=True)
class Rect:
    x: str
    y: str
    width: str
    height: str
    css: str
    fill: str
    stroke: str
    radius: str = "0"


@dataclass(frozen=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str
    dashes: str = ""


@dataclass(frozen=True)
class Text:
    x: str
    y: str
    text: str
    size: str
    css: str = ""
    weight: str = "400"
    fill: str = INK
    anchor: str = "start"
    family: str = "Open Sans"


@dataclass
class Drawing:
    """What a chart hands to the template. `title` is its accessible name and says what the picture shows; `css` is the
    class of the whole, by which a page sets the size of its texts."""

    title: str
    width: float
    height: float = 0
    rects: list[Rect] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    css: str = "chart"

    @property
    def view_box(self) -> str:
        return f"0 0 {units(self.width)} {units(self.height)}"

    @property
    def size(self) -> tuple[str, str]:
        return units(self.width), units(self.height)

    def rect(self, x, y, width, height, ink, radius=0):
        fill, stroke, _white = INKS[ink]
        self.rects.append(
            Rect(units(x), units(y), units(width), units(height), f"c-{ink}", fill, stroke, units(radius))
        )

    def line(self, x1, y1, x2, y2, dashes=""):
        self.lines.append(Line(units(x1), units(y1), units(x2), units(y2), dashes))

    def write(self, x, y, text, size, *, bold=False, muted=False, white=False, anchor="start", family="Open Sans"):
        css = " ".join(name for name, on in (("tb", bold), ("t2", muted), ("inbar", white)) if on)
        fill = WHITE if white else MUTED if muted else INK
        weight = "700" if bold else "400"
        self.texts.append(Text(units(x), units(y), text, units(size), css, weight, fill, anchor, family))


def is_white(ink: str) -> bool:
    """Whether a text on this ink must be white to be read."""
    return INKS[ink][2]
