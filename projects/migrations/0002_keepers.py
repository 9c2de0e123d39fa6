"""What the database keeps by itself: a project's money, its sums and lists, its searchable text, the tallies."""

from django.db import migrations

from alliances.tenancy.wall import kept

# Written by keepers alone: what a writer says of them at creation is not believed.
PROJECT_STAMP = """
CREATE FUNCTION plain(words text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT lower(unaccent(translate(words, '’ ', ''' '))) $$;
CREATE FUNCTION project_stamp() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE day date := coalesce(NEW.awarded_on, NEW.starts_on);
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.reserved := 0; NEW.committed := 0; NEW.paid := 0; NEW.partners_promised := 0; NEW.partners_secured := 0;
    NEW.territory_ids := '{}'; NEW.priority_ids := '{}';
  END IF;
  NEW.fiscal_year := extract(year FROM day) - CASE WHEN extract(month FROM day) < 4 THEN 1 ELSE 0 END;
  NEW.title_norm := left(plain(NEW.title || ' ' || NEW.number || ' '
    || (SELECT o.name FROM organisation o WHERE o.id = NEW.organisation_id)), 600);
  RETURN NEW;
END $$;
CREATE TRIGGER project_stamp BEFORE INSERT OR UPDATE OF title, number, organisation_id, awarded_on, starts_on ON project
FOR EACH ROW EXECUTE FUNCTION project_stamp();
CREATE INDEX project_find ON project USING gin (alliance_id, title_norm gin_trgm_ops);
CREATE INDEX project_trgm ON project USING gin (title_norm gin_trgm_ops);
CREATE INDEX organisation_find ON organisation (lower(name) text_pattern_ops);
"""

ENTRY_PROJECT = """
CREATE OR REPLACE FUNCTION entry_project() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM project p
   WHERE (p.alliance_id, p.id) IN (SELECT s.alliance_id, s.subject_id FROM fresh f
                                     JOIN posting s ON s.alliance_id = f.alliance_id AND s.id = f.posting_id
                                    WHERE s.subject_id IS NOT NULL)
   ORDER BY p.alliance_id, p.id FOR NO KEY UPDATE;
  UPDATE project p
     SET reserved = p.reserved + d.reserved, committed = p.committed + d.committed, paid = p.paid + d.paid
    FROM (SELECT s.alliance_id, s.subject_id,
                 coalesce(sum(f.amount) FILTER (WHERE a.state = 'reserved'), 0) AS reserved,
                 coalesce(sum(f.amount) FILTER (WHERE a.state = 'committed'), 0) AS committed,
                 coalesce(sum(f.amount) FILTER (WHERE a.state = 'paid'), 0) AS paid
            FROM fresh f
            JOIN posting s ON s.alliance_id = f.alliance_id AND s.id = f.posting_id
            JOIN account a ON a.alliance_id = f.alliance_id AND a.id = f.account_id
           WHERE s.subject_id IS NOT NULL GROUP BY 1, 2) d
   WHERE p.alliance_id = d.alliance_id AND p.id = d.subject_id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION entry_project() FROM public;
GRANT EXECUTE ON FUNCTION entry_project() TO portal_owner
"""

# A posting for a project must be one of its alliance's projects: no foreign key can say so from below.
POSTING_SUBJECT = """
ALTER TABLE posting NO FORCE ROW LEVEL SECURITY; ALTER TABLE project NO FORCE ROW LEVEL SECURITY;
ALTER TABLE posting ADD CONSTRAINT posting_of_project FOREIGN KEY (alliance_id, subject_id) REFERENCES project (alliance_id, id);
ALTER TABLE posting FORCE ROW LEVEL SECURITY; ALTER TABLE project FORCE ROW LEVEL SECURITY
"""

# The lists and sums of a project follow its parts. `changed` is the rows of one statement, old or new.
PARTS = """
CREATE OR REPLACE FUNCTION project_parts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM project p WHERE (p.alliance_id, p.id) IN (SELECT c.alliance_id, c.project_id FROM changed c)
   ORDER BY p.alliance_id, p.id FOR NO KEY UPDATE;
  IF TG_ARGV[0] = 'territory' THEN
    UPDATE project p SET territory_ids = coalesce(
             (SELECT array_agg(t.territory_id ORDER BY t.share DESC, t.territory_id) FROM project_territory t
               WHERE t.alliance_id = p.alliance_id AND t.project_id = p.id), '{}')
     WHERE (p.alliance_id, p.id) IN (SELECT c.alliance_id, c.project_id FROM changed c);
  ELSE
    UPDATE project p SET priority_ids = coalesce(
             (SELECT array_agg(t.priority_id ORDER BY t.rank, t.priority_id) FROM project_priority t
               WHERE t.alliance_id = p.alliance_id AND t.project_id = p.id), '{}')
     WHERE (p.alliance_id, p.id) IN (SELECT c.alliance_id, c.project_id FROM changed c);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION project_parts() FROM public;
GRANT EXECUTE ON FUNCTION project_parts() TO portal_owner
"""

# From when and until when a partner's money counts in the programme's figures: with its project's award.
CONTRIBUTION_COUNTS = """
CREATE OR REPLACE FUNCTION contribution_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT greatest(p.awarded_on, NEW.effective_on), greatest(p.cancelled_on, p.awarded_on, NEW.effective_on)
    INTO NEW.counts_from, NEW.counts_until
    FROM project p WHERE p.alliance_id = NEW.alliance_id AND p.id = NEW.project_id AND p.awarded_on IS NOT NULL
     AND NEW.state IN ('confirmed', 'received');
  IF NOT FOUND THEN NEW.counts_from := NULL; NEW.counts_until := NULL;
  ELSIF (SELECT p.cancelled_on FROM project p WHERE p.alliance_id = NEW.alliance_id AND p.id = NEW.project_id) IS NULL THEN
    NEW.counts_until := NULL;
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION contribution_counts() FROM public;
GRANT EXECUTE ON FUNCTION contribution_counts() TO portal_owner
"""

# Statement level: sums of the project, and lines of difference in project_day. `gone` and `come` are old and new rows.
CONTRIBUTION_SUMS = """
CREATE OR REPLACE FUNCTION contribution_sums() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE change contribution_change[];
BEGIN
  IF TG_OP <> 'INSERT' THEN
    change := change || (SELECT array_agg(ROW(o.alliance_id, o.project_id, o.state, -o.amount, o.counts_from, o.counts_until)
                                          ::contribution_change) FROM stale o);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    change := change || (SELECT array_agg(ROW(n.alliance_id, n.project_id, n.state, n.amount, n.counts_from, n.counts_until)
                                          ::contribution_change) FROM fresh n);
  END IF;
  IF change IS NULL THEN RETURN NULL; END IF;
  PERFORM 1 FROM project p WHERE (p.alliance_id, p.id) IN (SELECT c.alliance_id, c.project_id FROM unnest(change) c)
   ORDER BY p.alliance_id, p.id FOR NO KEY UPDATE;
  INSERT INTO project_day (alliance_id, agreement_id, day, n, partners)
  SELECT p.alliance_id, p.agreement_id, l.day, 0, sum(l.amount)
    FROM unnest(change) c
    CROSS JOIN LATERAL (VALUES (c.counts_from, c.amount), (c.counts_until, -c.amount)) AS l (day, amount)
    JOIN project p ON p.alliance_id = c.alliance_id AND p.id = c.project_id
   WHERE l.day IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(l.amount) <> 0;
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
    INSERT INTO project_day (alliance_id, agreement_id, day, n, partners)
    SELECT alliance_id, agreement_id, day, sum(n), 0 FROM (
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
    INSERT INTO project_day (alliance_id, agreement_id, day, n, partners)
    SELECT alliance_id, agreement_id, day, sum(n), 0 FROM (
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

FOLDS = """
CREATE OR REPLACE FUNCTION fold_project_tally(one_alliance bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM project_tally WHERE alliance_id = one_alliance RETURNING *),
       kept AS (INSERT INTO project_tally (alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, n, asked, committed, paid, partners)
                SELECT alliance_id, agreement_id, state, fiscal_year, territory_ids, priority_ids, sum(n), sum(asked), sum(committed), sum(paid), sum(partners)
                  FROM gone GROUP BY 1, 2, 3, 4, 5, 6
                HAVING sum(n) <> 0 OR sum(asked) <> 0 OR sum(committed) <> 0 OR sum(paid) <> 0 OR sum(partners) <> 0 RETURNING 1)
  SELECT count(*) FROM kept
$$;
REVOKE EXECUTE ON FUNCTION fold_project_tally(bigint) FROM public;
GRANT EXECUTE ON FUNCTION fold_project_tally(bigint) TO space_upkeep;
CREATE OR REPLACE FUNCTION fold_project_day(one_alliance bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM project_day WHERE alliance_id = one_alliance RETURNING *),
       kept AS (INSERT INTO project_day (alliance_id, agreement_id, day, n, partners)
                SELECT alliance_id, agreement_id, day, sum(n), sum(partners) FROM gone GROUP BY 1, 2, 3
                HAVING sum(n) <> 0 OR sum(partners) <> 0 RETURNING 1)
  SELECT count(*) FROM kept
$$;
REVOKE EXECUTE ON FUNCTION fold_project_day(bigint) FROM public;
GRANT EXECUTE ON FUNCTION fold_project_day(bigint) TO space_upkeep
"""

SEARCH = """
CREATE OR REPLACE FUNCTION find_projects(words text, most integer DEFAULT 500) RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wall text; likes text;
BEGIN
  wall := CASE current_setting('role')              -- the caller's space; current_user is the keeper here
    WHEN 'space_alliance' THEN 'p.alliance_id = ' || scope_alliance()
    WHEN 'space_ministry' THEN 'p.alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))'
    WHEN 'space_audit' THEN 'p.alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))'
  END;
  IF wall IS NULL THEN RAISE EXCEPTION 'no search in this space' USING ERRCODE = '42501'; END IF;
  SELECT string_agg(format(' AND p.title_norm LIKE %L', '%' || regexp_replace(w, '([\\\\%_])', '\\\\\\1', 'g') || '%'), '')
    INTO likes
    FROM unnest((regexp_split_to_array(trim(plain(words)), '\\s+'))[1:6]) w
   WHERE length(w) >= 3;                            -- below three letters a trigram index finds nothing
  IF likes IS NULL THEN RETURN; END IF;
  -- MATERIALIZED: matches first, order after; else a rare word walks the whole list.
  RETURN QUERY EXECUTE
    'WITH hit AS MATERIALIZED (SELECT p.id, p.updated_at FROM project p WHERE ' || wall || likes || ')
     SELECT h.id FROM hit h ORDER BY h.updated_at DESC, h.id DESC LIMIT $1' USING least(most, 500);
END $$;
REVOKE EXECUTE ON FUNCTION find_projects(text, integer) FROM public;
GRANT EXECUTE ON FUNCTION find_projects(text, integer) TO space_alliance, space_ministry, space_audit
"""

TYPE = """
CREATE TYPE contribution_change AS (alliance_id bigint, project_id bigint, state text, amount numeric, counts_from date, counts_until date)
"""

TRIGGERS = """
CREATE TRIGGER entry_project AFTER INSERT ON entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entry_project();
CREATE TRIGGER territory_parts_i AFTER INSERT ON project_territory REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION project_parts('territory');
CREATE TRIGGER territory_parts_u AFTER UPDATE ON project_territory REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION project_parts('territory');
CREATE TRIGGER territory_parts_d AFTER DELETE ON project_territory REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION project_parts('territory');
CREATE TRIGGER priority_parts_i AFTER INSERT ON project_priority REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION project_parts('priority');
CREATE TRIGGER priority_parts_u AFTER UPDATE ON project_priority REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION project_parts('priority');
CREATE TRIGGER priority_parts_d AFTER DELETE ON project_priority REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION project_parts('priority');
CREATE TRIGGER contribution_counts BEFORE INSERT OR UPDATE ON contribution FOR EACH ROW EXECUTE FUNCTION contribution_counts();
CREATE TRIGGER contribution_sums_i AFTER INSERT ON contribution REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION contribution_sums();
CREATE TRIGGER contribution_sums_u AFTER UPDATE ON contribution REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION contribution_sums();
CREATE TRIGGER contribution_sums_d AFTER DELETE ON contribution REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION contribution_sums();
CREATE TRIGGER project_count_i AFTER INSERT ON project REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION project_count();
CREATE TRIGGER project_count_u AFTER UPDATE ON project REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION project_count();
CREATE TRIGGER project_count_d AFTER DELETE ON project REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION project_count();
"""


def _sql(statement: str) -> migrations.RunSQL:
    return migrations.RunSQL(statement, migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial"), ("regions", "0002_ledger")]
    operations = [
        _sql("GRANT USAGE ON SCHEMA public TO keeper_search"),
        _sql(PROJECT_STAMP),
        _sql(POSTING_SUBJECT),
        _sql(TYPE),
        _sql(kept("ledger", ENTRY_PROJECT)),
        _sql(kept("tally", PARTS)),
        _sql(kept("tally", CONTRIBUTION_COUNTS)),
        _sql(kept("tally", CONTRIBUTION_SUMS)),
        _sql(kept("tally", PROJECT_COUNT)),
        _sql(kept("tally", FOLDS)),
        _sql(kept("search", SEARCH)),
        _sql(TRIGGERS),
    ]
