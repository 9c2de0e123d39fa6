"""Reading the tag tree of a PDF: what a validator does not check, page by page."""

import pikepdf


def elements(pdf: pikepdf.Pdf):
    """All the elements of the structure tree."""
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Array):
            stack.extend(item)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            if "/K" in item:
                stack.append(item.K)


def parent_tree(pdf: pikepdf.Pdf) -> dict[int, object]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip((int(key) for key in numbers[::2]), numbers[1::2], strict=True))


def marks(page: pikepdf.Page) -> tuple[set[int], int]:
    """The marked content ids of a page, and how many runs are declared artifacts of pagination."""
    ids, artifacts = set(), 0
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) != "BDC":
            continue
        tag, properties = instruction.operands
        if str(tag) == "/Artifact":
            artifacts += str(properties.get("/Type", "")) == "/Pagination"
        elif "/MCID" in properties:
            ids.add(int(properties["/MCID"]))
    return ids, artifacts


def fonts(pdf: pikepdf.Pdf) -> set[str]:
    """Names of the fonts used anywhere, without the mark of the subset."""
    names = set()
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/BaseFont" in item:
            names.add(str(item.BaseFont).lstrip("/").split("+")[-1])
    return names
