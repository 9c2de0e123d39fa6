"""Form fields that say in French what to do. Each refusal carries its code of alliances/look/messages.py.

Every field takes `what` (how E01 names it: « le titre du projet »), `width` (a class that shows the length of the
answer), and the usual arguments of Django's fields. What was typed is shown again as typed.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from alliances.look import formats, messages, parsing

ONE_LINE = 200
MANY_LINES = 20_000
FIRST_DAY = dt.date(1900, 1, 1)
LAST_DAY = dt.date(2100, 12, 31)


class Spoken:
    """What all our fields share: the words of E01, the width of the control, no message of Django's own."""

    def __init__(self, *, what: str = "", width: str = "", **kwargs: object):
        self.what = what
        self.width = width
        super().__init__(**kwargs)
        if "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = self.required_message()

    def required_message(self) -> str:
        return messages.lazy_text("E01", what=self.what or _("une réponse"))


class Typed(Spoken, forms.Field):
    """A figure, a date or a number typed as text and read by one function of parsing.py."""

    widget = forms.TextInput
    inputmode = ""

    def to_python(self, value: object) -> object:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except parsing.Refused as refused:
            raise messages.refusal(refused.code, **self.shown(refused.params)) from refused

    def parse(self, typed: str) -> object:
        raise NotImplementedError

    def shown(self, params: dict) -> dict:
        return params

    def widget_attrs(self, widget: forms.Widget) -> dict:
        attrs = {"autocomplete": "off"}
        return {**attrs, "inputmode": self.inputmode} if self.inputmode else attrs


class PlainTextField(Spoken, forms.Field):
    """One line of text: no line break (E25), nothing invisible (E04), at most `max_length` characters (E03)."""

    widget = forms.TextInput
    one_line = True

    def __init__(self, *, max_length: int = ONE_LINE, min_length: int = 0, autocomplete: str = "", **kwargs: object):
        self.max_length = max_length
        self.min_length = min_length
        self.autocomplete = autocomplete
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        if value is None:
            return ""
        text = str(value)
        # The length is looked at first: a million characters are refused without being read one by one.
        if len(text) > 2 * self.max_length + 1000:
            raise self._too_long(len(text))
        if parsing.has_control(text):
            raise messages.refusal("E04")
        text = (
            unicodedata.normalize("NFC", parsing.without_bidi(text)).replace("\r\n", "\n").replace("\r", "\n").strip()
        )
        if self.one_line:
            text = text.replace("\t", " ")
            if "\n" in text:
                raise messages.refusal("E25")
        if len(text) > self.max_length:
            raise self._too_long(len(text))
        return text

    def _too_long(self, length: int) -> ValidationError:
        return messages.refusal(
            "E03",
            count=formats.count(length),
            max=formats.count(self.max_length),
            over=formats.count(length - self.max_length),
        )

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"autocomplete": self.autocomplete} if self.autocomplete else {}


class LongTextField(PlainTextField):
    """Several lines of text. The counter under the field follows `max_length`."""

    widget = forms.Textarea
    one_line = False

    def __init__(self, *, max_length: int = MANY_LINES, rows: int = 6, **kwargs: object):
        self.rows = rows
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {**super().widget_attrs(widget), "rows": str(self.rows)}


class MoneyField(Typed):
    """An amount to the cent, as Decimal. `allow_zero`, `allow_negative` and `most` (Decimal) set its bounds."""

    affix = "$"
    inputmode = "decimal"

    def __init__(
        self,
        *,
        allow_zero: bool = True,
        allow_negative: bool = False,
        most: Decimal = parsing.MONEY_MAX,
        **kwargs: object,
    ):
        self.allow_zero = allow_zero
        self.allow_negative = allow_negative
        self.most = most
        super().__init__(**kwargs)

    def parse(self, typed: str) -> Decimal:
        value = parsing.money(typed, allow_negative=self.allow_negative)
        if not value and not self.allow_zero:
            raise parsing.Refused("E09")
        if abs(value) > self.most:
            raise parsing.Refused("E10", max=self.most)
        return value

    def shown(self, params: dict) -> dict:
        return {name: formats.money(min(value, self.most)) for name, value in params.items()}

    def required_message(self) -> str:
        return messages.lazy_text("E01", what=self.what or _("un montant"))

    def prepare_value(self, value: object) -> object:
        return formats.amount(value) if isinstance(value, Decimal) else value


class CountField(Typed):
    """A whole number, 0 or more, at most `most`."""

    inputmode = "numeric"

    def __init__(self, *, most: int = 2_147_483_647, **kwargs: object):
        self.most = most
        super().__init__(**{"width": "w-count", **kwargs})

    def parse(self, typed: str) -> int:
        return parsing.count(typed, most=self.most)

    def shown(self, params: dict) -> dict:
        return {name: formats.count(value) for name, value in params.items()}

    def required_message(self) -> str:
        return messages.lazy_text("E01", what=self.what or _("un nombre"))

    def prepare_value(self, value: object) -> object:
        return formats.count(value) if isinstance(value, int) and not isinstance(value, bool) else value


class PercentField(Typed):
    """A percentage from 0 to 100, as Decimal with `places` decimals."""

    affix = "%"
    inputmode = "decimal"

    def __init__(self, *, places: int = 2, **kwargs: object):
        self.places = places
        super().__init__(**kwargs)

    def parse(self, typed: str) -> Decimal:
        return parsing.percent(typed, places=self.places)

    def required_message(self) -> str:
        return messages.lazy_text("E12")

    def prepare_value(self, value: object) -> object:
        return formats.number(value, self.places) if isinstance(value, Decimal) else value


class DayField(Typed):
    """A date typed year-month-day between `first` and `last`. Native pickers speak the browser's language: not used."""

    inputmode = "numeric"

    def __init__(self, *, first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY, **kwargs: object):
        self.first = first
        self.last = last
        hint = _("Année-mois-jour, par exemple 2026-09-01")
        super().__init__(**{"width": "w-date", "help_text": hint, **kwargs})

    def parse(self, typed: str) -> dt.date:
        value = parsing.day(typed)
        if not self.first <= value <= self.last:
            raise parsing.Refused("E16", min=self.first, max=self.last)
        return value

    def shown(self, params: dict) -> dict:
        return {name: formats.day(value) for name, value in params.items()}

    def required_message(self) -> str:
        return messages.lazy_text("E15")

    def prepare_value(self, value: object) -> object:
        return formats.iso(value) if isinstance(value, dt.date) else value


class NEQField(Typed):
    """A Québec enterprise number, kept as ten digits. PortalForm asks to confirm a doubtful check digit (E21)."""

    inputmode = "numeric"

    def __init__(self, **kwargs: object):
        self.to_confirm = False
        super().__init__(**{"width": "w-neq", "help_text": _("10 chiffres"), **kwargs})

    def to_python(self, value: object) -> str:
        return super().to_python(value) or ""

    def parse(self, typed: str) -> str:
        return parsing.neq(typed)

    def required_message(self) -> str:
        return messages.lazy_text("E20")

    def prepare_value(self, value: object) -> object:
        return formats.neq(value) if isinstance(value, str) else value


class PostalCodeField(Typed):
    """A postal code of Québec, kept as « G1A 1A1 »."""

    def __init__(self, **kwargs: object):
        super().__init__(**{"width": "w-code", **kwargs})

    def to_python(self, value: object) -> str:
        return super().to_python(value) or ""

    def parse(self, typed: str) -> str:
        return parsing.postal_code(typed)

    def required_message(self) -> str:
        return messages.lazy_text("E22")

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"autocomplete": "postal-code"}


class TelephoneField(Typed):
    """A telephone number, kept as « 418 555-0123, poste 12 »."""

    inputmode = "tel"

    def __init__(self, **kwargs: object):
        super().__init__(**{"width": "w-phone", **kwargs})

    def to_python(self, value: object) -> str:
        return super().to_python(value) or ""

    def parse(self, typed: str) -> str:
        return parsing.telephone(typed)

    def required_message(self) -> str:
        return messages.lazy_text("E23")

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"autocomplete": "tel", "inputmode": "tel"}


class EmailField(PlainTextField):
    """An e-mail address, kept as typed but for its spaces."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: object):
        super().__init__(**{"max_length": 254, "autocomplete": "email", "width": "w-mail", **kwargs})

    def required_message(self) -> str:
        return messages.lazy_text("E24")

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        if text:
            try:
                validate_email(text)
            except ValidationError as error:
                raise messages.refusal("E24") from error
        return text


class Chosen(Spoken):
    """A choice among what is offered: E02 when nothing is chosen, E26 when what came back is not on the list."""

    def __init__(self, *, hints: dict[str, str] | None = None, **kwargs: object):
        self.hints = hints or {}
        super().__init__(**kwargs)
        gone = messages.lazy_text("E26")
        self.error_messages |= {"invalid_choice": gone, "invalid_list": gone, "invalid_pk_value": gone}

    def required_message(self) -> str:
        return messages.lazy_text("E02")


class ChoiceField(Chosen, forms.ChoiceField):
    """One choice of a short list; give `widget=forms.RadioSelect` for two to five of them, with `hints` by value."""


class MultipleChoiceField(Chosen, forms.MultipleChoiceField):
    """Several choices of a short list, as check boxes."""

    widget = forms.CheckboxSelectMultiple


class _Row(Chosen):
    def _look_up(self, look_up: Callable[[object], object], value: object) -> object:
        values = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(item, str) and parsing.has_control(item) for item in values):
            raise messages.refusal("E26")
        try:
            return look_up(value)
        except ValidationError as error:
            # A malformed identifier would answer in its own field's words; whatever the cause, the choice is gone.
            if getattr(error, "code", "") == "required":
                raise
            raise messages.refusal("E26") from error


class ModelChoiceField(_Row, forms.ModelChoiceField):
    """One row among those of `queryset`, which must already be those that the person may choose."""

    def to_python(self, value: object) -> object:
        return self._look_up(super().to_python, value)


class ModelMultipleChoiceField(_Row, forms.ModelMultipleChoiceField):
    """Several rows among those of `queryset`."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: object) -> object:
        return self._look_up(super().clean, value or [])


class CheckField(Spoken, forms.BooleanField):
    """A box to tick. Required means that it must be ticked (E02)."""

    def required_message(self) -> str:
        return messages.lazy_text("E02")
