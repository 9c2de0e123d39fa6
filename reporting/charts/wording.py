"""How much room a label takes, and how to cut one that takes too much. Estimates for Open Sans, rather generous."""

NARROW = frozenset("iljtfrI.,;:!|'’()[]\u00a0 ")
WIDE = frozenset("mwMW@%ŒœÆæ—")
ELLIPSIS = "…"


def room(text: str, size: float) -> float:
    """Width of the text in the units of `size`."""
    total = 0.0
    for char in text:
        if char in NARROW:
            total += 0.31
        elif char in WIDE or ord(char) > 0x2E7F:
            total += 0.95
        elif char.isupper() or ord(char) >= 0x1400:
            total += 0.68
        else:
            total += 0.565
    return total * size * 1.03


def cut(text: str, size: float, width: float) -> str:
    """The text, or as much of it as fits with an ellipsis: the whole is in the table beside every chart."""
    if room(text, size) <= width:
        return text
    low, high = 0, min(len(text), 400)
    while low < high:
        middle = (low + high + 1) // 2
        if room(text[:middle].rstrip() + ELLIPSIS, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" \u00a0,;:–-") + ELLIPSIS


def fold(text: str, size: float, width: float, most: int = 2) -> list[str]:
    """The text on at most `most` lines of that width, cut at the end of the last."""
    lines, words = [], text.split(" ")
    while words and len(lines) < most:
        line = words.pop(0)
        while words and room(f"{line} {words[0]}", size) <= width:
            line = f"{line} {words.pop(0)}"
        if len(lines) == most - 1 and words:
            line = " ".join([line, *words])
            words = []
        lines.append(cut(line, size, width))
    return lines
