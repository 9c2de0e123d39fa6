"""The typography of French texts that we write, never of what people type; a test wants no change.

Rules of the house: ’ between letters; U+00A0 before « : » % $ » and units, after «, between thousands, between a day
and its month and around the h of hours; nothing before ; ? ! and the ellipsis.
"""

from __future__ import annotations

import ast
import re

from alliances.look.formats import MONTHS, NBSP

_UNITS = r"(?:[kMG]?\$|[kMG]o|h|min|s|km|octets?)"
_RULES = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\S)[ \u202f](?=:(?:\s|$))"), NBSP),
    (re.compile(r"(?<=\S)[ \u202f](?=(?:»|%%|%(?!\()|\$))"), NBSP),
    (re.compile(r"(?<=«)[ \u202f]"), NBSP),
    (re.compile(r"(?<=\d)[ \u202f](?=\d{3}(?!\d))"), NBSP),
    (re.compile(rf"(?<=\d)[ \u202f](?={_UNITS}(?![\w’-]))"), NBSP),
    (re.compile(rf"(?<=\d{NBSP}h)[ \u202f](?=\d)"), NBSP),
    (re.compile(rf"(?<=\d{NBSP}min)[ \u202f](?=\d)"), NBSP),
    (re.compile(rf"(?<=\d)[ \u202f](?=(?:{'|'.join(MONTHS)})\b)"), NBSP),
    (re.compile(rf"(?<=\b1er)[ \u202f](?=(?:{'|'.join(MONTHS)})\b)"), NBSP),
    (re.compile(rf"(?<=\w)[ {NBSP}\u202f]+(?=[;?!…](?:\s|$))"), ""),
)


def typeset(text: str) -> str:
    """`text` with the characters of the house rules; a text already right comes back unchanged."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


# A tag or a value stands for one character of a word while the text around it is looked at.
_HIDDEN = re.compile(
    r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|"
    r"<(?:\{%.*?%\}|\{\{.*?\}\}|[^<>])*>",
    re.DOTALL,
)
_QUOTED = re.compile(
    r"""((?:\{%\s*(?:trans|translate)\s+|_\(|\b(?:title|label|aria-label|note|hint|caption|why|action|what|button)=))"""
    r"""("[^"{]*"|'[^'{]*')"""
)
_CALLS = {"_", "gettext", "gettext_lazy", "pgettext_lazy", "ngettext", "ngettext_lazy", "npgettext_lazy"}
_PRIVATE = 0xE000


def typeset_template(source: str) -> str:
    """The same for a template: its texts, its translated strings and the attributes that are read; nothing else."""
    source = _QUOTED.sub(lambda found: found[1] + found[2][0] + typeset(found[2][1:-1]) + found[2][-1], source)
    hidden: list[str] = []

    def hide(found: re.Match) -> str:
        hidden.append(found[0])
        return chr(_PRIVATE + (len(hidden) - 1) % 6000)

    text = typeset(_HIDDEN.sub(hide, source))
    pieces = iter(hidden)
    return re.sub(r"[\ue000-\uf8ff]", lambda _mark: next(pieces), text)


def typeset_python(source: str) -> str:
    """The same for a module: the literals given to gettext and its sisters."""
    lines = source.encode().splitlines(keepends=True)
    spans = [
        (arg.lineno - 1, arg.col_offset, arg.end_lineno - 1, arg.end_col_offset)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in _CALLS
        for arg in call.args
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    ]
    for first, start, last, end in sorted(set(spans), reverse=True):
        block = b"".join(lines[first : last + 1])
        tail = len(block) - (len(lines[last]) - end)
        block = block[:start] + typeset(block[start:tail].decode()).encode() + block[tail:]
        lines[first : last + 1] = block.splitlines(keepends=True)
    return b"".join(lines).decode()
