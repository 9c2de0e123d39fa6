"""People, organisations, and who belongs where. Credentials are reached by the logins only, never by a space."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone

from alliances.people.enums import AllianceRole, LegalForm, MinistryRole, OrganisationRole, SeatKind
from alliances.tenancy.models import TenantModel
from alliances.tenancy.wall import ALLIANCE, EVERY_ROW, ORGANISATION, PERSON, Wall


class UserManager(BaseUserManager.from_queryset(models.QuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def names(self, ids) -> dict[int, str]:
        """{id: « Prénom Nom »}: what a space may know of a person of another team."""
        rows = self.filter(pk__in={i for i in ids if i}).values_list("pk", "first_name", "last_name")
        return {pk: f"{first} {last}".strip() for pk, first, last in rows}


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The sign-in name is the e-mail address."""

    email = models.EmailField("adresse courriel", unique=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    language = models.CharField(max_length=8, default="fr-ca")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        db_table = "person"
        constraints = [
            # Nobody is above the walls, so nobody is above the permissions either.
            models.CheckConstraint(name="person_no_superuser", condition=models.Q(is_superuser=False)),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self):
        return self.first_name or self.email.partition("@")[0]


class Organisation(models.Model):
    """A sponsoring organisation: public facts of the enterprise register, shared by all alliances."""

    name = models.CharField("nom légal", max_length=200)
    # 10 digits; empty for bodies that have none (band councils); the checksum only warns
    neq = models.CharField("NEQ", max_length=10, blank=True, default="")
    legal_form = models.CharField("forme juridique", max_length=20, choices=LegalForm, default=LegalForm.NONPROFIT)
    city = models.CharField("municipalité", max_length=120, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "organisation"
        indexes = [models.Index(fields=["name"], name="organisation_name")]
        constraints = [
            models.UniqueConstraint(fields=["neq"], condition=~models.Q(neq=""), name="organisation_neq"),
            models.CheckConstraint(
                name="organisation_neq_form", condition=models.Q(neq="") | models.Q(neq__regex=r"^(11|22|33|88)\d{8}$")
            ),
        ]

    def __str__(self):
        return self.name


def _role_check(name: str, roles) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=models.Q(role__in=roles.values))


class Belonging(models.Model):
    """A person in a space, from a day to a day, both included."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def current(today=None) -> models.Q:
    """Memberships that count today."""
    today = today or timezone.localdate()
    return models.Q(starts_on__lte=today) & (models.Q(ends_on=None) | models.Q(ends_on__gte=today))


class AllianceMembership(TenantModel, Belonging):
    role = models.CharField(max_length=20, choices=AllianceRole)
    seat_kind = models.CharField(max_length=20, choices=SeatKind, blank=True, default="")
    # The address the person was invited at: spaces may not read people's addresses elsewhere.
    email = models.EmailField()

    class Meta:
        db_table = "alliance_member"
        indexes = [models.Index(fields=["person"], name="alliance_member_person")]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "id"], name="alliance_member_key"),
            models.UniqueConstraint(fields=["alliance", "person", "role"], name="alliance_member_once"),
            _role_check("alliance_member_role", AllianceRole),
            models.CheckConstraint(
                name="alliance_member_seat",
                condition=models.Q(role="committee", seat_kind__in=SeatKind.values)
                | (~models.Q(role="committee") & models.Q(seat_kind="")),
            ),
            # a delegation always has an end
            models.CheckConstraint(
                name="alliance_member_delegate_until",
                condition=~models.Q(role="delegate") | models.Q(ends_on__isnull=False),
            ),
            Wall(
                name="alliance_member_wall",
                rules=[
                    ("alliance", "select insert update delete", ALLIANCE),
                    ("committee", "select", f"{ALLIANCE} AND {PERSON}"),
                    ("person", "select", PERSON),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_people", "select insert update", EVERY_ROW),
                ],
            ),
        ]


class OrganisationMembership(Belonging):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20, choices=OrganisationRole)
    email = models.EmailField()

    class Meta:
        db_table = "organisation_member"
        indexes = [
            models.Index(fields=["person"], name="organisation_member_person"),
            models.Index(fields=["organisation"], name="organisation_member_org"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "role"], name="organisation_member_once"),
            _role_check("organisation_member_role", OrganisationRole),
            models.CheckConstraint(
                name="organisation_member_adviser_until",
                condition=~models.Q(role="adviser") | models.Q(ends_on__isnull=False),
            ),
            Wall(
                name="organisation_member_wall",
                rules=[
                    ("promoter", "select insert update delete", ORGANISATION),
                    ("person", "select", PERSON),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_people", "select insert update", EVERY_ROW),
                ],
            ),
        ]


class MinistryMembership(Belonging):
    role = models.CharField(max_length=20, choices=MinistryRole)
    email = models.EmailField()

    class Meta:
        db_table = "ministry_member"
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="ministry_member_once"),
            _role_check("ministry_member_role", MinistryRole),
            Wall(
                name="ministry_member_wall",
                rules=[
                    ("ministry", "select insert update delete", EVERY_ROW),
                    ("audit", "select", EVERY_ROW),
                    ("person", "select", PERSON),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_people", "select insert update", EVERY_ROW),
                ],
            ),
        ]


CLOSE = "update(cancelled_at, expires_at)"
FIRST_MANAGER = "alliance_id IS NOT NULL AND role = 'manager' AND NOT alliance_is_managed(alliance_id)"


class Invitation(models.Model):
    """A way into one space, for one address, once, for a few hours. The link holds a secret; here stands its hash."""

    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    to_ministry = models.BooleanField(default=False)
    email = models.EmailField("adresse courriel")
    role = models.CharField("rôle", max_length=20)
    seat_kind = models.CharField(max_length=20, blank=True, default="")
    territory_codes = models.JSONField(default=list)  # a delegate's, codes of MRC
    ends_on = models.DateField(null=True)
    token_hash = models.CharField(max_length=64)  # hex SHA-256 of the secret in the link
    # None: the portal itself, from the console
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "invitation"
        indexes = [
            models.Index(fields=["alliance", "-sent_at"], name="invitation_alliance"),
            models.Index(fields=["organisation", "-sent_at"], name="invitation_organisation"),
            models.Index(fields=["token_hash"], name="invitation_token"),
        ]
        constraints = [
            models.CheckConstraint(
                name="invitation_one_space",
                condition=models.Q(alliance__isnull=False, organisation=None, to_ministry=False)
                | models.Q(alliance=None, organisation__isnull=False, to_ministry=False)
                | models.Q(alliance=None, organisation=None, to_ministry=True),
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            Wall(
                name="invitation_wall",
                rules=[
                    # Once sent, an invitation can only be closed: its role, its address and its secret stay.
                    ("alliance", f"select insert {CLOSE}", ALLIANCE),
                    ("promoter", f"select insert {CLOSE}", ORGANISATION),
                    # The ministry opens an alliance's space by inviting its first manager, and never another.
                    ("ministry", f"select {CLOSE}", "to_ministry OR (alliance_id IS NOT NULL AND role = 'manager')"),
                    ("ministry", "insert", f"to_ministry OR ({FIRST_MANAGER})"),
                    ("audit", "select", "to_ministry"),
                    ("upkeep", "select", EVERY_ROW),
                    ("keeper_people", "select update", EVERY_ROW),
                ],
            ),
        ]

    @property
    def state(self) -> str:
        if self.accepted_at:
            return "accepted"
        if self.cancelled_at:
            return "cancelled"
        return "expired" if self.expires_at <= timezone.now() else "sent"
