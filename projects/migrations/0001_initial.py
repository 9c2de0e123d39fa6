import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alliances.tenancy.wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("alliances", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
            ],
            options={
                "db_table": "budget_line",
                "ordering": ["category__rank"],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("partner", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("promoter", "Organisme promoteur"),
                            ("municipal", "MRC et municipalités"),
                            ("quebec", "Gouvernement du Québec"),
                            ("canada", "Gouvernement du Canada"),
                            ("health", "Santé et services sociaux"),
                            ("education", "Établissements scolaires"),
                            ("community", "Organismes communautaires"),
                            ("philanthropy", "Fondations et philanthropie"),
                            ("business", "Milieu des affaires"),
                            ("other", "Autres partenaires"),
                        ],
                        max_length=14,
                    ),
                ),
                ("form", models.CharField(choices=[("cash", "Espèces"), ("in_kind", "Services")], max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[("promised", "Promise"), ("confirmed", "Confirmée"), ("received", "Reçue")],
                        default="promised",
                        max_length=10,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("effective_on", models.DateField()),
                ("counts_from", models.DateField(null=True)),
                ("counts_until", models.DateField(null=True)),
            ],
            options={
                "db_table": "contribution",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ExpectedResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200)),
                ("target", models.PositiveIntegerField()),
                ("rank", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "db_table": "expected_result",
                "ordering": ["rank", "id"],
            },
        ),
        migrations.CreateModel(
            name="ExpenseCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("rank", models.PositiveSmallIntegerField()),
            ],
            options={
                "db_table": "expense_category",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Prévu"),
                            ("due", "Dû"),
                            ("blocked", "Bloqué"),
                            ("requested", "Demandé"),
                            ("approved", "Approuvé"),
                            ("paid", "Versé"),
                            ("returned", "Retourné par la banque"),
                            ("cancelled", "Annulé"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("requested_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("paid_on", models.DateField(null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=40)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "db_table": "instalment",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "number_series",
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24)),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(blank=True, default="", max_length=500)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("intervention", "Intervention"),
                            ("structuring", "Structurant ou expérimental"),
                            ("research", "Recherche"),
                            ("mobilisation", "Mobilisation"),
                        ],
                        default="intervention",
                        max_length=14,
                    ),
                ),
                ("fund_amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("approved", "Accepté"),
                            ("to_sign", "Entente à signer"),
                            ("in_progress", "En cours"),
                            ("suspended", "Suspendu"),
                            ("completed", "Terminé"),
                            ("closed", "Fermé"),
                            ("cancelled", "Annulé"),
                        ],
                        default="draft",
                        max_length=14,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("state_reason", models.CharField(blank=True, default="", max_length=500)),
                ("awarded_on", models.DateField(null=True)),
                ("cancelled_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField()),
                ("fiscal_year", models.PositiveSmallIntegerField(default=0)),
                ("title_norm", models.CharField(default="", max_length=600)),
                ("reserved", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("committed", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("paid", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("partners_promised", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("partners_secured", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "territory_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "priority_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "project",
            },
        ),
        migrations.CreateModel(
            name="ProjectDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("n", models.BigIntegerField(default=0)),
                ("partners", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                "db_table": "project_day",
            },
        ),
        migrations.CreateModel(
            name="ProjectPriority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "db_table": "project_priority",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="ProjectTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement_id", models.BigIntegerField()),
                ("state", models.CharField(max_length=14)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "territory_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "priority_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("n", models.BigIntegerField(default=0)),
                ("asked", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("committed", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("paid", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("partners", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                "db_table": "project_tally",
            },
        ),
        migrations.CreateModel(
            name="ProjectTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "db_table": "project_target",
            },
        ),
        migrations.CreateModel(
            name="ProjectTerritory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("share", models.DecimalField(decimal_places=2, max_digits=5)),
            ],
            options={
                "db_table": "project_territory",
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Demandé"),
                            ("approved", "Approuvé"),
                            ("declined", "Refusé"),
                            ("withdrawn", "Retiré"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                ("resolution", models.CharField(blank=True, default="", max_length=40)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("requested_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "decided_by",
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
                "db_table": "award",
            },
        ),
        migrations.AddField(
            model_name="award",
            name="envelope",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.envelope",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="requested_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="expectedresult",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="category",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.expensecategory",
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="envelope",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.envelope",
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="paid_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="requested_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="agreement",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.agreement",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="created_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="followed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alliances.organisation",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="updated_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instalments",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="expectedresult",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="budget",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="projectday",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="projectpriority",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="projectpriority",
            name="priority",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.priority"
            ),
        ),
        migrations.AddField(
            model_name="projectpriority",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="priorities",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="projecttally",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="projecttarget",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="projecttarget",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="projecttarget",
            name="target_group",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.targetgroup"
            ),
        ),
        migrations.AddField(
            model_name="projectterritory",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="projectterritory",
            name="project",
            field=alliances.tenancy.wall.Link(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="territories",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="projectterritory",
            name="territory",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(fields=("alliance", "kind", "year"), name="number_series_once"),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=alliances.tenancy.wall.Wall(
                name="number_series_wall",
                rules=(
                    ("alliance", "select insert update(last)", "alliance_id = scope_alliance()"),
                    ("upkeep", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                models.F("alliance"),
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="project_list",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                models.F("alliance"),
                models.F("state"),
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="project_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                models.F("alliance"),
                models.F("fiscal_year"),
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="project_by_year",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                models.F("alliance"),
                models.F("organisation"),
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="project_by_promoter",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(models.F("alliance"), models.F("title_norm"), models.F("id"), name="project_by_title"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                models.F("alliance"),
                models.OrderBy(models.F("fund_amount"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="project_by_amount",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(models.F("alliance"), models.F("ends_on"), models.F("id"), name="project_by_end"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="project_key"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("alliance", "number"), name="project_number"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="project_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "approved",
                            "to_sign",
                            "in_progress",
                            "suspended",
                            "completed",
                            "closed",
                            "cancelled",
                        ],
                    )
                ),
                name="project_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["intervention", "structuring", "research", "mobilisation"])),
                name="project_nature",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(condition=models.Q(("fund_amount__gt", 0)), name="project_amount"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("awarded_on", None), ("state", "draft")),
                    ("state", "cancelled"),
                    models.Q(
                        models.Q(("state__in", ["draft", "cancelled"]), _negated=True), ("awarded_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="project_awarded_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_on__isnull", False), ("state", "cancelled")),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_on", None)),
                    _connector="OR",
                ),
                name="project_cancelled_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("committed__gte", 0), ("paid__gte", 0), ("reserved__gte", 0)), name="project_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=alliances.tenancy.wall.TenantLink(field="agreement", name="project_of_agreement"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=alliances.tenancy.wall.Wall(
                name="project_wall",
                rules=(
                    (
                        "alliance",
                        "select insert update(organisation_id, agreement_id, title, summary, starts_on, ends_on, nature, fund_amount, state, state_since, state_reason, awarded_on, cancelled_on, followed_by_id, version, updated_at, updated_by_id)",
                        "alliance_id = scope_alliance()",
                    ),
                    ("alliance", "delete", "alliance_id = scope_alliance() AND state = 'draft'"),
                    ("promoter", "select", "organisation_id = scope_organisation() AND state <> 'draft'"),
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
                    ("keeper_ledger", "select update(reserved, committed, paid)", "true"),
                    (
                        "keeper_tally",
                        "select update(partners_promised, partners_secured, territory_ids, priority_ids)",
                        "true",
                    ),
                    ("keeper_search", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="instalment",
            index=models.Index(fields=["alliance", "due_on", "id"], name="instalment_by_day"),
        ),
        migrations.AddIndex(
            model_name="instalment",
            index=models.Index(fields=["alliance", "state", "due_on", "id"], name="instalment_by_state"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="instalment_key"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.UniqueConstraint(fields=("alliance", "project", "rank"), name="instalment_rank"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_positive"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["planned", "due", "blocked", "requested", "approved", "paid", "returned", "cancelled"],
                    )
                ),
                name="instalment_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["requested", "approved", "paid", "returned"]), _negated=True),
                    models.Q(("requested_at__isnull", False), ("requested_by__isnull", False)),
                    _connector="OR",
                ),
                name="instalment_requested_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "paid", "returned"]), _negated=True),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="instalment_approved_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="instalment_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["paid", "returned"]), _negated=True),
                    models.Q(("paid_by__isnull", False), ("paid_on__isnull", False)),
                    _connector="OR",
                ),
                name="instalment_paid_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="instalment_of_project_key"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=alliances.tenancy.wall.TenantLink(field="envelope", name="instalment_of_envelope"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=alliances.tenancy.wall.Wall(
                name="instalment_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
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
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="expectedresult",
            index=models.Index(fields=["alliance", "project"], name="expected_result_of"),
        ),
        migrations.AddConstraint(
            model_name="expectedresult",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="expected_result_of_project"),
        ),
        migrations.AddConstraint(
            model_name="expectedresult",
            constraint=alliances.tenancy.wall.Wall(
                name="expected_result_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
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
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["alliance", "project", "id"], name="contribution_of_project"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="contribution_key"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="contribution_positive"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "promoter",
                            "municipal",
                            "quebec",
                            "canada",
                            "health",
                            "education",
                            "community",
                            "philanthropy",
                            "business",
                            "other",
                        ],
                    )
                ),
                name="contribution_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["cash", "in_kind"])), name="contribution_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["promised", "confirmed", "received"])), name="contribution_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="contribution_of_project_key"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=alliances.tenancy.wall.Wall(
                name="contribution_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
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
                    ("keeper_tally", "select update(counts_from, counts_until)", "true"),
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(fields=("alliance", "project", "category"), name="budget_line_once"),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="budget_line_positive"),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="budget_line_of_project"),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=alliances.tenancy.wall.Wall(
                name="budget_line_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
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
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["alliance", "project", "-id"], name="award_of_project"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(
                condition=models.Q(("state", "requested")), fields=["alliance", "requested_at"], name="award_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(fields=("alliance", "id"), name="award_key"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["requested", "approved"])),
                fields=("alliance", "project"),
                name="award_one_alive",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="award_positive"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["requested", "approved", "declined", "withdrawn"])),
                name="award_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", "requested")),
                    models.Q(
                        models.Q(("state", "requested"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="award_decided_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="award_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="award_of_project_key"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=alliances.tenancy.wall.TenantLink(field="envelope", name="award_of_envelope"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=alliances.tenancy.wall.Wall(
                name="award_wall",
                rules=(
                    (
                        "alliance",
                        "select insert update(state, resolution, reason, decided_at, decided_by_id)",
                        "alliance_id = scope_alliance()",
                    ),
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
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="projectday",
            index=models.Index(
                fields=["alliance", "agreement_id", "day"], include=("n", "partners"), name="project_day_sums"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectday",
            constraint=alliances.tenancy.wall.Wall(
                name="project_day_wall",
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
            model_name="projectpriority",
            index=models.Index(fields=["alliance", "priority", "project"], name="project_priority_of"),
        ),
        migrations.AddConstraint(
            model_name="projectpriority",
            constraint=models.UniqueConstraint(
                fields=("alliance", "project", "priority"), name="project_priority_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectpriority",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="project_priority_of_project"),
        ),
        migrations.AddConstraint(
            model_name="projectpriority",
            constraint=alliances.tenancy.wall.Wall(
                name="project_priority_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
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
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="projecttally",
            index=models.Index(fields=["alliance", "state", "fiscal_year"], name="project_tally_sums"),
        ),
        migrations.AddConstraint(
            model_name="projecttally",
            constraint=alliances.tenancy.wall.Wall(
                name="project_tally_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
                    ("upkeep", "select", "true"),
                    ("keeper_tally", "select insert delete", "true"),
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="projecttarget",
            constraint=models.UniqueConstraint(
                fields=("alliance", "project", "target_group"), name="project_target_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="projecttarget",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="project_target_of_project"),
        ),
        migrations.AddConstraint(
            model_name="projecttarget",
            constraint=alliances.tenancy.wall.Wall(
                name="project_target_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
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
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="projectterritory",
            index=models.Index(fields=["alliance", "territory", "project"], name="project_territory_of"),
        ),
        migrations.AddConstraint(
            model_name="projectterritory",
            constraint=models.UniqueConstraint(
                fields=("alliance", "project", "territory"), name="project_territory_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectterritory",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gt", 0), ("share__lte", 100)), name="project_territory_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectterritory",
            constraint=alliances.tenancy.wall.TenantLink(field="project", name="project_territory_of_project"),
        ),
        migrations.AddConstraint(
            model_name="projectterritory",
            constraint=alliances.tenancy.wall.Wall(
                name="project_territory_wall",
                rules=(
                    ("alliance", "select insert update delete", "alliance_id = scope_alliance()"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
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
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
    ]
