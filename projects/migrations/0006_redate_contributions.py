"""Redating a project’s contributions costs nothing where its dates did not move.

It was a join of the statement’s old and new rows: quadratic for an import of a thousand projects, since the planner knows
nothing of their number.
"""

from django.db import migrations

from alliances.tenancy.wall import kept

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
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION project_count() FROM public;
GRANT EXECUTE ON FUNCTION project_count() TO portal_owner
"""

# The partners' money of a project counts from its award to its cancellation: touched, it is dated again.
REDATE = """
CREATE OR REPLACE FUNCTION project_redate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE contribution c SET counts_from = c.counts_from WHERE c.alliance_id = NEW.alliance_id AND c.project_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION project_redate() FROM public;
GRANT EXECUTE ON FUNCTION project_redate() TO portal_owner
"""

TRIGGER = """
CREATE TRIGGER project_redate AFTER UPDATE OF awarded_on, cancelled_on ON project FOR EACH ROW
WHEN (OLD.awarded_on IS DISTINCT FROM NEW.awarded_on OR OLD.cancelled_on IS DISTINCT FROM NEW.cancelled_on)
EXECUTE FUNCTION project_redate()
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_organisation_words")]
    operations = [
        migrations.RunSQL(kept("tally", PROJECT_COUNT), migrations.RunSQL.noop),
        migrations.RunSQL(kept("tally", REDATE), migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER project_redate ON project"),
    ]
