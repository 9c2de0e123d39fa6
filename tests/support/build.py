"""Legal rows for tests, each written in the scope of who may write it. Nothing is random."""

from datetime import date
from decimal import Decimal

from django.contrib.auth.models import Permission
from django.utils import timezone

from alliances.models import (
    Alliance,
    AllianceMembership,
    MinistryMembership,
    Organisation,
    OrganisationMembership,
    User,
)
from alliances.tenancy.access import PORTAL, Actor
from alliances.tenancy.scope import alliance_scope, ministry_scope, promoter_scope
from projects.models import Project
from regions.agreements.services import activate, sign
from regions.models import Agreement, AgreementYear, Cycle, Envelope, Territory, TerritoryUserObjectPermission
from regions.money.models import Account

PASSWORD = "Solidarite-2023"


def alliance(slug: str = "mauricie") -> Alliance:
    return Alliance.objects.get(slug=slug)


def person(email: str, first_name: str = "Sacha", last_name: str = "Exemple") -> User:
    user = User.objects.filter(email=email).first()
    return user or User.objects.create_user(email, PASSWORD, first_name=first_name, last_name=last_name)


def member(
    role: str, *, of: str = "mauricie", email: str = "", ends_on: date | None = None, seat_kind: str = ""
) -> User:
    """A person with one role in an alliance; « gestion@mauricie… »-like address from the role."""
    tenant = alliance(of)
    user = person(email or f"{role}@{of}.test", first_name=role.capitalize())
    if role == "delegate" and ends_on is None:
        ends_on = date(2099, 12, 31)
    with alliance_scope(tenant.pk):
        AllianceMembership.objects.create(
            alliance=tenant,
            person_id=user.pk,
            role=role,
            email=user.email,
            ends_on=ends_on,
            starts_on=date(2017, 4, 1),
            seat_kind=(seat_kind or "partner") if role == "committee" else "",
        )
    return user


def delegate_of(territory_code: str, *, of: str = "mauricie", ends_on: date | None = None) -> User:
    user = member("delegate", of=of, email=f"delegue.{territory_code}@{of}.test", ends_on=ends_on)
    with alliance_scope(alliance(of).pk):
        TerritoryUserObjectPermission.objects.create(
            user_id=user.pk,
            permission=Permission.objects.get(codename="follow_territory"),
            content_object=Territory.objects.get(code=territory_code),
        )
    return user


def ministry_member(role: str = "analyst") -> User:
    user = person(f"{role}@ministere.test", first_name=role.capitalize())
    with ministry_scope():
        MinistryMembership.objects.create(person_id=user.pk, role=role, email=user.email, starts_on=date(2017, 4, 1))
    return user


def organisation(
    name: str = "Entraide de la Rive-Neuve", neq: str = "1199000010", city: str = "Trois-Rivières"
) -> Organisation:
    with alliance_scope(alliance().pk):
        found = Organisation.objects.filter(name=name).first()
        return found or Organisation.objects.create(name=name, neq=neq, city=city)


def promoter(role: str = "manager", *, of: Organisation | None = None) -> User:
    of = of or organisation()
    user = person(f"{role}@entraide.test", first_name=role.capitalize())
    with promoter_scope(of.pk):
        OrganisationMembership.objects.create(
            organisation=of,
            person_id=user.pk,
            role=role,
            email=user.email,
            starts_on=date(2017, 4, 1),
            ends_on=date(2099, 12, 31) if role == "adviser" else None,
        )
    return user


def actor(user: User, *roles: str, of: str = "mauricie") -> Actor:
    return Actor(person_id=user.pk, name=str(user), roles=frozenset(roles), alliance_id=alliance(of).pk)


def agreement(
    *, of: str = "mauricie", amount: str = "5735682", years: tuple[int, ...] = (2017, 2018, 2019, 2020, 2021)
) -> Agreement:
    """An agreement in force, its years open: administration at 10 %, the rest in « Projets »."""
    with ministry_scope():
        signed = sign(
            actor=PORTAL,
            years=list(years),
            alliance_id=alliance(of).pk,
            cycle=Cycle.objects.get(code="2017-2023"),
            number=f"APS-2017-{alliance(of).code}",
            starts_on=date(years[0], 4, 1),
            ends_on=date(2023, 3, 31),
            amount=Decimal(amount),
            holder_name="Consortium en développement social de la Mauricie",
        )
        activate(actor=PORTAL, agreement=signed)
        return signed


def other_agreement(agreed: Agreement) -> Agreement:
    """A second agreement of the same alliance, its year 2021 open; in the ministry's scope."""
    signed = sign(
        actor=PORTAL,
        years=[2021],
        alliance_id=agreed.alliance_id,
        cycle=agreed.cycle,
        number=f"{agreed.number}-B",
        starts_on=date(2021, 4, 1),
        ends_on=date(2023, 3, 31),
        amount=Decimal("10000"),
    )
    activate(actor=PORTAL, agreement=signed)
    return signed


def envelope(agreed: Agreement, year: int = 2021, kind: str = "projects") -> Envelope:
    """The branch of a year; in the alliance's scope."""
    return Envelope.objects.get(alliance_id=agreed.alliance_id, agreement=agreed, fiscal_year=year, kind=kind)


def balance(branch: Envelope, state: str) -> Decimal:
    account = Account.objects.filter(alliance_id=branch.alliance_id, envelope=branch, state=state).first()
    return account.balance if account else Decimal(0)


def project(
    agreed: Agreement,
    *,
    title: str = "École citoyenne",
    number: str = "APS-04-2021-0001",
    amount: str = "78000",
    state: str = "draft",
) -> Project:
    """A project of the agreement's alliance, in the caller's alliance scope."""
    now = timezone.now()
    return Project.objects.create(
        alliance_id=agreed.alliance_id,
        agreement=agreed,
        organisation=Organisation.objects.first() or Organisation.objects.create(name="Entraide de la Rive-Neuve"),
        number=number,
        title=title,
        summary="Des activités pour les familles.",
        starts_on=date(2021, 9, 1),
        ends_on=date(2022, 8, 31),
        fund_amount=Decimal(amount),
        state=state,
        state_since=now,
        awarded_on=None if state == "draft" else date(2021, 6, 22),
        updated_at=now,
    )


def year_of(agreed: Agreement, year: int) -> AgreementYear:
    return AgreementYear.objects.get(alliance_id=agreed.alliance_id, agreement=agreed, fiscal_year=year)
