from decimal import Decimal

from django import forms
from django.utils import timezone

from alliances.look.fields import ChoiceField, CountField, DayField, MoneyField, PlainTextField
from alliances.look.forms import PortalForm, PortalFormSet, rows_of
from alliances.look.states import choices
from projects.awards.forms import ReasonForm


class InstalmentRow(PortalForm):
    due_on = DayField(label="Date prévue")
    amount = MoneyField(label="Montant", allow_zero=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = ""


class _Rows(PortalFormSet):
    row_name = "Versement"
    add_label = "Ajouter un versement"

    def initial_form_count(self):
        """None once sent: what was proposed is not stored, so a row that was emptied is a row taken out."""
        return 0 if self.is_bound else super().initial_form_count()

    def _construct_form(self, i, **kwargs):
        return super()._construct_form(i, **kwargs | {"empty_permitted": True, "use_required_attribute": False})

    @property
    def plan(self) -> list[tuple]:
        """(day, amount) of the rows that are filled and stay."""
        kept = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [(row["due_on"], row["amount"]) for row in kept if row.get("due_on") and row.get("amount")]

    @property
    def total(self) -> Decimal:
        return sum((amount for _, amount in self.plan), Decimal(0))


InstalmentRows = rows_of(InstalmentRow, least=1, most=24, extra=0, base=_Rows)


class PaidForm(PortalForm):
    """`tries` says which payment the page was drawn for."""

    paid_on = DayField(label="Date du versement")
    reference = PlainTextField(
        label="Référence",
        what="la référence du versement",
        max_length=40,
        help_text="Numéro du lot, du chèque ou du dépôt",
    )
    tries = CountField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("paid_on", timezone.localdate())


class ReturnedForm(ReasonForm):
    returned_on = DayField(label="Date du retour")
    field_order = ["returned_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("returned_on", timezone.localdate())
        self.fields["reason"].help_text = "Par exemple : compte fermé"


OPEN = "open"


class InstalmentFilter(PortalForm):
    etat = ChoiceField(label="État", required=False)
    intro = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["etat"].choices = [("", "À traiter ou prévus"), *choices("instalment"), ("tous", "Tous")]
