from django.utils import timezone

from alliances.look.fields import ChoiceField, DayField
from alliances.look.forms import PortalForm
from reporting.dashboards.tilemap import MEASURES


class SituationForm(PortalForm):
    """What the ministry looks at: a cycle, a day, a measure for the map."""

    cycle = ChoiceField(label="Cycle")
    situation = DayField(label="Situation au", what="la date de la situation", width="w-date")
    mesure = ChoiceField(label="Mesure de la carte", choices=[(m.code, m.label) for m in MEASURES.values()])

    def __init__(self, *args, cycles, **kwargs):
        super().__init__(*args, **kwargs)
        self.cycles = {cycle.code: cycle for cycle in cycles}
        self.fields["cycle"].choices = [(cycle.code, cycle.name) for cycle in cycles]
        self.fields["situation"].help_text = ""
        for field in self.fields.values():
            field.required = False
            field.widget.attrs.pop("required", None)

    def chosen(self, default_cycle, default_day) -> tuple:
        """(cycle, day, measure): what was asked where it can be read, the defaults elsewhere."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else getattr(self, "cleaned_data", {})
        cycle = self.cycles.get(asked.get("cycle") or "", default_cycle)
        day = asked.get("situation") or default_day
        if day < cycle.starts_on:  # the day of another cycle
            day = min(timezone.localdate(), cycle.ends_on)
        return cycle, day, MEASURES.get(asked.get("mesure") or "", MEASURES["engage"])
