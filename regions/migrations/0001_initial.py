import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alliances.tenancy.wall
import regions.territory.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("alliances", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Priority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("rank", models.PositiveSmallIntegerField()),
            ],
            options={
                "db_table": "priority",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=2, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("population_2016", models.PositiveIntegerField()),
                ("population_2022", models.PositiveIntegerField()),
                ("area_km2", models.PositiveIntegerField()),
                ("note", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "db_table": "region",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="TargetGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("rank", models.PositiveSmallIntegerField()),
            ],
            options={
                "db_table": "target_group",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(choices=[("MRC", "MRC"), ("TE", "Territoire équivalent")], max_length=3)),
            ],
            options={
                "db_table": "territory",
                "ordering": ["code"],
                "permissions": [("follow_territory", "Suivre les projets d’un territoire")],
            },
        ),
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=9, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("kind", models.CharField(max_length=12)),
                ("fund_amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("partners_amount", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("agreements", models.PositiveSmallIntegerField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "db_table": "cycle",
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="cycle_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AllocationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, default="", max_length=8)),
                ("name", models.CharField(max_length=120)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("kind", models.CharField(max_length=20)),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="regions.cycle"
                    ),
                ),
            ],
            options={
                "db_table": "allocation_line",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("administration_rate", models.DecimalField(decimal_places=2, default=10, max_digits=5)),
                ("holder_name", models.CharField(blank=True, default="", max_length=200)),
                ("holder_source", models.CharField(blank=True, default="", max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("in_approval", "En approbation"),
                            ("signed", "Signée"),
                            ("active", "En vigueur"),
                            ("extended", "Prolongée"),
                            ("closing", "En fermeture"),
                            ("closed", "Fermée"),
                            ("terminated", "Résiliée"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
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
                    "cycle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.cycle",
                    ),
                ),
            ],
            options={
                "db_table": "agreement",
                "ordering": ["alliance_id", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("year", "Exercice"),
                            ("projects", "Projets"),
                            ("administration", "Administration"),
                            ("mobilisation", "Mobilisation"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "agreement",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.agreement",
                    ),
                ),
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
                    "parent",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.envelope",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.territory",
                    ),
                ),
            ],
            options={
                "db_table": "envelope",
                "ordering": ["fiscal_year", "id"],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("source", "Entente"),
                            ("interest", "Intérêts"),
                            ("recovery", "Recouvrements"),
                            ("opening", "Ouverture"),
                            ("appropriated", "Disponible"),
                            ("reserved", "Réservé"),
                            ("committed", "Engagé, à verser"),
                            ("paid", "Versé"),
                            ("returned", "Retourné"),
                            ("carried", "Reporté"),
                        ],
                        max_length=14,
                    ),
                ),
                ("balance", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
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
                    "envelope",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="regions.envelope",
                    ),
                ),
            ],
            options={
                "db_table": "account",
            },
        ),
        migrations.CreateModel(
            name="MoneyDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement_id", models.BigIntegerField()),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("year", "Exercice"),
                            ("projects", "Projets"),
                            ("administration", "Administration"),
                            ("mobilisation", "Mobilisation"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("source", "Entente"),
                            ("interest", "Intérêts"),
                            ("recovery", "Recouvrements"),
                            ("opening", "Ouverture"),
                            ("appropriated", "Disponible"),
                            ("reserved", "Réservé"),
                            ("committed", "Engagé, à verser"),
                            ("paid", "Versé"),
                            ("returned", "Retourné"),
                            ("carried", "Reporté"),
                        ],
                        max_length=14,
                    ),
                ),
                ("day", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "db_table": "money_day",
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("appropriation", "Crédits de l’exercice"),
                            ("split", "Répartition entre les branches"),
                            ("transfer", "Virement entre branches"),
                            ("reservation", "Réservation"),
                            ("commitment", "Engagement"),
                            ("payment", "Versement"),
                            ("expense", "Dépense du mandataire"),
                            ("return", "Retour de la banque"),
                            ("deobligation", "Désengagement"),
                            ("recovery", "Recouvrement"),
                            ("interest", "Intérêts"),
                            ("carry_forward", "Report d’exercice"),
                            ("reversal", "Contrepassation"),
                        ],
                        max_length=16,
                    ),
                ),
                ("actor_name", models.CharField(max_length=160)),
                ("effective_on", models.DateField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("idempotency_key", models.CharField(max_length=80)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("label", models.CharField(blank=True, default="", max_length=200)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.posting",
                    ),
                ),
            ],
            options={
                "db_table": "posting",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "account",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="regions.account",
                    ),
                ),
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
                    "posting",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="regions.posting",
                    ),
                ),
            ],
            options={
                "db_table": "entry",
            },
        ),
        migrations.CreateModel(
            name="TerritoryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="regions.territory"
                    ),
                ),
            ],
            options={
                "db_table": "territory_link",
            },
        ),
        migrations.CreateModel(
            name="TerritoryUserObjectPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "alliance",
                    models.ForeignKey(
                        db_default=regions.territory.models.ScopeAlliance(),
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="regions.territory"),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "territory_permission",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgreementYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "agreement",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="regions.agreement",
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
            ],
            options={
                "db_table": "agreement_year",
                "ordering": ["fiscal_year"],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "id"), name="agreement_year_key"),
                    models.UniqueConstraint(
                        fields=("alliance", "agreement", "fiscal_year"), name="agreement_year_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="agreement_year_positive"),
                    alliances.tenancy.wall.TenantLink(field="agreement", name="agreement_year_of_agreement"),
                    alliances.tenancy.wall.Wall(
                        name="agreement_year_wall",
                        rules=(
                            ("alliance", "select", "alliance_id = scope_alliance()"),
                            ("ministry", "select insert update", "true"),
                            ("audit", "select", "true"),
                            ("upkeep", "select", "true"),
                            ("keeper_ledger", "select", "true"),
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllocationShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.DecimalField(decimal_places=6, default=1, max_digits=9)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="regions.allocationline"
                    ),
                ),
            ],
            options={
                "db_table": "allocation_share",
                "constraints": [
                    models.UniqueConstraint(fields=("line", "alliance"), name="allocation_share_once"),
                    models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="allocation_share_positive"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="allocationline",
            constraint=models.UniqueConstraint(fields=("cycle", "name"), name="allocation_line_once"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="agreement_key"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("alliance", "number"), name="agreement_number"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="agreement_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="agreement_positive"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("administration_rate__gte", 0), ("administration_rate__lte", 100)),
                name="agreement_administration",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["draft", "in_approval", "signed", "active", "extended", "closing", "closed", "terminated"],
                    )
                ),
                name="agreement_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=alliances.tenancy.wall.Wall(
                name="agreement_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
                    ("ministry", "select insert update", "true"),
                    ("audit", "select", "true"),
                    ("upkeep", "select", "true"),
                    ("keeper_ledger", "select", "true"),
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="account_key"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("alliance", "envelope", "state"), name="account_once"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("balance__gte", 0), ("state__in", ("source", "interest", "recovery", "opening")), _connector="OR"
                ),
                name="account_not_overdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "source",
                            "interest",
                            "recovery",
                            "opening",
                            "appropriated",
                            "reserved",
                            "committed",
                            "paid",
                            "returned",
                            "carried",
                        ],
                    )
                ),
                name="account_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=alliances.tenancy.wall.TenantLink(field="envelope", name="account_of_envelope"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=alliances.tenancy.wall.Wall(
                name="account_wall",
                rules=(
                    ("alliance", "select insert", "alliance_id = scope_alliance()"),
                    (
                        "ministry",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    (
                        "audit",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    ("upkeep", "select", "true"),
                    ("keeper_ledger", "select insert update(balance)", "true"),
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="moneyday",
            index=models.Index(
                fields=["alliance", "agreement_id", "state", "day"],
                include=("kind", "fiscal_year", "amount"),
                name="money_day_sums",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneyday",
            constraint=alliances.tenancy.wall.Wall(
                name="money_day_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
                    ("ministry", "select", "true"),
                    ("audit", "select", "true"),
                    ("upkeep", "select", "true"),
                    ("keeper_tally", "select insert delete", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["alliance", "subject_id", "id"], name="posting_of_subject"),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["alliance", "-effective_on", "-id"], name="posting_by_day"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="posting_key"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(fields=("alliance", "idempotency_key"), name="posting_once"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)),
                fields=("alliance", "reverses"),
                name="posting_reversed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "cause__in",
                        [
                            "appropriation",
                            "split",
                            "transfer",
                            "reservation",
                            "commitment",
                            "payment",
                            "expense",
                            "return",
                            "deobligation",
                            "recovery",
                            "interest",
                            "carry_forward",
                            "reversal",
                        ],
                    )
                ),
                name="posting_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=alliances.tenancy.wall.TenantLink(field="reverses", name="posting_of_reversed"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=alliances.tenancy.wall.Wall(
                name="posting_wall",
                rules=(
                    ("alliance", "select insert", "alliance_id = scope_alliance()"),
                    (
                        "ministry",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    (
                        "audit",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    ("upkeep", "select", "true"),
                    ("keeper_ledger", "select insert", "true"),
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["alliance", "account", "id"], include=("amount",), name="entry_of_account"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["alliance", "posting"], include=("amount",), name="entry_of_posting"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="entry_key"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="entry_not_zero"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=alliances.tenancy.wall.TenantLink(field="posting", name="entry_of_posting_key"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=alliances.tenancy.wall.TenantLink(field="account", name="entry_of_account_key"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=alliances.tenancy.wall.Wall(
                name="entry_wall",
                rules=(
                    ("alliance", "select insert", "alliance_id = scope_alliance()"),
                    (
                        "ministry",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    (
                        "audit",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    ("upkeep", "select", "true"),
                    ("keeper_ledger", "select insert", "true"),
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="envelope",
            index=models.Index(fields=["alliance", "agreement", "fiscal_year"], name="envelope_of_agreement"),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="envelope_key"),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.UniqueConstraint(
                fields=("alliance", "agreement", "fiscal_year", "kind", "territory"),
                name="envelope_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "year"), ("parent", None)),
                    models.Q(models.Q(("kind", "year"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="envelope_tree",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["year", "projects", "administration", "mobilisation"])),
                name="envelope_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=alliances.tenancy.wall.TenantLink(field="agreement", name="envelope_of_agreement_key"),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=alliances.tenancy.wall.TenantLink(field="parent", name="envelope_of_parent"),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=alliances.tenancy.wall.Wall(
                name="envelope_wall",
                rules=(
                    ("alliance", "select insert", "alliance_id = scope_alliance()"),
                    (
                        "ministry",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    (
                        "audit",
                        "select",
                        "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))",
                    ),
                    ("upkeep", "select", "true"),
                    ("keeper_ledger", "select insert", "true"),
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="territorylink",
            constraint=models.UniqueConstraint(fields=("territory", "valid_from"), name="territory_link_once"),
        ),
        migrations.AddConstraint(
            model_name="territorylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="territory_link_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="territoryuserobjectpermission",
            constraint=models.UniqueConstraint(
                fields=("alliance", "user", "permission", "content_object"), name="territory_permission_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="territoryuserobjectpermission",
            constraint=alliances.tenancy.wall.Wall(
                name="territory_permission_wall",
                rules=(
                    ("alliance", "select insert delete", "alliance_id = scope_alliance()"),
                    ("upkeep", "select", "true"),
                    ("keeper_people", "select insert", "true"),
                ),
            ),
        ),
    ]
