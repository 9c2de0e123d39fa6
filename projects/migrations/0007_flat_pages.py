"""Pages that cost the same whatever the scale: sums by month, instalments by state, what is open apart, cancelled ones.

And the key of the form that a project was entered with: the same form sent twice enters one project.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alliances.tenancy.wall
from alliances.tenancy.wall import kept

CONTRIBUTION_SUMS = """
CREATE OR REPLACE FUNCTION contribution_sums() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE change contribution_change[];
BEGIN
  IF TG_OP <> 'INSERT' THEN
    change := change || (SELECT array_agg(ROW(o.alliance_id, o.project_id, o.state, -o.amount, o.counts_from, o.counts_until, o.kind)
                                          ::contribution_change) FROM stale o);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    change := change || (SELECT array_agg(ROW(n.alliance_id, n.project_id, n.state, n.amount, n.counts_from, n.counts_until, n.kind)
                                          ::contribution_change) FROM fresh n);
  END IF;
  IF change IS NULL THEN RETURN NULL; END IF;
  PERFORM 1 FROM project p WHERE (p.alliance_id, p.id) IN (SELECT c.alliance_id, c.project_id FROM unnest(change) c)
   ORDER BY p.alliance_id, p.id FOR NO KEY UPDATE;
  WITH line AS (
  INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
  SELECT p.alliance_id, p.agreement_id, l.day, c.kind, 0, sum(l.amount)
    FROM unnest(change) c
    CROSS JOIN LATERAL (VALUES (c.counts_from, c.amount), (c.counts_until, -c.amount)) AS l (day, amount)
    JOIN project p ON p.alliance_id = c.alliance_id AND p.id = c.project_id
   WHERE l.day IS NOT NULL GROUP BY 1, 2, 3, 4 HAVING sum(l.amount) <> 0 RETURNING *)
  INSERT INTO project_month (alliance_id, agreement_id, month, kind, n, partners)
  SELECT l.alliance_id, l.agreement_id, l.day - extract(day FROM l.day)::int + 1, l.kind, sum(l.n), sum(l.partners)
    FROM line l GROUP BY 1, 2, 3, 4 HAVING sum(l.n) <> 0 OR sum(l.partners) <> 0;
  UPDATE project p SET partners_promised = p.partners_promised + d.promised, partners_secured = p.partners_secured + d.secured
    FROM (SELECT c.alliance_id, c.project_id,
                 coalesce(sum(c.amount) FILTER (WHERE c.state = 'promised'), 0) AS promised,
                 coalesce(sum(c.amount) FILTER (WHERE c.state <> 'promised'), 0) AS secured
            FROM unnest(change) c GROUP BY 1, 2) d
   WHERE p.alliance_id = d.alliance_id AND p.id = d.project_id AND (d.promised <> 0 OR d.secured <> 0);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION contribution_sums() FROM public;
GRANT EXECUTE ON FUNCTION contribution_sums() TO portal_owner
"""

PROJECT_COUNT = """
CREATE OR REPLACE FUNCTION project_count() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO project_tally (alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, n, asked, committed, paid, partners)
    SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, count(*), sum(fund_amount), sum(committed), sum(paid), sum(partners_secured)
      FROM fresh GROUP BY 1, 2, 3, 4, 5, 6;
    WITH line AS (
    INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
    SELECT alliance_id, agreement_id, day, '', sum(n), 0 FROM (
      SELECT alliance_id, agreement_id, awarded_on AS day, 1 AS n FROM fresh
      UNION ALL SELECT alliance_id, agreement_id, cancelled_on, -1 FROM fresh WHERE awarded_on IS NOT NULL) x
     WHERE day IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(n) <> 0 RETURNING *)
    INSERT INTO project_month (alliance_id, agreement_id, month, kind, n, partners)
    SELECT l.alliance_id, l.agreement_id, l.day - extract(day FROM l.day)::int + 1, l.kind, sum(l.n), sum(l.partners)
      FROM line l GROUP BY 1, 2, 3, 4 HAVING sum(l.n) <> 0 OR sum(l.partners) <> 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO project_tally (alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, n, asked, committed, paid, partners)
    SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, -count(*), -sum(fund_amount), -sum(committed), -sum(paid), -sum(partners_secured)
      FROM stale GROUP BY 1, 2, 3, 4, 5, 6;
  ELSE
    INSERT INTO project_tally (alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, n, asked, committed, paid, partners)
    SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, sum(n), sum(asked), sum(committed), sum(paid), sum(partners)
      FROM (SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, 1 AS n, fund_amount AS asked, committed, paid, partners_secured AS partners FROM fresh
            UNION ALL
            SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, -1, -fund_amount, -committed, -paid, -partners_secured FROM stale) change
     GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(n) <> 0 OR sum(asked) <> 0 OR sum(committed) <> 0 OR sum(paid) <> 0 OR sum(partners) <> 0;
    WITH line AS (
    INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
    SELECT alliance_id, agreement_id, day, '', sum(n), 0 FROM (
      SELECT alliance_id, agreement_id, awarded_on AS day, 1 AS n FROM fresh
      UNION ALL SELECT alliance_id, agreement_id, cancelled_on, -1 FROM fresh WHERE awarded_on IS NOT NULL
      UNION ALL SELECT alliance_id, agreement_id, awarded_on, -1 FROM stale
      UNION ALL SELECT alliance_id, agreement_id, cancelled_on, 1 FROM stale WHERE awarded_on IS NOT NULL) x
     WHERE day IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(n) <> 0 RETURNING *)
    INSERT INTO project_month (alliance_id, agreement_id, month, kind, n, partners)
    SELECT l.alliance_id, l.agreement_id, l.day - extract(day FROM l.day)::int + 1, l.kind, sum(l.n), sum(l.partners)
      FROM line l GROUP BY 1, 2, 3, 4 HAVING sum(l.n) <> 0 OR sum(l.partners) <> 0;
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION project_count() FROM public;
GRANT EXECUTE ON FUNCTION project_count() TO portal_owner
"""

FOLD_DAY = """
CREATE OR REPLACE FUNCTION fold_project_day(one_alliance bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM project_month WHERE alliance_id = one_alliance RETURNING *)
  INSERT INTO project_month (alliance_id, agreement_id, month, kind, n, partners)
  SELECT alliance_id, agreement_id, month, kind, sum(n), sum(partners) FROM gone GROUP BY 1, 2, 3, 4
  HAVING sum(n) <> 0 OR sum(partners) <> 0;
  WITH gone AS (DELETE FROM project_day WHERE alliance_id = one_alliance RETURNING *),
       kept AS (INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
                SELECT alliance_id, agreement_id, day, kind, sum(n), sum(partners) FROM gone GROUP BY 1, 2, 3, 4
                HAVING sum(n) <> 0 OR sum(partners) <> 0 RETURNING 1)
  SELECT count(*) FROM kept
$$;
REVOKE EXECUTE ON FUNCTION fold_project_day(bigint) FROM public;
GRANT EXECUTE ON FUNCTION fold_project_day(bigint) TO space_upkeep
"""

INSTALMENT_COUNT = """
CREATE OR REPLACE FUNCTION instalment_count() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO instalment_tally (alliance_id, state, due_on, n, amount)
    SELECT alliance_id, state, CASE WHEN state = 'planned' THEN due_on END, count(*), sum(amount) FROM fresh GROUP BY 1, 2, 3;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO instalment_tally (alliance_id, state, due_on, n, amount)
    SELECT alliance_id, state, CASE WHEN state = 'planned' THEN due_on END, -count(*), -sum(amount) FROM stale GROUP BY 1, 2, 3;
  ELSE
    INSERT INTO instalment_tally (alliance_id, state, due_on, n, amount)
    SELECT alliance_id, state, day, sum(n), sum(amount)
      FROM (SELECT alliance_id, state, CASE WHEN state = 'planned' THEN due_on END AS day, 1 AS n, amount FROM fresh
            UNION ALL SELECT alliance_id, state, CASE WHEN state = 'planned' THEN due_on END, -1, -amount FROM stale) change
     GROUP BY 1, 2, 3 HAVING sum(n) <> 0 OR sum(amount) <> 0;
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION instalment_count() FROM public;
GRANT EXECUTE ON FUNCTION instalment_count() TO portal_owner
"""

FOLD_INSTALMENTS = """
CREATE OR REPLACE FUNCTION fold_instalment_tally(one_alliance bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM instalment_tally WHERE alliance_id = one_alliance RETURNING *),
       kept AS (INSERT INTO instalment_tally (alliance_id, state, due_on, n, amount)
                SELECT alliance_id, state, due_on, sum(n), sum(amount) FROM gone GROUP BY 1, 2, 3
                HAVING sum(n) <> 0 OR sum(amount) <> 0 RETURNING 1)
  SELECT count(*) FROM kept
$$;
REVOKE EXECUTE ON FUNCTION fold_instalment_tally(bigint) FROM public;
GRANT EXECUTE ON FUNCTION fold_instalment_tally(bigint) TO space_upkeep
"""

TRIGGERS = """
CREATE TRIGGER instalment_count_i AFTER INSERT ON instalment REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION instalment_count();
CREATE TRIGGER instalment_count_u AFTER UPDATE ON instalment REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION instalment_count();
CREATE TRIGGER instalment_count_d AFTER DELETE ON instalment REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION instalment_count();
"""


def _kept(statement: str) -> migrations.RunSQL:
    return migrations.RunSQL(kept("tally", statement), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0003_people_invited_by_the_ministry"),
        ("projects", "0006_redate_contributions"),
        ("regions", "0006_fill_months"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InstalmentTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("n", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
            ],
            options={
                "db_table": "instalment_tally",
            },
        ),
        migrations.CreateModel(
            name="ProjectMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement_id", models.BigIntegerField()),
                ("month", models.DateField()),
                ("kind", models.CharField(blank=True, default="", max_length=14)),
                ("n", models.BigIntegerField(default=0)),
                ("partners", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                "db_table": "project_month",
            },
        ),
        migrations.RemoveConstraint(
            model_name="instalment",
            name="instalment_wall",
        ),
        migrations.AddField(
            model_name="project",
            name="form_key",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="instalment",
            index=models.Index(
                condition=models.Q(("state__in", ["paid", "cancelled"]), _negated=True),
                fields=["alliance", "due_on", "id"],
                name="instalment_open",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                models.F("alliance"),
                models.F("cancelled_on"),
                models.F("id"),
                condition=models.Q(("cancelled_on__isnull", False)),
                name="project_cancelled",
            ),
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
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("alliance", "form_key"), name="project_form"),
        ),
        migrations.AddField(
            model_name="instalmenttally",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="projectmonth",
            name="alliance",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alliances.alliance"
            ),
        ),
        migrations.AddIndex(
            model_name="instalmenttally",
            index=models.Index(
                fields=["alliance", "state", "due_on"], include=("n", "amount"), name="instalment_tally_sums"
            ),
        ),
        migrations.AddConstraint(
            model_name="instalmenttally",
            constraint=alliances.tenancy.wall.Wall(
                name="instalment_tally_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
                    ("upkeep", "select", "true"),
                    ("keeper_tally", "select insert delete", "true"),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="projectmonth",
            index=models.Index(
                fields=["alliance", "agreement_id", "month"],
                include=("kind", "n", "partners"),
                name="project_month_sums",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectmonth",
            constraint=alliances.tenancy.wall.Wall(
                name="project_month_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
                    ("ministry", "select", "true"),
                    ("audit", "select", "true"),
                    ("upkeep", "select", "true"),
                    ("keeper_tally", "select insert delete", "true"),
                ),
            ),
        ),
        _kept(CONTRIBUTION_SUMS),
        _kept(PROJECT_COUNT),
        _kept(FOLD_DAY),
        _kept(INSTALMENT_COUNT),
        _kept(FOLD_INSTALMENTS),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
