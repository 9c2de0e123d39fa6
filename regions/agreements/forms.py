from decimal import Decimal

from alliances.look import messages
from alliances.look.fields import PercentField
from alliances.look.formats import number
from alliances.look.forms import PortalForm
from regions.agreements.allocation import Line


class ShareForm(PortalForm):
    """How the alliances of one line share it: a percentage for each, 100 in all."""

    def __init__(self, *args, line: Line, **kwargs):
        super().__init__(*args, prefix=f"ligne-{line.line.pk}", **kwargs)
        self.line = line
        for part in line.parts:
            self.fields[f"part-{part.share.pk}"] = PercentField(
                label=part.alliance.name, what=f"la part de {part.alliance.name}", places=2, initial=part.percent
            )

    @property
    def percents(self) -> dict[int, Decimal]:
        return {part.share.pk: self.cleaned_data[f"part-{part.share.pk}"] for part in self.line.parts}

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(name) for name in self.fields]
        if None not in given and sum(given) != 100:
            total = sum(given)
            self.add_error(None, messages.refusal("E13", total=number(total), gap=number(100 - total)))
        for name, value in list(cleaned.items()):
            if value == 0:
                self.add_error(name, "Inscrivez une part supérieure à 0.")
        return cleaned
