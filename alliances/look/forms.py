"""The base of every form of the portal: error summary, title prefix, « (facultatif) », repeatable rows."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from alliances.look import messages, parsing
from alliances.look.fields import NEQField

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the summary: the id of the control it leads to (empty for the whole form), and its text."""

    anchor: str
    text: str


def control_id(bound: forms.BoundField) -> str:
    """The id of the control that takes the focus: a group of boxes has none of its own, its first box has."""
    if getattr(bound.field.widget, "use_fieldset", False):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def error_lines(form: forms.BaseForm) -> list[ErrorLine]:
    """What the summary lists, in the order of the page: the form's own errors, then each field's."""
    lines = [ErrorLine("", str(text)) for text in form.non_field_errors()]
    for bound in form:
        label = str(bound.label)
        for text in bound.errors:
            lines.append(ErrorLine("" if bound.is_hidden else control_id(bound), f"{label}\u00a0: {text}"))
    return lines


class PortalForm(forms.Form):
    """A form in the portal's words. Templates render it with `{% include "look/form.html" %}` or field by field."""

    use_required_attribute = False
    intro = messages.ALL_REQUIRED

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            if field.required and not getattr(field.widget, "use_fieldset", False):
                field.widget.attrs.setdefault("aria-required", "true")

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name, field in self.fields.items():
            number = self.cleaned_data.get(name)
            if isinstance(field, NEQField) and number and not parsing.neq_checksum_ok(number):
                field.to_confirm = True
                if not self.data.get(f"{self.add_prefix(name)}-confirmed"):
                    self.add_error(name, messages.refusal("E21"))

    def error_lines(self) -> list[ErrorLine]:
        return error_lines(self) if self.is_bound else []

    @property
    def title_prefix(self) -> str:
        """« 3 renseignements à corriger – », the beginning of <title> when something is refused; empty otherwise."""
        return title_prefix(len(self.error_lines()))


class PortalModelForm(PortalForm, forms.ModelForm):
    """The same on a model. Declare its fields with our classes: a generated field speaks Django's words."""


def title_prefix(count: int) -> str:
    """The beginning of <title> for `count` refusals; empty for none."""
    return f"{messages.SUMMARY_TITLE % {'count': count}} – " if count else ""


class PortalFormSet(BaseFormSet):
    """Repeatable rows. A submit button named `<prefix>-add` asks for one more row; it works without script.

    In the view, before `is_valid()`: `if rows.adding: rows = rows.with_one_more()` and render the page again.
    """

    default_error_messages = {
        "missing_management_form": messages.lazy_text("E61"),
        "too_many_forms": _("Ce tableau compte trop de lignes. Retirez-en."),
        "too_few_forms": _("Ajoutez au moins une ligne."),
    }
    deletion_widget = forms.CheckboxInput
    row_name = _("Ligne")
    add_label = _("Ajouter une ligne")

    @property
    def add_name(self) -> str:
        return f"{self.prefix}-add"

    @property
    def adding(self) -> bool:
        return self.is_bound and self.add_name in self.data

    def with_one_more(self) -> PortalFormSet:
        """The same rows as typed and one empty row, never beyond `max_num`; nothing is validated."""
        data = self.data.copy()
        data[f"{self.prefix}-TOTAL_FORMS"] = min(self.total_form_count() + 1, self.max_num)
        del data[self.add_name]
        return type(self)(data, prefix=self.prefix, initial=self.initial, form_kwargs=self.form_kwargs)

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.can_delete and "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Retirer cette ligne")

    def error_lines(self) -> list[ErrorLine]:
        if not self.is_bound or self.adding:
            return []
        lines = [ErrorLine("", str(text)) for text in self.non_form_errors()]
        for form in self.forms:
            lines.extend(error_lines(form))
        return lines


def rows_of(
    form: type[PortalForm], *, least: int = 0, most: int = MOST_ROWS, extra: int = 1, base: type = PortalFormSet
) -> type[PortalFormSet]:
    """A formset class of `form` with `least` to `most` rows that can be taken out."""
    return formset_factory(
        form,
        formset=base,
        extra=extra,
        min_num=least,
        max_num=most,
        validate_min=least > 0,
        validate_max=True,
        absolute_max=most + 1,
        can_delete=True,
    )
