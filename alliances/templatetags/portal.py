"""Filters and tags of every template: amounts, dates, states, fields. An absent value shows « — », never an error."""

from __future__ import annotations

import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal

import segno
from django import forms, template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alliances.look import formats, states, tones
from alliances.look.forms import control_id, error_lines, title_prefix

register = template.Library()


def _shown(function, value: object, *args: object) -> str:
    return formats.NOTHING if value is None or value == "" else function(value, *args)


@register.filter
def money(value: object) -> str:
    """« 1 234 567,89 $ »."""
    return _shown(formats.money, value)


@register.filter
def money_whole(value: object) -> str:
    """« 5 735 682 $ », only where the source has no cents."""
    return _shown(formats.money_whole, value)


@register.filter
def money_short(value: object) -> str:
    """« 26,1 M$ »."""
    return _shown(formats.money_short, value)


@register.filter
def money_spoken(value: object) -> str:
    """« 26,1 millions de dollars », for sentences and accessible names."""
    return _shown(formats.money_spoken, value)


@register.filter
def amount(value: object) -> str:
    """« 1 234 567,89 », in a column whose head carries ($)."""
    return _shown(formats.amount, value)


@register.filter
def percent(value: object, places: int = 1) -> str:
    """A value already in percent: « 12,5 % »."""
    return _shown(formats.percent, value, places)


@register.filter
def number(value: object, places: int = 2) -> str:
    """« 12,5 »."""
    return _shown(formats.number, value, places)


@register.filter
def count(value: object) -> str:
    """« 1 234 »."""
    return _shown(formats.count, value)


def _date(value: dt.date) -> dt.date:
    return formats.local(value, timezone.get_current_timezone()).date() if isinstance(value, dt.datetime) else value


def _day_html(value: dt.date) -> SafeString:
    value = _date(value)
    rest = f"{formats.MONTHS[value.month - 1]} {value.year}"
    if value.day == 1:
        return format_html("1<sup>er</sup>\u00a0{}", rest)
    return format_html("{}\u00a0{}", value.day, rest)


def _timed(value: dt.date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def day(value: object) -> str:
    """« 1er avril 2022 » (er raised), in a <time>."""
    return _shown(lambda given: _timed(given, _day_html(given)), value)


@register.filter
def long_day(value: object) -> str:
    """« vendredi 21 mai 2021 »."""
    return _shown(
        lambda given: _timed(given, format_html("{} {}", formats.WEEKDAYS[_date(given).weekday()], _day_html(given))),
        value,
    )


@register.filter
def iso(value: object) -> str:
    """« 2022-03-31 », for tables."""
    return _shown(lambda given: _timed(given, formats.iso(_date(given))), value)


@register.filter
def hour(value: object) -> str:
    """« 13 h 05 »."""
    return _shown(
        lambda given: formats.hour(
            formats.local(given, timezone.get_current_timezone()) if isinstance(given, dt.datetime) else given
        ),
        value,
    )


@register.filter
def when(value: object) -> str:
    """« 21 mai 2021, 13 h 05 »."""
    zone = timezone.get_current_timezone()
    return _shown(
        lambda given: _timed(given, format_html("{}, {}", _day_html(given), formats.hour(formats.local(given, zone)))),
        value,
    )


@register.filter
def deadline(value: object) -> str:
    """« vendredi 21 mai 2021 à 17 h (heure de l’Est) »."""
    return _shown(lambda given: _timed(given, formats.deadline(given, timezone.get_current_timezone())), value)


@register.filter
def receipt(value: object) -> str:
    """« 21 mai 2021, 16 h 58 min 42 s (UTC−4) »."""
    return _shown(lambda given: _timed(given, formats.receipt(given, timezone.get_current_timezone())), value)


@register.filter
def ago(value: object) -> str:
    """« il y a 3 minutes » under one hour, then the date."""
    return _shown(
        lambda given: _timed(given, formats.ago(given, timezone.now(), timezone.get_current_timezone())), value
    )


@register.filter
def days_until(value: object) -> str:
    """« il reste 17 jours », « en retard de 12 jours », counted from today."""
    return _shown(lambda given: formats.days_until(_date(given), timezone.localdate()), value)


@register.filter
def device(user_agent: object) -> str:
    """« Firefox, Windows » from what a browser says of itself."""
    return _shown(formats.device, user_agent)


@register.filter
def fiscal_year(value: object) -> str:
    """2021 → « 2021-2022 »."""
    return _shown(formats.fiscal_year, value)


@register.filter
def size(value: object) -> str:
    """« 84 ko »."""
    return _shown(formats.size, value)


@register.filter
def neq(value: object) -> str:
    """« 1199 0000 10 »."""
    return _shown(formats.neq, value)


@register.filter
def ended(value: object) -> str:
    """What a person typed, as the end of a sentence: never two points."""
    return _shown(lambda given: formats.ended(str(given)), value)


@register.filter
def counted(value: object, words: str) -> str:
    """{{ n|counted:"demande,demandes" }} → « 0 demande », « 2 demandes »."""
    singular, plural = words.split(",")
    return _shown(formats.counted, value, singular, plural)


@register.filter
def plural(value: object, words: str) -> str:
    """The word alone: {{ n|plural:"est,sont" }}; in French zero is singular."""
    singular, other = words.split(",")
    return singular if abs(value or 0) < 2 else other


@register.simple_tag
def state(kind: str, code: str) -> states.State:
    """{% state "project" project.state as shown %}: label, css, icon, mine, staff."""
    return states.state(kind, code)


_NOTICES = {
    "success": ("notice--ok", "kit-success"),
    "attention": ("notice--warn", "kit-warning"),
    "danger": ("notice--bad", "kit-error"),
}


@register.simple_tag
def tone(name: str) -> dict:
    """{% tone "attention" as shown %}: css and icon of a badge, notice and kit icon of a notice. Unknown: KeyError."""
    css, icon = tones.TONES[name]
    notice, kit = _NOTICES.get(name, ("notice--info", "kit-information"))
    return {"css": css, "icon": icon, "notice": notice, "kit": kit}


_ICON = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>'
_NAMED_ICON = '<svg class="{}" role="img" aria-label="{}" focusable="false"><use href="{}#i-{}"/></svg>'


@register.simple_tag
def icon(name: str, large: str = "", label: str = "") -> SafeString:
    """The drawing of c-icon, for components that draw it in every row of a list."""
    css = "icon icon--lg" if large else "icon icon--kit" if name.startswith("kit-") else "icon"
    sprite = static("portal/icons.svg")
    if label:
        return format_html(_NAMED_ICON, css, label, sprite, name)
    return format_html(_ICON, css, sprite, name)


@register.filter
def state_label(code: str, kind: str) -> str:
    """{{ project.state|state_label:"project" }} → « En cours »."""
    return str(states.state(kind, code).label)


# --- forms -------------------------------------------------------------------------------------------------------

_CLASSES = (
    (forms.Textarea, "area"),
    (forms.CheckboxInput, ""),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.widgets.Input, "input"),
)


@register.simple_tag
def control(bound: forms.BoundField, **attrs: str) -> SafeString:
    """The control of a field with the classes of the stylesheet; further attributes are added to it."""
    widget = bound.field.widget
    name = next((css for kind, css in _CLASSES if isinstance(widget, kind)), "")
    classes = " ".join(part for part in (widget.attrs.get("class"), name, getattr(bound.field, "width", "")) if part)
    more = {key.replace("_", "-"): value for key, value in attrs.items() if value not in ("", None, False)}
    # A placeholder vanishes as soon as one writes: what it said belongs in the label or the hint.
    return bound.as_widget(attrs={"placeholder": False, **({"class": classes} if classes else {}), **more})


@register.filter
def shape(bound: forms.BoundField) -> str:
    """How a field is drawn: « check » (one box), « group » (several), « line » (all others)."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "group" if getattr(widget, "use_fieldset", False) else "line"


@register.filter
def hint_of(bound: forms.BoundField, value: object) -> str:
    """The line under one choice of a group, by its value."""
    return (getattr(bound.field, "hints", None) or {}).get(str(value), "")


@register.filter
def length_of(bound: forms.BoundField) -> int:
    """How many characters a text field holds now."""
    return len(bound.value() or "")


@register.filter
def summary(form: object) -> list:
    """The lines of the error summary of any form or formset, bound and refused; empty otherwise."""
    if hasattr(form, "error_lines"):
        return form.error_lines()
    return error_lines(form) if getattr(form, "is_bound", False) else []


@register.filter
def prefix_of(form: object) -> str:
    """« 3 renseignements à corriger – », for the <title> of a page whose form is refused."""
    return title_prefix(len(summary(form)))


@register.filter
def anchor(bound: forms.BoundField) -> str:
    """The id that a link of the error summary leads to."""
    return control_id(bound)


# --- pictures and addresses --------------------------------------------------------------------------------------


@register.simple_tag
def money_bar(total: object, spent: object = 0, paid: object = 0, committed: object = 0) -> dict:
    """Segments of a money bar, nested: spent ≤ paid ≤ committed ≤ total; positions and widths in percent."""
    total, spent, paid, committed = (Decimal(value or 0) for value in (total, spent, paid, committed))
    whole = max(total, committed, paid, spent)
    segments, start = [], Decimal(0)
    for css, end in (
        ("c-spent", spent),
        ("c-paid", max(paid, spent)),
        ("c-committed", max(committed, paid, spent)),
        ("c-free", whole),
    ):
        width = end - start
        if whole and width > 0:
            segments.append({"css": css, "x": _share(start, whole), "width": _share(width, whole), "first": not start})
        start = max(start, end)
    return {"segments": segments, "free": total - max(committed, paid, spent)}


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{(part * 100 / whole).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}%"


@register.simple_tag
def qr(value: str) -> dict:
    """The squares of a QR code: {"size": n, "path": "M0 0h1v1h-1z…"}, for an inline SVG without any style."""
    matrix = segno.make(value, error="m").matrix
    path = "".join(f"M{x + 2} {y + 2}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return {"size": len(matrix) + 4, "path": path}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The query string with some values changed: {% query page=2 %} → « ?etat=x&page=2 »; None takes one out."""
    request = context.get("request")
    params: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = value
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def carried(context: template.Context, **changes: object) -> str:
    """The same, to add to the address of another page: nothing where `query`, alone in a link, must say « ? »."""
    asked = query(context, **changes)
    return "" if asked == "?" else asked


@register.simple_tag(takes_context=True)
def sorting(context: template.Context, name: str) -> dict:
    """How the list is sorted by `name` (?tri=name, ?tri=-name): its direction now, the next one and its address."""
    request = context.get("request")
    present = request.GET.get("tri", "") if request else ""
    direction = {name: "ascending", f"-{name}": "descending"}.get(present, "")
    following = f"-{name}" if direction == "ascending" else name
    return {
        "direction": direction,
        "next": "descending" if direction == "ascending" else "ascending",
        "url": query(context, tri=following, page=None, apres=None, avant=None),
    }


@register.simple_tag
def htmx_config() -> str:
    """htmx without eval and without the style that it would write into the page, which the CSP refuses."""
    return json.dumps(
        {
            "includeIndicatorStyles": False,
            "allowEval": False,
            "allowScriptTags": False,
            "selfRequestsOnly": True,
            "historyCacheSize": 0,
            "scrollIntoViewOnBoost": False,
        }
    )
