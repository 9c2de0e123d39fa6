"""Where a page of the list begins: the sort key and id of one row, and its place. Unreadable: the first page."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from alliances.look import parsing

LONGEST = 2400
_BIGGEST = 2**62


@dataclass(frozen=True)
class Cursor:
    """`value`, `pk`: the row that the page follows (or precedes, `back`); `place`: its place in the list, from 1."""

    value: object
    pk: int
    place: int
    back: bool = False

    def write(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        text = json.dumps([value, self.pk, self.place], ensure_ascii=False)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _moment(value: object) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None or not 1900 <= found.year <= 2200:
        raise ValueError
    return found.astimezone(UTC)


def _text(value: object) -> str:
    if not isinstance(value, str) or parsing.has_control(value):
        raise ValueError
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -_BIGGEST < value < _BIGGEST:
        raise ValueError
    return value


_READERS = {
    "updated_at": _moment,
    "title_norm": _text,
    "engaged_cents": _whole,
    "ends_on": lambda value: date.fromisoformat(_text(value)),
}


def read(data, column: str) -> Cursor | None:
    """The cursor of ?apres= or ?avant=, for a list sorted by `column`; None for none and for what cannot be read."""
    back = "avant" in data
    packed = data.get("avant") if back else data.get("apres")
    if not packed or len(packed) > LONGEST:
        return None
    try:
        text = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True).decode()
        value, pk, place = json.loads(text)
        return Cursor(_READERS[column](value), _whole(pk), max(_whole(place), 1), back)
    except (ValueError, TypeError, RecursionError, OverflowError, binascii.Error):
        return None
