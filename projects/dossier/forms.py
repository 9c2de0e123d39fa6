from django.utils import timezone

from alliances.look.fields import DayField
from alliances.look.forms import PortalForm


class SignedForm(PortalForm):
    signed_on = DayField(label="Date de la dernière signature")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("signed_on", timezone.localdate())
