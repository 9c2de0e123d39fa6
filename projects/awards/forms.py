from django import forms
from django.utils import timezone

from alliances.look import formats
from alliances.look.fields import DayField, LongTextField, ModelChoiceField, MoneyField, PlainTextField
from alliances.look.forms import PortalForm
from projects.awards.policies import branches_for, first_day_of, last_day_of
from projects.register.models import Project
from regions.money.models import Envelope


class AwardForm(PortalForm):
    """How much, from which branch, by which resolution."""

    envelope = ModelChoiceField(queryset=Envelope.objects.none(), label="Branche", widget=forms.RadioSelect)
    amount = MoneyField(label="Montant à engager", what="le montant à engager", allow_zero=False)
    resolution = PlainTextField(
        label="Numéro de la résolution",
        what="le numéro de la résolution",
        max_length=40,
        width="w-half",
        help_text="Celle de l’instance qui a pris la décision, par exemple 2021-118",
    )

    def __init__(self, *args, project: Project, **kwargs):
        super().__init__(*args, **kwargs)
        branches = branches_for(project)
        choice = self.fields["envelope"]
        choice.queryset, choice.empty_label = branches, None
        choice.hints = {str(branch.pk): f"Solde : {formats.money(branch.free)}" for branch in branches}
        self.fields["amount"].help_text = f"Demandé par l’organisme : {formats.money(project.fund_amount)}"
        self.initial.setdefault("amount", project.fund_amount)
        self.branches = branches

    @property
    def shortage(self) -> str:
        """Of a valid request that its branch cannot cover today: it may be made, credits may come before approval."""
        branch, amount = self.cleaned_data["envelope"], self.cleaned_data["amount"]
        if branch.free >= amount:
            return ""
        return (
            f"La branche « {branch.name} » dispose de {formats.money(branch.free)} : l’engagement ne pourra "
            "pas être approuvé tant que le solde ne suffit pas."
        )


class DecidedForm(PortalForm):
    decided_on = DayField(label="Date de la décision")

    def __init__(self, *args, envelope: Envelope, **kwargs):
        super().__init__(*args, **kwargs)
        day, first, last = self.fields["decided_on"], first_day_of(envelope), last_day_of(envelope)
        self.initial.setdefault("decided_on", min(timezone.localdate(), last))
        day.help_text = f"Année-mois-jour, du {formats.day(first)} au {formats.day(last)}"


class ReasonForm(PortalForm):
    reason = LongTextField(label="Motif", what="le motif", max_length=500, rows=3)
