"""Forms of people: an invitation, a role, one's own name, a new account."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliances.look import messages
from alliances.look.fields import ChoiceField, DayField, EmailField, MultipleChoiceField, PlainTextField
from alliances.look.forms import PortalForm
from alliances.people.enums import SeatKind
from alliances.people.models import User
from alliances.people.policies import TeamRefused
from alliances.people.territories import territories

_EMPTY = [("", _("Sélectionnez"))]


class TeamForm(PortalForm):
    """A form whose service may refuse: `refuse` puts the sentence at its field, or above the form."""

    def refuse(self, refused: TeamRefused) -> None:
        self.add_error(refused.field if refused.field in self.fields else None, refused.why)


class InviteForm(TeamForm):
    email = EmailField(label=_("Adresse courriel"), help_text=_("L’invitation ne sert qu’avec cette adresse."))
    role = ChoiceField(label=_("Rôle"))
    seat_kind = ChoiceField(
        label=_("Siège au comité"),
        choices=[*_EMPTY, *SeatKind.choices],
        required=False,
        help_text=_("Pour un membre du comité seulement."),
    )
    territories = MultipleChoiceField(
        label=_("Territoires"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pour une délégation seulement : la personne ne voit que les projets de ces territoires."),
    )
    ends_on = DayField(
        label=_("Dernier jour d’accès"),
        required=False,
        help_text=_("Obligatoire pour une délégation. Année-mois-jour, par exemple 2027-03-31."),
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [*_EMPTY, *team.roles.choices]
        if team.space == "alliance":
            self.fields["territories"].choices = territories().offered(team.tenant["alliance_id"])
        else:
            del self.fields["seat_kind"], self.fields["territories"]
            self.fields["ends_on"].help_text = _("Année-mois-jour, par exemple 2027-03-31.")
        if team.space == "promoter":
            self.fields["ends_on"].help_text = _(
                "Obligatoire pour un accompagnement. Année-mois-jour, par exemple 2027-03-31."
            )

    def wanted(self) -> dict:
        """The arguments of `services.invite`."""
        data = self.cleaned_data
        return {
            "email": data["email"],
            "role": data["role"],
            "ends_on": data["ends_on"],
            "seat_kind": data.get("seat_kind", ""),
            "territory_codes": tuple(data.get("territories", ())),
        }


class FirstManagerForm(TeamForm):
    alliance = ChoiceField(label=_("Alliance"))
    email = EmailField(label=_("Adresse courriel"), help_text=_("La personne recevra le rôle « Gestion »."))

    def __init__(self, *args, alliances, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["alliance"].choices = [*_EMPTY, *((one.slug, one.name) for one in alliances)]


class RoleForm(TeamForm):
    role = ChoiceField(label=_("Rôle"))
    ends_on = DayField(
        label=_("Dernier jour d’accès"),
        required=False,
        help_text=_("Année-mois-jour, par exemple 2027-03-31. Vide : sans date de fin."),
    )

    def __init__(self, *args, team, member, **kwargs):
        super().__init__(*args, initial={"role": member.role, "ends_on": member.ends_on}, **kwargs)
        self.fields["role"].choices = [
            choice for choice in team.roles.choices if choice[0] == member.role or choice[0] not in team.invited_only
        ]


class NameForm(PortalForm):
    first_name = PlainTextField(label=_("Prénom"), what=_("votre prénom"), max_length=80, autocomplete="given-name")
    last_name = PlainTextField(label=_("Nom"), what=_("votre nom"), max_length=80, autocomplete="family-name")


class AccountForm(NameForm):
    language = ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)


class JoinForm(NameForm):
    """A new account at the invited address."""

    password = forms.CharField(
        label=_("Mot de passe"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Au moins 12 caractères, par exemple trois mots sans lien entre eux."),
        error_messages={"required": messages.lazy_text("E01", what=_("un mot de passe"))},
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        data = super().clean()
        if data.get("password"):
            names = {name: data.get(name, "") for name in ("first_name", "last_name")}
            try:
                validate_password(data["password"], User(email=self.email, **names))
            except ValidationError:
                self.add_error("password", messages.refusal("E75"))
        return data
