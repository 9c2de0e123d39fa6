"""From an opening balance to a closing one, a step for each movement: the envelope over a year."""

from dataclasses import dataclass
from decimal import Decimal

from reporting.charts.drawing import Drawing
from reporting.charts.wording import fold


@dataclass(frozen=True)
class Step:
    """A movement (`amount`, negative when money leaves) or, with `balance`, the state of the account itself."""

    label: str
    amount: Decimal
    figure: str
    balance: bool = False


@dataclass(frozen=True)
class Steps:
    """`width` and `size` in drawing units: 548 and 8.6 in print, 740 and 13 on a page. The first step is a balance."""

    title: str
    steps: tuple[Step, ...]
    width: float = 548
    size: float = 8.6
    rise: float = 112

    @property
    def drawing(self) -> Drawing:
        drawing, size = Drawing(self.title, self.width), self.size
        levels, level = [], Decimal(0)
        for step in self.steps:
            before = Decimal(0) if step.balance else level
            level = step.amount if step.balance else level + step.amount
            levels.append((before, level))
        ends = [end for pair in levels for end in pair] + [Decimal(0)]
        low, high = float(min(ends)), float(max(ends))
        scale = self.rise / ((high - low) or 1)
        top = size * 1.9
        slot = self.width / len(self.steps)
        thick = slot * 0.8

        def height(amount):
            return top + (high - float(amount)) * scale

        deepest = 1
        floor = height(0)
        drawing.line(0, floor, self.width, floor)
        for rank, (step, (before, after)) in enumerate(zip(self.steps, levels, strict=True)):
            x = rank * slot + (slot - thick) / 2
            upper, lower = height(max(before, after)), height(min(before, after))
            ink = "paid" if step.balance else "received" if step.amount >= 0 else "free"
            drawing.rect(x, upper, thick, max(lower - upper, 1.2), ink)
            if rank + 1 < len(self.steps):
                drawing.line(x + thick, height(after), x + slot, height(after), "2 1.5")
            middle = x + thick / 2
            drawing.write(middle, upper - size * 0.6, step.figure, size, bold=True, anchor="middle")
            base = height(low) + size * 1.55
            labels = fold(step.label, size * 0.93, slot * 0.98, 3)
            deepest = max(deepest, len(labels))
            for line, words in enumerate(labels):
                drawing.write(middle, base + line * size * 1.2, words, size * 0.93, bold=step.balance, anchor="middle")
        drawing.height = top + self.rise + size * (0.9 + 1.2 * deepest)
        return drawing
