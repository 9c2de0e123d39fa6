"""An alliance draws on no source of money, and opens no envelope: `open_year` does, for the ministry."""

from django.db import migrations

import alliances.tenancy.wall
from alliances.tenancy.wall import kept

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
  -- Money is born in a source, and only the ministry gives any: an alliance appropriates, earns and recovers nothing by itself.
  SELECT a.id INTO line FROM account a JOIN fresh f ON f.alliance_id = a.alliance_id AND f.account_id = a.id
   WHERE a.state IN ('source', 'interest', 'recovery', 'opening') AND current_setting('role') <> 'space_ministry' LIMIT 1;
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


class Migration(migrations.Migration):
    dependencies = [("regions", "0006_fill_months")]

    operations = [
        migrations.RemoveConstraint(model_name="envelope", name="envelope_wall"),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=alliances.tenancy.wall.Wall(
                name="envelope_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
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
        migrations.RunSQL(kept("ledger", ENTRY_BOOK), migrations.RunSQL.noop),
    ]
