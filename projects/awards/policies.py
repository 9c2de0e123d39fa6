"""Which branches an award may draw on, between which days it may be dated, and who may decide."""

from datetime import date

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from alliances.look import formats, messages
from alliances.people.models import AllianceMembership, User, current
from projects.register.models import Project
from regions.agreements.models import MONEY
from regions.money.enums import AccountState, EnvelopeKind
from regions.money.fiscal import first_day, last_day
from regions.money.models import Account, Envelope

ALONE = (
    "Vous avez fait cette demande : une autre personne doit l’approuver. Personne d’autre ne le peut pour l’instant : "
    "la gestion doit d’abord inviter une autre personne en gestion."
)


def with_free(envelopes: QuerySet) -> QuerySet:
    """Branches with `free`, what their « available » account holds."""
    held = Account.objects.filter(
        alliance_id=OuterRef("alliance_id"), envelope_id=OuterRef("pk"), state=AccountState.APPROPRIATED
    )
    free = Subquery(held.values("envelope").annotate(free=Sum("balance")).values("free"))
    return envelopes.annotate(free=Coalesce(free, Value(0), output_field=DecimalField(**MONEY)))


def branches_for(project: Project) -> QuerySet:
    """Branches for projects of the project’s agreement that hold free money, the latest year first."""
    branches = Envelope.objects.filter(
        alliance_id=project.alliance_id, agreement_id=project.agreement_id, kind=EnvelopeKind.PROJECTS
    )
    return with_free(branches).filter(free__gt=0).order_by(F("fiscal_year").desc(), "name")


def first_day_of(envelope: Envelope) -> date:
    return first_day(envelope.fiscal_year)


def last_day_of(envelope: Envelope) -> date:
    """A decision is never dated after today, nor after the year whose money it commits."""
    return min(last_day(envelope.fiscal_year), timezone.localdate())


def who_may_approve(alliance_id: int, besides: int | None) -> list[str]:
    """Names of the members who may approve, but one. One query."""
    managers = AllianceMembership.objects.filter(current(), alliance_id=alliance_id, role="manager")
    people = User.objects.filter(pk__in=managers.exclude(person_id=besides).values("person_id"))
    return [f"{first} {last}".strip() for first, last in people.order_by("pk").values_list("first_name", "last_name")]


def four_eyes_text(alliance_id: int, besides: int | None) -> str:
    """E55, with the names of those who may, or what to do where nobody else may."""
    names = who_may_approve(alliance_id, besides)
    return messages.text("E55", people=", ".join(names)) if names else ALONE


def already_text(what: str, who: str, when) -> str:
    """E56: « Sacha Exemple a déjà approuvé ce versement le … ». `what` is the act and its object."""
    moment = formats.when(when) if hasattr(when, "hour") else formats.day(when)
    return f"{who} a déjà {what} le {moment}. Rien n’a été fait une seconde fois."
