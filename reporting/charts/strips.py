"""One bar for a whole, cut in parts: where the money comes from, what is left of an envelope."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reporting.charts.drawing import Drawing, is_white
from reporting.charts.wording import cut, room

# Rows for labels, in the order in which they are tried: above (1, 2…) and below (−1, −2…) in turn.
ROWS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5)


@dataclass(frozen=True)
class Part:
    """`label` stands outside the bar, `figure` inside it where it fits (the share in percent when empty)."""

    label: str
    value: Decimal
    ink: str
    figure: str = ""


@dataclass(frozen=True)
class Strip:
    """Parts without value are left out. `width` and `size` in drawing units: 408 or 548 and 8.8 in print, 740 and 13 on
    a page. Labels find a free place above or below the bar by themselves."""

    title: str
    parts: tuple[Part, ...]
    width: float = 548
    size: float = 8.8

    def share(self, part: Part) -> str:
        whole = sum((other.value for other in self.parts), Decimal(0))
        percent = (100 * part.value / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return f"{percent}\u00a0%" if percent else "<\u00a01\u00a0%"

    @property
    def drawing(self) -> Drawing:
        drawing, size = Drawing(self.title, self.width), self.size
        parts = [part for part in self.parts if part.value > 0]
        whole = float(sum(part.value for part in parts)) or 1.0
        boxes, x = [], 0.4
        for part in parts:
            length = float(part.value) / whole * (self.width - 0.8)
            boxes.append((part, x, length))
            x += length
        places = self._places(boxes)
        rows_above = max((row for row, _x, _text in places if row > 0), default=0)
        rows_below = max((-row for row, _x, _text in places if row < 0), default=0)
        step, thick = size * 1.35, size * 3.6
        top = rows_above * step + (size * 0.35 if rows_above else 1)
        for (part, x, length), (row, at, text) in zip(boxes, places, strict=True):
            drawing.rect(x, top, length, thick, part.ink)
            inside = next(
                (
                    words
                    for words in (part.figure, self.share(part))
                    if words and room(words, size * 1.08) * 1.08 < length - size
                ),
                "",
            )
            drawing.write(
                x + size * 0.55, top + thick / 2 + size * 0.4, inside, size * 1.08, bold=True, white=is_white(part.ink)
            )
            above, below = top - size * 0.55 - (row - 1) * step, top + thick + size * 1.25 + (-row - 1) * step
            base = above if row > 0 else below
            if abs(row) > 1 and text:  # a label that stands away from its part is tied to it
                edge = (top, base + size * 0.25) if row > 0 else (top + thick, base - size)
                drawing.line(x + length / 2, edge[0], x + length / 2, edge[1])
            drawing.write(at, base, text, size)
        drawing.height = top + thick + rows_below * step + size * 0.5
        return drawing

    def _places(self, boxes):
        """For each part (row, x, text): row 1, 2… above the bar, −1, −2… below, the first where the label is free."""
        taken, places = {}, []
        for rank, (part, x, length) in enumerate(boxes):
            text = cut(part.label, self.size, self.width * 0.42)
            need = room(text, self.size)
            # A label wider than its part ends with it: it never lies in the way of the ties of the parts that follow.
            at = x + 0.6 if need < length else x + length - need
            at = max(0.0, min(at, self.width - need))
            row = next(
                (
                    row
                    for row in (ROWS if rank % 2 == 0 else tuple(-row for row in ROWS))
                    if self._is_free(taken, row, at, need, [x + length / 2] if abs(row) > 1 else [])
                ),
                0,
            )
            if not row:  # no room anywhere: the table beside the chart names this part
                places.append((1, 0.0, ""))
                continue
            taken.setdefault(row, []).append((at - self.size * 0.6, at + need + self.size * 0.6))
            for inner in range(1, abs(row)):  # the tie crosses the rows between
                taken.setdefault(inner if row > 0 else -inner, []).append((x + length / 2 - 1, x + length / 2 + 1))
            places.append((row, at, text))
        return places

    @staticmethod
    def _is_free(taken, row, at, need, ties):
        def clear(line, left, right):
            return all(right <= start or left >= end for start, end in taken.get(line, ()))

        inner = range(1, abs(row))
        return clear(row, at, at + need) and all(
            clear(line if row > 0 else -line, tie - 1, tie + 1) for tie in ties for line in inner
        )
