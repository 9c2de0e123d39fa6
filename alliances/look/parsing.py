"""Reading what people type: amounts, counts, percentages, dates, numbers of the field. Pure functions, no Django form.

Each raises Refused with the code of alliances/look/messages.py that says what to do.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

LONGEST = 64  # characters of a figure or a date; beyond, nobody typed it
MONEY_DIGITS = 12
MONEY_MAX = Decimal("999999999999.99")
# Spaces that word processors and telephones put between thousands or before the dollar sign.
_SPACES = "\u0020\u0009\u00a0\u2007\u2009\u202f\u2002\u2003"
_SPACE = f"[{_SPACES}]"
_MINUS = "-\u2212\u2013\u2011"
_FIGURE = re.compile(
    rf"(?P<whole>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]*)(?:(?P<mark>[.,])(?P<cents>[0-9]*))?", re.ASCII
)
_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")
# Marks that change the direction of a text and can disguise it; people do not type them.
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PHONE = re.compile(r"(?:1)?([2-9][0-9]{2})([2-9][0-9]{2})([0-9]{4})", re.ASCII)
_POSTAL = re.compile(r"([GHJ][0-9][ABCEGHJ-NPRSTV-Z])([0-9][ABCEGHJ-NPRSTV-Z][0-9])", re.ASCII)


class Refused(ValueError):
    """What was typed cannot be read; `code` names the message, `params` fills it."""

    def __init__(self, code: str, **params: object):
        super().__init__(code)
        self.code = code
        self.params = params


def has_control(text: str) -> bool:
    """Whether `text` holds what no one can type or store: NUL, control characters, halves of a character."""
    return _CONTROL.search(text) is not None


def without_bidi(text: str) -> str:
    """`text` without the marks that reverse its direction."""
    return _BIDI.sub("", text)


def money(typed: str, *, allow_negative: bool = False) -> Decimal:
    """An amount to the cent from `12345.67`, `12345,67`, `12 345,67 $`, `12 345`.

    E05 unreadable, E06 ambiguous, E07 more than two decimals, E08 negative, E10 more than 12 digits before the comma.
    """
    text = typed.strip(_SPACES + "\r\n")
    if len(text) > LONGEST:
        raise Refused("E10", max=MONEY_MAX) if text.isdigit() and text.isascii() else Refused("E05")
    text = text.removesuffix("$").removeprefix("$").strip(_SPACES)
    negative = text[:1] != "" and text[0] in _MINUS
    if negative:
        text = text[1:].strip(_SPACES).removeprefix("$").strip(_SPACES)
    if not re.search(r"[0-9]", text, re.ASCII) or re.search(rf"[^0-9.,{_SPACES}]", text):
        raise Refused("E05")
    if ("." in text and "," in text) or text.count(".") > 1 or text.count(",") > 1:
        raise Refused("E06")
    found = _FIGURE.fullmatch(text)
    if found is None:
        raise Refused("E05")
    whole = re.sub(_SPACE, "", found["whole"]).lstrip("0")
    cents = found["cents"] or ""
    if len(cents) == 3 and found["mark"] == ".":
        raise Refused("E06")
    if len(cents) > 2:
        raise Refused("E07")
    if len(whole) > MONEY_DIGITS:
        raise Refused("E10", max=MONEY_MAX)
    value = Decimal(f"{whole or '0'}.{cents or '0'}").quantize(Decimal("0.01"))
    if negative and value:
        if not allow_negative:
            raise Refused("E08")
        value = -value
    return value


def count(typed: str, *, most: int = 2_147_483_647) -> int:
    """A whole number from `1234` or `1 234`. E11 anything else, E10 above `most`."""
    text = typed.strip(_SPACES + "\r\n")
    if text.isdigit() and text.isascii() and len(text.lstrip("0")) > 12:
        raise Refused("E10", max=most)
    if len(text) > LONGEST or not re.fullmatch(rf"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+", text, re.ASCII):
        raise Refused("E11")
    value = int(re.sub(_SPACE, "", text))
    if value > most:
        raise Refused("E10", max=most)
    return value


def percent(typed: str, *, places: int = 2, most: Decimal = Decimal(100)) -> Decimal:
    """A percentage from 0 to `most` from `12,5`, `12.5 %`. E12 anything else."""
    text = typed.strip(_SPACES + "\r\n").removesuffix("%").strip(_SPACES)
    found = re.fullmatch(r"([0-9]{1,6})(?:[.,]([0-9]{1,8}))?", text, re.ASCII)
    if found is None or len((found[2] or "").rstrip("0")) > places:
        raise Refused("E12")
    value = Decimal(f"{found[1]}.{found[2] or '0'}")
    if value > most:
        raise Refused("E12")
    return value.quantize(Decimal(1).scaleb(-places))


def day(typed: str) -> dt.date:
    """A date in the order year-month-day. E15 unreadable, E14 not in the calendar."""
    text = typed.strip(_SPACES + "\r\n")
    found = _DAY.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise Refused("E15")
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise Refused("E14") from error


def neq(typed: str) -> str:
    """The ten digits of a Québec enterprise number. E20 anything else."""
    text = re.sub(rf"[{_SPACES}\-]", "", typed[: LONGEST * 2])
    if not re.fullmatch(r"(?:11|22|33|88)[0-9]{8}", text, re.ASCII):
        raise Refused("E20")
    return text


def neq_checksum_ok(number: str) -> bool:
    """Whether the last eight digits satisfy Luhn's check: observed, written nowhere, so a warning."""
    total = 0
    for index, character in enumerate(reversed(number[2:])):
        digit = int(character) * (2 if index % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def postal_code(typed: str) -> str:
    """« G1A 1A1 », a code of Québec. E22 anything else."""
    text = re.sub(rf"[{_SPACES}\-]", "", typed[:LONGEST]).upper()
    found = _POSTAL.fullmatch(text)
    if found is None:
        raise Refused("E22")
    return f"{found[1]} {found[2]}"


def telephone(typed: str) -> str:
    """« 418 555-0123 » or « 418 555-0123, poste 12 ». E23 anything else."""
    text = typed.strip(_SPACES + "\r\n")
    if len(text) > LONGEST:
        raise Refused("E23")
    main, _mark, extension = re.sub(r"(?i)\b(?:poste|ext\.?|p\.|x)\s*(?=[0-9])|#", "|", text).partition("|")
    digits = re.sub(r"[^0-9+]", "", main, flags=re.ASCII).removeprefix("+")
    found = _PHONE.fullmatch(digits)
    if (
        found is None
        or not re.fullmatch(rf"[0-9+().,\-{_SPACES}]*", main)
        or not re.fullmatch(r"\s*[0-9]{0,6}\s*", extension, re.ASCII)
    ):
        raise Refused("E23")
    number = f"{found[1]} {found[2]}-{found[3]}"
    if digits.startswith("1") and found[1].startswith("8"):
        number = f"1 {number}"
    return f"{number}, poste {extension.strip()}" if extension.strip() else number
