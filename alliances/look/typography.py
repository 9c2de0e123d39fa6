"""The typography of French texts that we write, never of what people type; a test wants no change.

Rules of the house: ’ between letters; U+00A0 before « : » % $ » and units, after «, between thousands, between a day
and its month and around the h of hours; nothing before ; ? ! and the ellipsis.
"""

from __future__ import annotations

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
