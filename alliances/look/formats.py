"""How amounts, dates, hours and numbers are written in French (fr-CA). Pure functions: values in, text out.

Spaces that must not break are U+00A0 and the minus sign is U+2212. Django's TIME_FORMAT and DATE_FORMAT are never used:
they print « 13 01 05 » and « 1 avril ». Money is Decimal (or int); a float raises TypeError: it has already lost cents.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "—"  # « sans objet »; an unknown figure is not a zero
EASTERN = ZoneInfo("America/Toronto")
ZONE_NAMES = {"America/Toronto": "heure de l’Est", "America/Halifax": "heure de l’Atlantique"}
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
CENT = Decimal("0.01")


def _decimal(value: Decimal | int) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"money and rates are Decimal or int, not {type(value).__name__}")
    return Decimal(value)


def _grouped(value: Decimal, places: int) -> str:
    """Digits with U+00A0 between thousands, a comma, exactly `places` decimals, U+2212 when negative."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}".replace(",", NBSP).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def count(value: int) -> str:
    """1234 → « 1 234 »."""
    return _grouped(_decimal(value), 0)


def number(value: Decimal | int, places: int = 2) -> str:
    """A plain number with at most `places` decimals, without trailing zeros: Decimal("12.50") → « 12,5 »."""
    text = _grouped(_decimal(value), places)
    return text.rstrip("0").rstrip(",") if "," in text else text


def amount(value: Decimal | int) -> str:
    """The figure alone, for the cells of a table whose head carries ($): « 1 234 567,89 »."""
    return _grouped(_decimal(value), 2)


def money(value: Decimal | int) -> str:
    """« 1 234 567,89 $ », always with its cents."""
    return f"{amount(value)}{NBSP}$"


def money_whole(value: Decimal | int) -> str:
    """« 5 735 682 $ », only where the source has no cents."""
    return f"{_grouped(_decimal(value), 0)}{NBSP}$"


_SCALES = (
    (Decimal(10) ** 9, "G$", "milliard", "milliards"),
    (Decimal(10) ** 6, "M$", "million", "millions"),
    (Decimal(10) ** 3, "k$", "millier", "milliers"),
)


def _scaled(value: Decimal | int) -> tuple[Decimal, tuple | None]:
    value = _decimal(value)
    if abs(value) < 1000:
        return value, None
    for scale in _SCALES:
        # 999 999 $ is « 1 M$ », not « 1 000 k$ »: what counts is the figure once rounded.
        if abs(value / scale[0]).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) >= 1:
            return value / scale[0], scale
    return value, None


def money_short(value: Decimal | int) -> str:
    """« 26,1 M$ », « 84,5 k$ », « 115 M$ » for cards and charts; `money_spoken` gives the accessible name."""
    scaled, scale = _scaled(value)
    return money_whole(value) if scale is None else f"{number(scaled, 1)}{NBSP}{scale[1]}"


def money_spoken(value: Decimal | int) -> str:
    """« 26,1 millions de dollars », as said in a sentence. Below a million, the amount in full."""
    scaled, scale = _scaled(value)
    if scale is None or scale[1] == "k$":
        return money_whole(value)
    return f"{number(scaled, 1)}{NBSP}{scale[3] if abs(scaled) >= 2 else scale[2]} de dollars"


def percent(value: Decimal | int, places: int = 1) -> str:
    """A value already in percent: Decimal("12.5") → « 12,5 % », Decimal(40) → « 40 % »."""
    return f"{number(value, places)}{NBSP}%"


def day(value: dt.date) -> str:
    """« 1er avril 2022 », « 21 mai 2021 », as plain text."""
    return f"{ordinal_day(value)}{NBSP}{MONTHS[value.month - 1]} {value.year}"


def ordinal_day(value: dt.date) -> str:
    """« 1er » for the first of a month, the number for all others."""
    return "1er" if value.day == 1 else str(value.day)


def long_day(value: dt.date) -> str:
    """« vendredi 21 mai 2021 »."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def iso(value: dt.date) -> str:
    """« 2022-03-31 », for tables, forms and files."""
    return f"{value:%Y-%m-%d}" if value.year > 999 else value.isoformat()[:10]


def hour(value: dt.time | dt.datetime) -> str:
    """« 9 h », « 13 h 05 »."""
    text = f"{value.hour}{NBSP}h"
    return f"{text}{NBSP}{value.minute:02d}" if value.minute else text


def local(value: dt.datetime, zone: ZoneInfo = EASTERN) -> dt.datetime:
    """The same instant on the clock of `zone`. A naive datetime raises ValueError: its zone would be a guess."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(zone)


def when(value: dt.datetime, zone: ZoneInfo = EASTERN) -> str:
    """« 21 mai 2021, 13 h 05 »."""
    value = local(value, zone)
    return f"{day(value)}, {hour(value)}"


def deadline(value: dt.datetime, zone: ZoneInfo = EASTERN) -> str:
    """« vendredi 21 mai 2021 à 17 h (heure de l’Est) »."""
    value = local(value, zone)
    return f"{long_day(value)} à {hour(value)} ({ZONE_NAMES.get(zone.key, zone.key)})"


def receipt(value: dt.datetime, zone: ZoneInfo = EASTERN) -> str:
    """« 21 mai 2021, 16 h 58 min 42 s (UTC−4) », for what proves an hour of arrival."""
    value = local(value, zone)
    minutes = int(value.utcoffset().total_seconds()) // 60
    sign = MINUS if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    offset = f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
    clock = f"{value.hour}{NBSP}h{NBSP}{value.minute:02d}{NBSP}min{NBSP}{value.second:02d}{NBSP}s"
    return f"{day(value)}, {clock} ({offset})"


def fiscal_year(start: int) -> str:
    """2021 → « 2021-2022 », the year from 1 April to 31 March, stored by its first."""
    return f"{start}-{start + 1}"


def period(start: dt.date, end: dt.date) -> str:
    """« du 1er avril 2021 au 31 mars 2022 inclusivement »."""
    return f"du {day(start)} au {day(end)} inclusivement"


def size(octets: int) -> str:
    """« 512 octets », « 84 ko », « 2,4 Mo »."""
    if octets < 1000:
        return f"{octets}{NBSP}{'octets' if octets > 1 else 'octet'}"
    if octets < 999_500:
        return f"{count(Decimal(octets) / 1000)}{NBSP}ko"
    if octets < 999_950_000:
        return f"{number(Decimal(octets) / 1_000_000, 1)}{NBSP}Mo"
    return f"{number(Decimal(octets) / 1_000_000_000, 1)}{NBSP}Go"


def neq(value: str) -> str:
    """« 1199 0000 10 »: read digit by digit, so no thousands. What is not ten digits comes back as it is."""
    return f"{value[:4]}{NBSP}{value[4:8]}{NBSP}{value[8:]}" if re.fullmatch(r"[0-9]{10}", value) else value


def counted(value: int, singular: str, plural: str) -> str:
    """« 0 demande », « 1 demande », « 2 demandes »: in French zero is singular."""
    return f"{count(value)} {singular if abs(value) < 2 else plural}"


def ended(text: str) -> str:
    """What a person typed, as the end of a sentence: one final mark, theirs or a point."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def ago(value: dt.datetime, now: dt.datetime, zone: ZoneInfo = EASTERN) -> str:
    """« il y a 3 minutes » under one hour, then the date and hour."""
    seconds = int((now - value).total_seconds())
    if seconds < 0 or seconds >= 3600:
        return when(value, zone)
    if seconds < 60:
        return "à l’instant"
    return f"il y a {counted(seconds // 60, 'minute', 'minutes')}"


def days_until(value: dt.date, today: dt.date) -> str:
    """« il reste 17 jours », « aujourd’hui », « en retard de 12 jours »."""
    left = (value - today).days
    if left == 0:
        return "aujourd’hui"
    words = counted(abs(left), "jour", "jours")
    return f"il reste {words}" if left > 0 else f"en retard de {words}"


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """« Firefox, Windows » from what a browser says of itself; « appareil inconnu » when nothing is recognized."""
    found = [next((name for mark, name in table if mark in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(part for part in found if part) or "appareil inconnu"
