"""Horizontal bars, one a row, each in parts: money by priority, by territory, by project."""

from dataclasses import dataclass
from decimal import Decimal

from reporting.charts.drawing import Drawing
from reporting.charts.wording import fold, room


@dataclass(frozen=True)
class Bar:
    """`parts` are amounts in the order of the legend; `figure` ends the bar, `aside` stands at the right."""

    label: str
    parts: tuple[Decimal, ...]
    figure: str
    aside: str = ""


@dataclass(frozen=True)
class Bars:
    """`legend` names the parts: ((label, ink), …), inks of `drawing.INKS`. `width` and `size` of text in drawing units:
    408 and 8.8 in print, 740 and 13 on a page."""

    title: str
    legend: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    width: float = 408
    size: float = 8.8

    @property
    def drawing(self) -> Drawing:
        size, drawing = self.size, Drawing(self.title, self.width)
        names = self.width * 0.32
        start = names + size * 0.9
        small = size * 0.91
        asides = max((room(bar.aside, small) for bar in self.bars), default=0)
        figures = max((room(bar.figure, size) for bar in self.bars), default=0) * 1.1
        longest = max((sum(bar.parts) for bar in self.bars), default=0) or Decimal(1)
        scale = (self.width - start - figures - asides - size * 2.4) / float(longest)
        thick, y = size * 1.45, self._legend(drawing, start)
        for bar in self.bars:
            lines = fold(bar.label, size, names)
            x = start
            top = y + max(0, (len(lines) - 1) * size * 0.6)
            for line, words in enumerate(lines):
                base = top + thick / 2 + size * 0.36 + (line - (len(lines) - 1) / 2) * size * 1.2
                drawing.write(names, base, words, size, anchor="end")
            for (_label, ink), amount in zip(self.legend, bar.parts, strict=True):
                length = max(float(amount), 0) * scale
                if length:
                    drawing.rect(x, top, length, thick, ink)
                    x += length
            if x == start:  # an amount of zero still has its place on the axis
                drawing.line(start, top, start, top + thick)
            drawing.write(x + size * 0.7, top + thick * 0.72, bar.figure, size, bold=True)
            if bar.aside:
                drawing.write(self.width, top + thick * 0.72, bar.aside, small, muted=True, anchor="end")
            y = top + thick + max(0, (len(lines) - 1) * size * 0.6) + size * 0.82
        drawing.height = y - size * 0.3
        return drawing

    def _legend(self, drawing: Drawing, x: float) -> float:
        """Draw the key above the bars when there is more than one part; return where the bars begin."""
        if len(self.legend) < 2:
            return 1
        size = self.size * 0.91
        for label, ink in self.legend:
            drawing.rect(x, 1, size * 1.1, size * 1.1, ink)
            drawing.write(x + size * 1.6, 1 + size, label, size)
            x += size * 3.6 + room(label, size)
        return size * 2.8
