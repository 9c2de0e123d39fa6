"""The ledger’s sums by month beside those by day: what is as of a day reads a few hundred rows, whatever the scale."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alliances.tenancy.wall
from alliances.tenancy.wall import kept

ENTRY_DAY = """
CREATE OR REPLACE FUNCTION entry_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH line AS (
    INSERT INTO money_day (alliance_id, agreement_id, fiscal_year, kind, state, day, amount)
    SELECT f.alliance_id, e.agreement_id, e.fiscal_year, e.kind, a.state, p.effective_on, sum(f.amount)
      FROM fresh f
      JOIN posting p ON p.alliance_id = f.alliance_id AND p.id = f.posting_id
      JOIN account a ON a.alliance_id = f.alliance_id AND a.id = f.account_id
      JOIN envelope e ON e.alliance_id = f.alliance_id AND e.id = a.envelope_id
     GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(f.amount) <> 0 RETURNING *)
  INSERT INTO money_month (alliance_id, agreement_id, fiscal_year, kind, state, month, amount)
  SELECT l.alliance_id, l.agreement_id, l.fiscal_year, l.kind, l.state, l.day - extract(day FROM l.day)::int + 1, sum(l.amount)
    FROM line l GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(l.amount) <> 0;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION entry_day() FROM public;
GRANT EXECUTE ON FUNCTION entry_day() TO portal_owner
"""

FOLD_MONEY_DAY = """
CREATE OR REPLACE FUNCTION fold_money_day(one_alliance bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM money_month WHERE alliance_id = one_alliance RETURNING *)
  INSERT INTO money_month (alliance_id, agreement_id, fiscal_year, kind, state, month, amount)
  SELECT alliance_id, agreement_id, fiscal_year, kind, state, month, sum(amount) FROM gone
   GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0;
  WITH gone AS (DELETE FROM money_day WHERE alliance_id = one_alliance RETURNING *),
       kept AS (INSERT INTO money_day (alliance_id, agreement_id, fiscal_year, kind, state, day, amount)
                SELECT alliance_id, agreement_id, fiscal_year, kind, state, day, sum(amount) FROM gone
                 GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0 RETURNING 1)
  SELECT count(*) FROM kept
$$;
REVOKE EXECUTE ON FUNCTION fold_money_day(bigint) FROM public;
GRANT EXECUTE ON FUNCTION fold_money_day(bigint) TO space_upkeep
"""


def _kept(statement: str) -> migrations.RunSQL:
    return migrations.RunSQL(kept("tally", statement), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0003_people_invited_by_the_ministry"),
        ("regions", "0004_public_totals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MoneyMonth",
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
                ("month", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
            ],
            options={
                "db_table": "money_month",
            },
        ),
        migrations.RemoveIndex(
            model_name="moneyday",
            name="money_day_sums",
        ),
        migrations.AddIndex(
            model_name="moneyday",
            index=models.Index(
                fields=["alliance", "agreement_id", "day"],
                include=("kind", "state", "fiscal_year", "amount"),
                name="money_day_until",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["alliance", "cause", "-id"], name="posting_by_cause"),
        ),
        migrations.AddField(
            model_name="moneymonth",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddIndex(
            model_name="moneymonth",
            index=models.Index(
                fields=["alliance", "agreement_id", "month"],
                include=("kind", "state", "fiscal_year", "amount"),
                name="money_month_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneymonth",
            constraint=alliances.tenancy.wall.Wall(
                name="money_month_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
                    ("ministry", "select", "true"),
                    ("audit", "select", "true"),
                    ("upkeep", "select", "true"),
                    ("keeper_tally", "select insert delete", "true"),
                ),
            ),
        ),
        _kept(ENTRY_DAY),
        _kept(FOLD_MONEY_DAY),
    ]
