import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import alliances.tenancy.wall

# Who is in scope. Raises when nobody is: an error speaks, an empty page lies.
_READ = """
CREATE FUNCTION scope_{name}() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE value text := nullif(current_setting('app.{name}', true), '');
BEGIN
  IF value IS NULL THEN RAISE EXCEPTION 'no {name} in scope' USING ERRCODE = '42501'; END IF;
  RETURN value::bigint;
END $$
"""
_OWNER = """
CREATE FUNCTION no_scope() RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the owner reaches tenant rows only inside a scope' USING ERRCODE = '42501';
END $$
"""
# Journals and ledgers only grow: the grants say so to everybody, this says so to the owner too.
_NEVER = """
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% on %: this table only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501'; END $$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        *(
            migrations.RunSQL(_READ.format(name=name), f"DROP FUNCTION scope_{name}()")
            for name in ("alliance", "organisation", "person")
        ),
        migrations.RunSQL(_OWNER, "DROP FUNCTION no_scope()"),
        migrations.RunSQL(_NEVER, "DROP FUNCTION never()"),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gin", migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS unaccent", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Alliance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("name_with_de", models.CharField(max_length=120)),
                ("time_zone", models.CharField(default="America/Toronto", max_length=60)),
                ("detail_to_ministry", models.BooleanField(default=True)),
                ("english_offered", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "alliance",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="adresse courriel")),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="nom")),
                ("language", models.CharField(default="fr-ca", max_length=8)),
                ("is_active", models.BooleanField(default=True)),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "db_table": "person",
            },
        ),
        migrations.CreateModel(
            name="AllianceMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "Gestion"),
                            ("officer", "Développement"),
                            ("finance", "Finances"),
                            ("reader", "Lecture"),
                            ("privacy", "Protection des renseignements personnels"),
                            ("delegate", "Délégation"),
                            ("committee", "Membre du comité"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "seat_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("elected", "Milieu municipal"),
                            ("partner", "Partenaire"),
                            ("lived_experience", "Expérience vécue"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "alliance_member",
            },
        ),
        migrations.CreateModel(
            name="MinistryMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("analyst", "Analyse"),
                            ("administrator", "Administration"),
                            ("auditor", "Vérification"),
                        ],
                        max_length=20,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "ministry_member",
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4)),
                ("address", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("url", models.CharField(blank=True, default="", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "En file"),
                            ("sending", "Envoi en cours"),
                            ("sent", "Envoyé"),
                            ("failed", "Non remis"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("next_try_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "notice",
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="nom légal")),
                ("neq", models.CharField(blank=True, default="", max_length=10, verbose_name="NEQ")),
                (
                    "legal_form",
                    models.CharField(
                        choices=[
                            ("nonprofit", "Organisme à but non lucratif"),
                            ("cooperative", "Coopérative à but non lucratif"),
                            ("municipal", "Organisme municipal"),
                            ("indigenous", "Organisation autochtone"),
                            ("research", "Établissement de recherche"),
                            ("other", "Autre"),
                        ],
                        default="nonprofit",
                        max_length=20,
                        verbose_name="forme juridique",
                    ),
                ),
                ("city", models.CharField(blank=True, default="", max_length=120, verbose_name="municipalité")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "db_table": "organisation",
                "indexes": [models.Index(fields=["name"], name="organisation_name")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("neq", ""), _negated=True), fields=("neq",), name="organisation_neq"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("neq", ""), ("neq__regex", "^(11|22|33|88)\\d{8}$"), _connector="OR"),
                        name="organisation_neq_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to_ministry", models.BooleanField(default=False)),
                ("email", models.EmailField(max_length=254, verbose_name="adresse courriel")),
                ("role", models.CharField(max_length=20, verbose_name="rôle")),
                ("seat_kind", models.CharField(blank=True, default="", max_length=20)),
                ("territory_codes", models.JSONField(default=list)),
                ("ends_on", models.DateField(null=True)),
                ("token_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "invitation",
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor_name", models.CharField(max_length=160)),
                ("verb", models.CharField(max_length=60)),
                ("object_kind", models.CharField(blank=True, default="", max_length=30)),
                ("object_id", models.BigIntegerField(null=True)),
                ("facts", models.JSONField(default=dict)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "audit_event",
            },
        ),
        migrations.CreateModel(
            name="OrganisationMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "Gestion de l’organisme"),
                            ("editor", "Rédaction"),
                            ("signatory", "Signature"),
                            ("adviser", "Accompagnement"),
                        ],
                        max_length=20,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "organisation_member",
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("name", models.CharField(max_length=150)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "stored_file",
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("space", models.CharField(max_length=12)),
                ("actor_name", models.CharField(max_length=160)),
                ("arguments", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "En attente"),
                            ("running", "En préparation"),
                            ("done", "Prêt"),
                            ("failed", "Échec"),
                            ("cancelled", "Annulé"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, default="", max_length=120)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("cancel_asked_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("rung_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.storedfile",
                    ),
                ),
            ],
            options={
                "db_table": "job",
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(condition=models.Q(("is_superuser", False)), name="person_no_superuser"),
        ),
        migrations.AddIndex(
            model_name="alliancemembership",
            index=models.Index(fields=["person"], name="alliance_member_person"),
        ),
        migrations.AddConstraint(
            model_name="alliancemembership",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="alliance_member_key"),
        ),
        migrations.AddConstraint(
            model_name="alliancemembership",
            constraint=models.UniqueConstraint(fields=("alliance", "person", "role"), name="alliance_member_once"),
        ),
        migrations.AddConstraint(
            model_name="alliancemembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["manager", "officer", "finance", "reader", "privacy", "delegate", "committee"])
                ),
                name="alliance_member_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="alliancemembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "committee"), ("seat_kind__in", ["elected", "partner", "lived_experience"])),
                    models.Q(models.Q(("role", "committee"), _negated=True), ("seat_kind", "")),
                    _connector="OR",
                ),
                name="alliance_member_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="alliancemembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "delegate"), _negated=True), ("ends_on__isnull", False), _connector="OR"
                ),
                name="alliance_member_delegate_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="alliancemembership",
            constraint=alliances.tenancy.wall.Wall(
                name="alliance_member_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("committee", "select", "alliance_id = scope_alliance() AND person_id = scope_person()"),
                    ("person", "select", "person_id = scope_person()"),
                    ("upkeep", "select", "true"),
                    ("keeper_people", "select insert update", "true"),
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ministrymembership",
            constraint=models.UniqueConstraint(fields=("person", "role"), name="ministry_member_once"),
        ),
        migrations.AddConstraint(
            model_name="ministrymembership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["analyst", "administrator", "auditor"])), name="ministry_member_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="ministrymembership",
            constraint=alliances.tenancy.wall.Wall(
                name="ministry_member_wall",
                rules=(
                    ("ministry", "select insert update delete", "true"),
                    ("audit", "select", "true"),
                    ("person", "select", "person_id = scope_person()"),
                    ("upkeep", "select", "true"),
                    ("keeper_people", "select insert update", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-id"], name="notice_of_person"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "sending"])), fields=["next_try_at"], name="notice_to_send"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(("state", "sent"), _negated=True),
                    _connector="OR",
                ),
                name="notice_sent_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=alliances.tenancy.wall.Wall(
                name="notice_wall",
                rules=(
                    ("alliance", "insert", "true"),
                    ("committee", "insert", "true"),
                    ("promoter", "insert", "true"),
                    ("ministry", "insert", "true"),
                    ("person", "select insert update(read_at)", "person_id = scope_person()"),
                    ("upkeep", "select", "true"),
                    ("keeper_outbox", "select insert update", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["alliance", "-sent_at"], name="invitation_alliance"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["organisation", "-sent_at"], name="invitation_organisation"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["token_hash"], name="invitation_token"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alliance__isnull", False), ("organisation", None), ("to_ministry", False)),
                    models.Q(("alliance", None), ("organisation__isnull", False), ("to_ministry", False)),
                    models.Q(("alliance", None), ("organisation", None), ("to_ministry", True)),
                    _connector="OR",
                ),
                name="invitation_one_space",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at", None), ("accepted_by", None)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_accepted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=alliances.tenancy.wall.Wall(
                name="invitation_wall",
                rules=(
                    ("alliance", "select insert update", "alliance_id = scope_alliance()"),
                    ("promoter", "select insert update", "organisation_id = scope_organisation()"),
                    ("ministry", "select insert update", "to_ministry"),
                    ("audit", "select", "to_ministry"),
                    ("upkeep", "select", "true"),
                    ("keeper_people", "select update", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["alliance", "object_kind", "object_id", "-id"], name="audit_of_object"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["alliance", "-id"], name="audit_of_alliance"),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=alliances.tenancy.wall.Wall(
                name="audit_wall",
                rules=(
                    ("alliance", "select insert", "alliance_id = scope_alliance()"),
                    ("committee", "select insert", "alliance_id = scope_alliance() AND person_id = scope_person()"),
                    ("promoter", "select insert", "organisation_id = scope_organisation()"),
                    (
                        "ministry",
                        "select",
                        "alliance_id IS NULL AND organisation_id IS NULL OR alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    ("ministry", "insert", "alliance_id IS NULL AND organisation_id IS NULL"),
                    (
                        "audit",
                        "select",
                        "alliance_id IS NULL AND organisation_id IS NULL OR alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    ("person", "select insert", "person_id = scope_person()"),
                    ("upkeep", "select", "true"),
                    ("keeper_people", "insert", "true"),
                    ("keeper_ledger", "insert", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="organisationmembership",
            index=models.Index(fields=["person"], name="organisation_member_person"),
        ),
        migrations.AddIndex(
            model_name="organisationmembership",
            index=models.Index(fields=["organisation"], name="organisation_member_org"),
        ),
        migrations.AddConstraint(
            model_name="organisationmembership",
            constraint=models.UniqueConstraint(
                fields=("organisation", "person", "role"), name="organisation_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationmembership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["manager", "editor", "signatory", "adviser"])),
                name="organisation_member_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationmembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "adviser"), _negated=True), ("ends_on__isnull", False), _connector="OR"
                ),
                name="organisation_member_adviser_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationmembership",
            constraint=alliances.tenancy.wall.Wall(
                name="organisation_member_wall",
                rules=(
                    ("promoter", "select insert update delete", "organisation_id = scope_organisation()"),
                    ("person", "select", "person_id = scope_person()"),
                    ("upkeep", "select", "true"),
                    ("keeper_people", "select insert update", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["alliance", "person", "-id"], name="stored_file_mine"),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(
                condition=models.Q(("alliance", None)), fields=["person", "-id"], name="stored_file_elsewhere"
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="stored_file_key"),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=alliances.tenancy.wall.Wall(
                name="stored_file_wall",
                rules=(
                    ("alliance", "select insert", "alliance_id = scope_alliance()"),
                    ("ministry", "select insert", "alliance_id IS NULL AND person_id = scope_person()"),
                    ("audit", "select insert", "alliance_id IS NULL AND person_id = scope_person()"),
                    ("upkeep", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["alliance", "person", "-id"], name="job_mine"),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])), fields=["rung_at"], name="job_unfinished"
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="job_key"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="job_progress"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alliance__isnull", False), ("space", "alliance")),
                    models.Q(("alliance", None), ("space__in", ["ministry", "audit"])),
                    _connector="OR",
                ),
                name="job_space",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", False), ("state__in", ["done", "failed", "cancelled"])),
                    models.Q(("finished_at", None), ("state__in", ["queued", "running"])),
                    _connector="OR",
                ),
                name="job_finished_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(("error", ""), _negated=True),
                    _connector="OR",
                ),
                name="job_failed_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=alliances.tenancy.wall.Wall(
                name="job_wall",
                rules=(
                    ("alliance", "select insert update", "alliance_id = scope_alliance()"),
                    ("ministry", "select insert update", "space = 'ministry' AND person_id = scope_person()"),
                    ("audit", "select insert update", "space = 'audit' AND person_id = scope_person()"),
                    ("upkeep", "select", "true"),
                ),
            ),
        ),
    ]
