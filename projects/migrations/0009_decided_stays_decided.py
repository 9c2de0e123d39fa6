"""What is decided stays: awards and their amounts, instalments paid, the agreement a project lives on."""

from django.db import migrations

import alliances.tenancy.wall
from alliances.tenancy.wall import kept

ENTRY_PROJECT = """
CREATE OR REPLACE FUNCTION entry_project() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE line record;
BEGIN
  PERFORM 1 FROM project p
   WHERE (p.alliance_id, p.id) IN (SELECT s.alliance_id, s.subject_id FROM fresh f
                                     JOIN posting s ON s.alliance_id = f.alliance_id AND s.id = f.posting_id
                                    WHERE s.subject_id IS NOT NULL)
   ORDER BY p.alliance_id, p.id FOR NO KEY UPDATE;
  -- A project lives on its own agreement's money: another's would be spent where no report of it looks.
  SELECT p.number INTO line FROM fresh f
    JOIN posting s ON s.alliance_id = f.alliance_id AND s.id = f.posting_id
    JOIN account a ON a.alliance_id = f.alliance_id AND a.id = f.account_id
    JOIN envelope e ON e.alliance_id = f.alliance_id AND e.id = a.envelope_id
    JOIN project p ON p.alliance_id = s.alliance_id AND p.id = s.subject_id
   WHERE e.agreement_id <> p.agreement_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'project % has no money of this agreement', line.number
      USING ERRCODE = '23514', CONSTRAINT = 'posting_agreement';
  END IF;
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

# Not in the policies: a row that no UPDATE policy shows cannot be locked either, and whoever comes second must read it.
DECIDED = """
CREATE FUNCTION award_decided() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'award % is decided', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'award_decided_once';
END $$;
CREATE TRIGGER award_decided BEFORE UPDATE ON award FOR EACH ROW
WHEN (OLD.state <> 'requested') EXECUTE FUNCTION award_decided();
CREATE FUNCTION project_decided() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'project % is decided: its agreement, organisation and amount stay', OLD.id
    USING ERRCODE = '23514', CONSTRAINT = 'project_decided_once';
END $$;
CREATE TRIGGER project_decided BEFORE UPDATE OF agreement_id, organisation_id, fund_amount ON project FOR EACH ROW
WHEN (OLD.state <> 'draft' AND (OLD.agreement_id, OLD.organisation_id, OLD.fund_amount)
      IS DISTINCT FROM (NEW.agreement_id, NEW.organisation_id, NEW.fund_amount)) EXECUTE FUNCTION project_decided()
"""
UNDECIDED = """
DROP TRIGGER project_decided ON project; DROP FUNCTION project_decided();
DROP TRIGGER award_decided ON award; DROP FUNCTION award_decided()
"""
DETAILED = "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))"


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_fill_tallies"), ("regions", "0007_no_money_from_nowhere")]

    operations = [
        migrations.RemoveConstraint(model_name="instalment", name="instalment_wall"),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=alliances.tenancy.wall.Wall(
                name="instalment_wall",
                rules=(
                    (
                        "alliance",
                        "select insert update(state, state_since, reason, requested_by_id, requested_at, "
                        "approved_by_id, approved_at, paid_on, paid_by_id, reference, tries)",
                        "alliance_id = scope_alliance()",
                    ),
                    ("alliance", "delete", "alliance_id = scope_alliance() AND state IN ('planned', 'due')"),
                    ("promoter", "select", "project_id IN (SELECT p.id FROM project p)"),
                    ("ministry", "select", DETAILED),
                    ("audit", "select", DETAILED),
                    ("upkeep", "select", "true"),
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
        migrations.RunSQL(DECIDED, UNDECIDED),
        migrations.RunSQL(kept("ledger", ENTRY_PROJECT), migrations.RunSQL.noop),
    ]
