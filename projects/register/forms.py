"""The fields of a project, by section of the page. What is offered is decided before: no foreign id is a choice."""

from decimal import Decimal

from django import forms

from alliances.look import messages
from alliances.look.fields import (
    ChoiceField,
    CountField,
    DayField,
    LongTextField,
    ModelChoiceField,
    MoneyField,
    MultipleChoiceField,
    NEQField,
    PercentField,
    PlainTextField,
)
from alliances.look.forms import PortalForm, rows_of
from alliances.models import Organisation
from alliances.people.enums import LegalForm
from projects.register.content import ContributionRow, NewOrganisation
from projects.register.enums import ContributionForm, ContributionState, Nature, PartnerKind
from projects.register.filters import number_of
from projects.register.models import ExpenseCategory
from projects.register.promoters import SHORTEST, organisations_named
from regions.models import Agreement, Priority, TargetGroup, Territory
from regions.money.split import CENT, split

BLANK = [("", "Sélectionner")]
HUNDRED = Decimal(100)
UNCHOSEN = "Cherchez l’organisme et choisissez-le, ou inscrivez-le s’il n’est pas dans la liste."
MOST_CONTRIBUTIONS, MOST_RESULTS, OFFERED = 50, 30, 8


class _AgreementField(ModelChoiceField):
    """The only one there is goes without saying; with none at all, the start date is what is wrong."""

    rows: list[Agreement] = []

    def clean(self, value):
        if not self.rows:
            return None
        return self.rows[0] if not value and len(self.rows) == 1 else super().clean(value)


class ProjectForm(PortalForm):
    title = PlainTextField(max_length=200, label="Titre du projet", what="le titre du projet")
    summary = LongTextField(
        max_length=500,
        rows=5,
        required=False,
        label="Résumé public",
        help_text="Au plus 500 caractères. Ce résumé sera publié.",
    )
    nature = ChoiceField(choices=Nature.choices, label="Nature de l’initiative", widget=forms.RadioSelect)
    starts_on = DayField(label="Début")
    ends_on = DayField(label="Fin")
    agreement = _AgreementField(
        queryset=Agreement.objects.none(),
        empty_label=None,
        label="Entente",
        help_text="Celle qui couvre la date de début.",
        width="w-half",
    )
    priority = ModelChoiceField(
        queryset=Priority.objects.none(), label="Priorité principale", empty_label="Sélectionner", width="w-half"
    )
    more_priorities = MultipleChoiceField(required=False, label="Autres priorités")
    target_groups = MultipleChoiceField(required=False, label="Personnes visées")
    fund_amount = MoneyField(allow_zero=False, label="Montant demandé au FQIS", what="le montant demandé au FQIS")

    def __init__(self, *args, agreements, frozen=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.agreements = list(agreements)
        for name in frozen & set(self.fields):
            del self.fields[name]
        if "agreement" in self.fields:
            field = self.fields["agreement"]
            field.queryset, field.rows = agreements, self.agreements
            field.choices = [(row.pk, f"{row.number}, {row.cycle.code}") for row in self.agreements]
            if len(self.agreements) > 1:
                field.choices = [*BLANK, *field.choices]
        priorities, groups = list(Priority.objects.all()), list(TargetGroup.objects.all())
        self.fields["priority"].queryset = Priority.objects.all()
        self.fields["priority"].choices = [*BLANK, *((row.pk, row.name) for row in priorities)]
        self.fields["more_priorities"].choices = [(str(row.pk), row.name) for row in priorities]
        self.fields["target_groups"].choices = [(str(row.pk), row.name) for row in groups]

    def clean(self):
        found = super().clean()
        start, end = found.get("starts_on"), found.get("ends_on")
        if start and end and end < start:
            from_day = self.fields["starts_on"].shown({"start": start})
            self.add_error("ends_on", messages.refusal("E17", **from_day))
        if start and "agreement" in self.fields and not self.agreements:
            text = "Aucune entente de l’alliance ne couvre cette date. Vérifiez l’année, ou la période de l’entente."
            self.add_error("starts_on", forms.ValidationError(text, code="agreement"))
        return found

    def priorities(self) -> tuple[int, ...]:
        main = self.cleaned_data["priority"].pk
        others = (int(pk) for pk in self.cleaned_data["more_priorities"])
        return (main, *(pk for pk in others if pk != main))

    def targets(self) -> tuple[int, ...]:
        return tuple(int(pk) for pk in self.cleaned_data["target_groups"])


class PromoterForm(PortalForm):
    """The organisation: one of those that the words find, or a new one."""

    words = PlainTextField(
        required=False,
        max_length=120,
        label="Nom de l’organisme ou NEQ",
        help_text="Trois lettres suffisent; les accents ne comptent pas.",
        error_messages={"required": UNCHOSEN},
        width="w-half",
    )
    organisation = ChoiceField(label="Organisme", widget=forms.RadioSelect, error_messages={"required": UNCHOSEN})
    new_name = PlainTextField(required=False, max_length=200, label="Nom légal", what="le nom légal")
    new_neq = NEQField(required=False, label="NEQ")
    new_legal_form = ChoiceField(
        required=False, choices=LegalForm.choices, label="Forme juridique", width="w-half", initial="nonprofit"
    )
    new_city = PlainTextField(
        required=False, max_length=120, label="Municipalité", what="la municipalité", width="w-half"
    )

    def __init__(self, *args, current=None, **kwargs):
        super().__init__(*args, **kwargs)
        words = str(self.data.get("words") or "")[:200]
        chosen = number_of(self.data.get("organisation"))
        found = list(organisations_named(words, OFFERED + 1))
        self.more = len(found) > OFFERED
        found = found[:OFFERED]
        if current is not None and current not in found:
            found.insert(0, current)
        if chosen and chosen not in {row.pk for row in found}:
            found[:0] = Organisation.objects.filter(pk=chosen)  # a public register: any may be chosen
        self.offered = {row.pk: row for row in found}
        # Words are asked for while there is nothing to choose from, then a choice; neither once a new one is begun.
        self.fields["words"].required = not (found or self.data.get("organisation") or self.entering)
        self.fields["organisation"].required = not self.entering and bool(found or words.strip())
        self.nothing_found = len(words.strip()) >= SHORTEST and not found
        self.fields["organisation"].choices = [(str(row.pk), row.name) for row in found]
        self.fields["organisation"].hints = {
            str(row.pk): ", ".join(part for part in (self.fields["new_neq"].prepare_value(row.neq), row.city) if part)
            for row in found
        }

    @property
    def entering(self) -> bool:
        """Whether a new organisation was begun."""
        return any(str(self.data.get(name) or "").strip() for name in ("new_name", "new_neq", "new_city"))

    def clean(self):
        found = super().clean()
        if self.entering:
            if found.get("organisation"):
                text = "Choisissez un organisme de la liste ou inscrivez-en un nouveau, l’un ou l’autre."
                self.add_error("organisation", forms.ValidationError(text, code="both"))
            for name in ("new_name", "new_city"):
                if not found.get(name) and not self.has_error(name):
                    self.add_error(name, messages.refusal("E01", what=self.fields[name].what))
            self._not_twice(found.get("new_neq"))
        return found

    def _not_twice(self, neq):
        known = organisations_named(neq).first() if neq else None
        if known:
            self.taken(known.name)

    def taken(self, name: str = ""):
        """The number is somebody's: say whose."""
        whose = f" : {name}" if name else ""
        text = f"Un organisme est déjà inscrit avec ce NEQ{whose}. Cherchez-le par son NEQ et choisissez-le."
        self.add_error("new_neq", forms.ValidationError(text, code="taken"))

    @property
    def chosen_row(self) -> Organisation | None:
        return self.offered.get(number_of(self.cleaned_data.get("organisation")))

    def wanted(self) -> int | NewOrganisation:
        found = self.cleaned_data
        if self.entering:
            return NewOrganisation(
                found["new_name"], found["new_neq"], found["new_legal_form"] or "nonprofit", found["new_city"]
            )
        return int(found["organisation"])


class TerritoriesForm(PortalForm):
    """Territories of the alliance on the day the project starts, with their shares in percent."""

    territory = MultipleChoiceField(required=False, label="Territoires")

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.territories: dict[int, Territory] = {row.pk: row for row in offered}
        self.fields["territory"].choices = [(str(pk), row.name) for pk, row in self.territories.items()]
        for pk, row in self.territories.items():
            self.fields[f"part-{pk}"] = PercentField(required=False, label=f"Part de {row.name}")

    @property
    def chosen(self) -> list[int]:
        """Ticked, or given a share."""
        ticked = set(self.data.getlist("territory"))
        return [pk for pk in self.territories if str(pk) in ticked or str(self.data.get(f"part-{pk}") or "").strip()]

    def lines(self):
        ticked = {str(pk) for pk in self.chosen}
        return [(row, self[f"part-{pk}"], str(pk) in ticked) for pk, row in self.territories.items()]

    def clean(self):
        found = super().clean()
        posted = (name for name in self.data if name.startswith("part-") and str(self.data.get(name)).strip())
        if any(name.removeprefix("part-") not in {str(pk) for pk in self.territories} for name in posted):
            self.add_error("territory", messages.refusal("E26"))
        if self.errors:
            return found
        if not self.territories:  # an alliance without any on that day: there is nothing to ask
            found["shares"] = ()
            return found
        if not self.chosen:
            self.add_error("territory", messages.refusal("E02"))
            return found
        shares = {pk: found[f"part-{pk}"] for pk in self.chosen}
        if not any(share is not None for share in shares.values()):
            shares = equal_shares(self.chosen)
        shares = {pk: share for pk, share in shares.items() if share}
        total = sum(shares.values(), Decimal(0))
        if total != HUNDRED:
            self.add_error("territory", _not_hundred(total))
        found["shares"] = tuple(shares.items())
        return found


def _not_hundred(total: Decimal) -> forms.ValidationError:
    gap = HUNDRED - total
    write = PercentField().prepare_value
    return messages.refusal("E13", total=write(total), gap=write(abs(gap)))


def equal_shares(ids: list[int]) -> dict[int, Decimal]:
    """100 % in equal parts to the hundredth, by largest remainder: 33,34, 33,33, 33,33."""
    return dict(zip(ids, split(HUNDRED, [1] * len(ids), CENT), strict=True)) if ids else {}


class BudgetForm(PortalForm):
    """One amount by category of expense; an empty one is not a line."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.categories = {row.pk: row for row in ExpenseCategory.objects.all()}
        for pk, row in self.categories.items():
            self.fields[f"budget-{pk}"] = MoneyField(required=False, label=row.name)

    def lines(self):
        return [(row, self[f"budget-{pk}"]) for pk, row in self.categories.items()]

    def budget(self) -> tuple[tuple[int, Decimal], ...]:
        amounts = ((pk, self.cleaned_data[f"budget-{pk}"]) for pk in self.categories)
        return tuple((pk, amount) for pk, amount in amounts if amount)


class PartnerForm(PortalForm):
    pk = PlainTextField(required=False, widget=forms.HiddenInput, max_length=20)
    partner = PlainTextField(max_length=200, label="Partenaire", what="le nom du partenaire")
    kind = ChoiceField(choices=[*BLANK, *PartnerKind.choices], label="Provenance")
    form = ChoiceField(choices=[*BLANK, *ContributionForm.choices], label="Forme")
    state = ChoiceField(choices=[*BLANK, *ContributionState.choices], label="État")
    amount = MoneyField(allow_zero=False, label="Montant", what="le montant de la contribution")
    effective_on = DayField(label="Date")

    def row(self) -> ContributionRow:
        found = {name: self.cleaned_data[name] for name in self.fields if name not in {"pk", "DELETE"}}
        return ContributionRow(pk=number_of(self.cleaned_data["pk"]), **found)


class ResultForm(PortalForm):
    label = PlainTextField(max_length=200, label="Résultat attendu", what="le résultat attendu")
    target = CountField(label="Cible", what="la cible, en nombre")


ContributionRows = rows_of(PartnerForm, most=MOST_CONTRIBUTIONS)
ResultRows = rows_of(ResultForm, most=MOST_RESULTS)
