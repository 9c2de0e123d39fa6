"""Map of the regions of Québec in tiles of one size, where a small region is as easy to find as a vast one."""

from dataclasses import dataclass

from reporting.charts.drawing import Drawing, Rect, units

# code: (short name, column, row)
REGIONS = {
    "10": ("Nord-du-Qc", 3, 0),
    "08": ("Abitibi-T.", 1, 1),
    "02": ("Saguenay–L.", 4, 1),
    "09": ("Côte-Nord", 6, 1),
    "07": ("Outaouais", 0, 2),
    "15": ("Laurentides", 1, 2),
    "14": ("Lanaudière", 2, 2),
    "04": ("Mauricie", 3, 2),
    "03": ("Cap.-Nat.", 4, 2),
    "01": ("Bas-St-L.", 5, 2),
    "11": ("Gaspésie–Î.", 6, 2),
    "13": ("Laval", 1, 3),
    "06": ("Montréal", 2, 3),
    "17": ("Centre-du-Q.", 3, 3),
    "12": ("Chaud.-App.", 4, 3),
    "16": ("Montérégie", 2, 4),
    "05": ("Estrie", 3, 4),
}
SIDE, STEP = 58, 63


@dataclass(frozen=True)
class Tiles:
    """`chosen` is the code of the region to show, "" for none."""

    title: str
    chosen: str = ""

    @property
    def drawing(self) -> Drawing:
        drawing = Drawing(self.title, 6 * STEP + SIDE + 1, 4 * STEP + SIDE + 1, css="tiles")
        for code, (name, column, row) in REGIONS.items():
            x, y, here = column * STEP + 0.5, row * STEP + 0.5, code == self.chosen
            if here:
                drawing.rect(x, y, SIDE, SIDE, "brand", radius=3)
            else:
                drawing.rects.append(
                    Rect(units(x), units(y), units(SIDE), units(SIDE), "c-tile", "#ffffff", "#b9c2cf", "3.0")
                )
            drawing.write(x + 6, y + 17, code, 12, bold=True, muted=not here, white=here, family="Roboto")
            drawing.write(x + 6, y + 51, name, 7.6, bold=here, muted=not here, white=here)
        return drawing
