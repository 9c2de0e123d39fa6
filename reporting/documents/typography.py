"""Fonts and characters of the printed documents: which vendored faces a text needs, and what none of them can draw.

Nothing is left to the fonts of the machine: a missing face would change the bytes, and a glyph that no font has makes a
file that is no longer archival. So every character is either covered by a vendored face or replaced by a visible mark.
"""

import functools
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
UNKNOWN = "\ufffd"

# The kit's Latin subset lacks these: the nearest character it has. The last two only steer the colour of emoji.
SUBSTITUTES = {"\u202f": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2007": "\u00a0", "\ufe0f": "", "\ufe0e": ""}


@dataclass(frozen=True)
class Face:
    file: str
    weight: int = 400
    style: str = "normal"


@dataclass(frozen=True)
class Family:
    """One family name of the style sheets. `always` families are loaded in every document, the others on demand."""

    name: str
    faces: tuple[Face, ...]
    always: bool = False

    @functools.cached_property
    def covers(self) -> frozenset[int]:
        with TTFont(BytesIO((FONTS / self.faces[0].file).read_bytes()), lazy=True) as font:
            return frozenset(font.getBestCmap())

    @property
    def rules(self) -> str:
        return "\n".join(
            f'@font-face {{ font-family: "{self.name}"; font-weight: {face.weight}; font-style: {face.style};'
            f' src: url("res:{face.file}") }}'
            for face in self.faces
        )


# In the order in which a character looks for its glyph. Each file has a family of its own: no unicode-range needed.
FAMILIES = (
    Family(
        "Open Sans",
        (
            Face("open-sans-v43-latin-regular.woff2"),
            Face("open-sans-v43-latin-italic.woff2", style="italic"),
            Face("open-sans-v43-latin-700.woff2", 700),
        ),
        always=True,
    ),
    Family("Roboto", (Face("roboto-v48-latin-700.woff2", 700),), always=True),
    Family(
        "Open Sans Ext",
        (Face("open-sans-latin-ext-400-normal.woff2"), Face("open-sans-latin-ext-700-normal.woff2", 700)),
    ),
    Family(
        "Open Sans Math",
        (Face("open-sans-math-400-normal.woff2"), Face("open-sans-math-700-normal.woff2", 700)),
    ),
    Family("Noto Sans Ext", (Face("noto-sans-latin-ext-400-normal.woff2"),)),
    Family(
        "Noto Syllabics",
        (
            Face("noto-sans-canadian-aboriginal-canadian-aboriginal-400-normal.woff2"),
            Face("noto-sans-canadian-aboriginal-canadian-aboriginal-700-normal.woff2", 700),
        ),
    ),
    Family("Noto Emoji", (Face("noto-emoji-emoji-400-normal.woff2"),)),
)
FALLBACKS = ", ".join(f'"{family.name}"' for family in FAMILIES if not family.always)


def is_xml(char: str) -> bool:
    """Whether XML 1.0 allows the character at all (no control characters, no lone surrogates)."""
    code = ord(char)
    return char in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def settle(source: str) -> tuple[str, tuple[Family, ...]]:
    """Return the text with only characters that can be printed, and the families it needs beyond those always loaded.

    The text is composed first (e + combining acute becomes é); what no vendored face covers becomes U+FFFD « � ».
    """
    source = unicodedata.normalize("NFC", source)
    replaced: dict[int, str] = {}
    needed = set()
    basic = FAMILIES[0].covers & FAMILIES[1].covers
    for char in sorted(set(source)):
        code = ord(char)
        if not is_xml(char):  # first: some faces have a glyph for U+0000
            family = None
        elif code in basic or char in "\t\n\r":
            continue
        elif char in SUBSTITUTES:
            replaced[code] = SUBSTITUTES[char]
            continue
        else:
            family = next((family for family in FAMILIES if code in family.covers), None)
        if family is None:
            # an invisible steering character is dropped, anything a reader would have seen leaves a mark
            unseen = unicodedata.category(char) in ("Cc", "Cf")
            replaced[code] = "" if unseen else UNKNOWN
        elif not family.always:
            needed.add(family)
    return source.translate(replaced), tuple(family for family in FAMILIES if family in needed)


def resources(families: tuple[Family, ...]) -> dict[str, tuple[bytes, str]]:
    """Font files of the families, as the sealed fetcher serves them."""
    return {
        f"res:{face.file}": ((FONTS / face.file).read_bytes(), "font/woff2")
        for family in families
        for face in family.faces
    }
