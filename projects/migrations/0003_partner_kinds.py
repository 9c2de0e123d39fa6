"""The day tally knows the kind of partner: where the programme’s money comes from, for all alliances together."""

from django.db import migrations, models

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
  INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
  SELECT p.alliance_id, p.agreement_id, l.day, c.kind, 0, sum(l.amount)
    FROM unnest(change) c
    CROSS JOIN LATERAL (VALUES (c.counts_from, c.amount), (c.counts_until, -c.amount)) AS l (day, amount)
    JOIN project p ON p.alliance_id = c.alliance_id AND p.id = c.project_id
   WHERE l.day IS NOT NULL GROUP BY 1, 2, 3, 4 HAVING sum(l.amount) <> 0;
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
    INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
    SELECT alliance_id, agreement_id, day, '', sum(n), 0 FROM (
      SELECT alliance_id, agreement_id, awarded_on AS day, 1 AS n FROM fresh
      UNION ALL SELECT alliance_id, agreement_id, cancelled_on, -1 FROM fresh WHERE awarded_on IS NOT NULL) x
     WHERE day IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(n) <> 0;
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
    INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
    SELECT alliance_id, agreement_id, day, '', sum(n), 0 FROM (
      SELECT alliance_id, agreement_id, awarded_on AS day, 1 AS n FROM fresh
      UNION ALL SELECT alliance_id, agreement_id, cancelled_on, -1 FROM fresh WHERE awarded_on IS NOT NULL
      UNION ALL SELECT alliance_id, agreement_id, awarded_on, -1 FROM stale
      UNION ALL SELECT alliance_id, agreement_id, cancelled_on, 1 FROM stale WHERE awarded_on IS NOT NULL) x
     WHERE day IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(n) <> 0;
    -- The partners' money of a project counts from its award to its cancellation: touched, it is dated again.
    UPDATE contribution c SET counts_from = c.counts_from
      FROM fresh f JOIN stale s ON s.id = f.id
     WHERE c.alliance_id = f.alliance_id AND c.project_id = f.id
       AND (f.awarded_on IS DISTINCT FROM s.awarded_on OR f.cancelled_on IS DISTINCT FROM s.cancelled_on);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION project_count() FROM public;
GRANT EXECUTE ON FUNCTION project_count() TO portal_owner
"""


FOLD_DAY = """
CREATE OR REPLACE FUNCTION fold_project_day(one_alliance bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM project_day WHERE alliance_id = one_alliance RETURNING *),
       kept AS (INSERT INTO project_day (alliance_id, agreement_id, day, kind, n, partners)
                SELECT alliance_id, agreement_id, day, kind, sum(n), sum(partners) FROM gone GROUP BY 1, 2, 3, 4
                HAVING sum(n) <> 0 OR sum(partners) <> 0 RETURNING 1)
  SELECT count(*) FROM kept
$$;
REVOKE EXECUTE ON FUNCTION fold_project_day(bigint) FROM public;
GRANT EXECUTE ON FUNCTION fold_project_day(bigint) TO space_upkeep
"""


def _sql(statement: str) -> migrations.RunSQL:
    return migrations.RunSQL(statement, migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_keepers")]
    operations = [
        migrations.RemoveIndex("projectday", "project_day_sums"),
        migrations.AddField("projectday", "kind", models.CharField(blank=True, default="", max_length=14)),
        migrations.AddIndex(
            "projectday",
            models.Index(
                fields=["alliance", "agreement_id", "day"], include=("kind", "n", "partners"), name="project_day_sums"
            ),
        ),
        _sql("ALTER TYPE contribution_change ADD ATTRIBUTE kind text"),
        _sql(kept("tally", CONTRIBUTION_SUMS)),
        _sql(kept("tally", PROJECT_COUNT)),
        _sql(kept("tally", FOLD_DAY)),
    ]
