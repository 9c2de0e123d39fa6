import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alliances.tenancy.wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("alliances", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=200)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("version", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=20)),
                ("data", models.JSONField()),
                ("data_sha256", models.CharField(max_length=64)),
                ("template_version", models.CharField(max_length=20)),
                ("file_sha256", models.CharField(max_length=64)),
                ("job_id", models.BigIntegerField()),
                ("produced_at", models.DateTimeField()),
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
                    "file",
                    alliances.tenancy.wall.Link(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.storedfile",
                    ),
                ),
                (
                    "produced_by",
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
                "db_table": "document",
                "indexes": [
                    models.Index(fields=["code"], name="document_code"),
                    models.Index(fields=["alliance", "kind", "fiscal_year", "-id"], name="document_list"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "id"), name="document_key"),
                    models.UniqueConstraint(fields=("alliance", "code"), name="document_code_once"),
                    models.UniqueConstraint(fields=("alliance", "job_id"), name="document_of_job"),
                    models.UniqueConstraint(
                        fields=("alliance", "kind", "fiscal_year", "version"), name="document_version"
                    ),
                    alliances.tenancy.wall.TenantLink(field="file", name="document_of_file"),
                    alliances.tenancy.wall.Wall(
                        name="document_wall",
                        rules=(
                            ("alliance", "select insert", "alliance_id = scope_alliance()"),
                            ("upkeep", "select", "true"),
                            ("keeper_documents", "select", "true"),
                        ),
                    ),
                ],
            },
        ),
    ]
