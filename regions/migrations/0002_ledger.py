"""The walls of the ledger: balanced, append-only, never overdrawn; and the one door by which an agreement's money comes in."""

from django.db import migrations

from alliances.tenancy.wall import kept

# What the writer says of balance and time is not believed.
STAMP = """
ALTER TABLE posting ADD COLUMN recorded_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE FUNCTION ledger_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'account' THEN NEW.balance := 0;
  ELSE NEW.recorded_at := clock_timestamp(); NEW.recorded_in := pg_current_xact_id(); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_stamp BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION ledger_stamp();
CREATE TRIGGER posting_stamp BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION ledger_stamp();
CREATE TRIGGER entry_never BEFORE UPDATE OR DELETE OR TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION never();
CREATE TRIGGER posting_never BEFORE UPDATE OR DELETE OR TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION never();
"""

ENTRY_BOOK = """
CREATE OR REPLACE FUNCTION entry_book() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  line record;
BEGIN
  -- One INSERT statement is one whole posting (or several whole ones): so every posting balances, by induction.
  SELECT f.posting_id INTO line FROM fresh f GROUP BY f.alliance_id, f.posting_id HAVING sum(f.amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'posting % does not balance', line.posting_id USING ERRCODE = '23514', CONSTRAINT = 'posting_balances';
  END IF;
  SELECT p.id INTO line FROM posting p JOIN fresh f ON f.alliance_id = p.alliance_id AND f.posting_id = p.id
   WHERE p.recorded_in <> pg_current_xact_id() LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'posting % is closed', line.id USING ERRCODE = '23514', CONSTRAINT = 'posting_closed';
  END IF;
  -- The agreement's own account is the ministry's to draw on: an alliance cannot appropriate itself money.
  SELECT a.id INTO line FROM account a JOIN fresh f ON f.alliance_id = a.alliance_id AND f.account_id = a.id
   WHERE a.state = 'source' AND current_setting('role') <> 'space_ministry' LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'account % is drawn on by the ministry alone', line.id USING ERRCODE = '42501';
  END IF;
  FOR line IN SELECT f.alliance_id, f.account_id, sum(f.amount) AS delta FROM fresh f GROUP BY 1, 2 ORDER BY 1, 2 LOOP
    UPDATE account a SET balance = a.balance + line.delta            -- locks in key order; the CHECK refuses
     WHERE a.alliance_id = line.alliance_id AND a.id = line.account_id;
  END LOOP;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION entry_book() FROM public;
GRANT EXECUTE ON FUNCTION entry_book() TO portal_owner
"""

ENTRY_DAY = """
CREATE OR REPLACE FUNCTION entry_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO money_day (alliance_id, agreement_id, fiscal_year, kind, state, day, amount)
  SELECT f.alliance_id, e.agreement_id, e.fiscal_year, e.kind, a.state, p.effective_on, sum(f.amount)
    FROM fresh f
    JOIN posting p ON p.alliance_id = f.alliance_id AND p.id = f.posting_id
    JOIN account a ON a.alliance_id = f.alliance_id AND a.id = f.account_id
    JOIN envelope e ON e.alliance_id = f.alliance_id AND e.id = a.envelope_id
   GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(f.amount) <> 0;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION entry_day() FROM public;
GRANT EXECUTE ON FUNCTION entry_day() TO portal_owner
"""

FOLD_MONEY_DAY = """
CREATE OR REPLACE FUNCTION fold_money_day(one_alliance bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM money_day WHERE alliance_id = one_alliance RETURNING *),
       kept AS (INSERT INTO money_day (alliance_id, agreement_id, fiscal_year, kind, state, day, amount)
                SELECT alliance_id, agreement_id, fiscal_year, kind, state, day, sum(amount) FROM gone
                 GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0 RETURNING 1)
  SELECT count(*) FROM kept
$$;
REVOKE EXECUTE ON FUNCTION fold_money_day(bigint) FROM public;
GRANT EXECUTE ON FUNCTION fold_money_day(bigint) TO space_upkeep
"""

# The ministry's one act on an alliance's money: give the year of an agreement. Posts the appropriation, dated 1 April, and
# the first split between administration (at the agreement's rate) and projects. Twice changes nothing.
OPEN_YEAR = """
CREATE OR REPLACE FUNCTION open_year(one_year bigint, by_person bigint, by_name text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  y record; root bigint; branch bigint; one record; administration numeric(14,2); posted bigint; source bigint; free bigint;
  label text;
BEGIN
  SELECT v.alliance_id, v.agreement_id, v.fiscal_year, v.amount, g.administration_rate, g.number INTO y
    FROM agreement_year v JOIN agreement g ON g.alliance_id = v.alliance_id AND g.id = v.agreement_id WHERE v.id = one_year;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such year' USING ERRCODE = '22023'; END IF;
  label := y.fiscal_year || '-' || (y.fiscal_year + 1);
  SELECT e.id INTO root FROM envelope e
   WHERE e.alliance_id = y.alliance_id AND e.agreement_id = y.agreement_id AND e.fiscal_year = y.fiscal_year AND e.kind = 'year';
  IF FOUND THEN RETURN root; END IF;
  INSERT INTO envelope (alliance_id, agreement_id, fiscal_year, kind, name)
  VALUES (y.alliance_id, y.agreement_id, y.fiscal_year, 'year', 'Exercice ' || label) RETURNING id INTO root;
  INSERT INTO account (alliance_id, envelope_id, state, balance) VALUES (y.alliance_id, root, 'source', 0) RETURNING id INTO source;
  INSERT INTO account (alliance_id, envelope_id, state, balance) VALUES (y.alliance_id, root, 'appropriated', 0) RETURNING id INTO free;
  IF y.amount = 0 THEN RETURN root; END IF;
  INSERT INTO posting (alliance_id, cause, person_id, actor_name, effective_on, recorded_at, idempotency_key, label, reason)
  VALUES (y.alliance_id, 'appropriation', by_person, by_name, make_date(y.fiscal_year, 4, 1), now(),
          'agreement-year:' || one_year, 'Entente ' || y.number || ', exercice ' || label, '') RETURNING id INTO posted;
  INSERT INTO entry (alliance_id, posting_id, account_id, amount)
  VALUES (y.alliance_id, posted, source, -y.amount), (y.alliance_id, posted, free, y.amount);
  administration := round(y.amount * y.administration_rate / 100, 2);
  FOR one IN SELECT * FROM (VALUES ('administration', 'Administration', administration),
                                   ('projects', 'Projets', y.amount - administration)) AS b (kind, name, amount)
              WHERE b.amount > 0 LOOP
    INSERT INTO envelope (alliance_id, agreement_id, parent_id, fiscal_year, kind, name)
    VALUES (y.alliance_id, y.agreement_id, root, y.fiscal_year, one.kind, one.name || ' ' || label) RETURNING id INTO branch;
    INSERT INTO account (alliance_id, envelope_id, state, balance) VALUES (y.alliance_id, branch, 'appropriated', 0)
    RETURNING id INTO branch;
    INSERT INTO posting (alliance_id, cause, person_id, actor_name, effective_on, recorded_at, idempotency_key, label, reason)
    VALUES (y.alliance_id, 'split', by_person, by_name, make_date(y.fiscal_year, 4, 1), now(),
            'agreement-year:' || one_year || ':' || one.kind, one.name || ' ' || label, '') RETURNING id INTO posted;
    INSERT INTO entry (alliance_id, posting_id, account_id, amount)
    VALUES (y.alliance_id, posted, free, -one.amount), (y.alliance_id, posted, branch, one.amount);
  END LOOP;
  RETURN root;
END $$;
REVOKE EXECUTE ON FUNCTION open_year(bigint, bigint, text) FROM public;
GRANT EXECUTE ON FUNCTION open_year(bigint, bigint, text) TO space_ministry
"""

TRIGGERS = """
CREATE TRIGGER entry_book AFTER INSERT ON entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entry_book();
CREATE TRIGGER entry_day AFTER INSERT ON entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entry_day();
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial"), ("alliances", "0002_keepers")]
    operations = [
        migrations.RunSQL("GRANT USAGE ON SCHEMA public TO keeper_ledger, keeper_tally", migrations.RunSQL.noop),
        migrations.RunSQL(STAMP, migrations.RunSQL.noop),
        migrations.RunSQL(kept("ledger", ENTRY_BOOK), migrations.RunSQL.noop),
        migrations.RunSQL(kept("tally", ENTRY_DAY), migrations.RunSQL.noop),
        migrations.RunSQL(kept("tally", FOLD_MONEY_DAY), migrations.RunSQL.noop),
        migrations.RunSQL(kept("ledger", OPEN_YEAR), migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
