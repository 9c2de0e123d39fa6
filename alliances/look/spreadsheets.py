"""Text that goes into a table file: what people typed must not run when somebody opens it."""

# What a spreadsheet takes for the beginning of a formula, in the forms of East Asian keyboards too.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """`text` as no spreadsheet runs it: an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(FORMULAS) or text.lstrip().startswith(FORMULAS) else text
