"""The public’s totals are read from the sums by month, then from the days of the last one."""

from django.db import migrations

from alliances.tenancy.wall import kept

# `engaged` is committed, paid or not, of projects alone; who holds the agreement spends the rest itself.
TOTALS = """
CREATE OR REPLACE FUNCTION programme_totals(one_cycle bigint, as_of date) RETURNS TABLE (
  projects bigint, engaged numeric, paid numeric, partners numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH agreed AS MATERIALIZED (SELECT a.alliance_id, a.id FROM agreement a WHERE a.cycle_id = one_cycle),
       last AS MATERIALIZED (SELECT as_of - extract(day FROM as_of)::int + 1 AS month),
       held AS (
         SELECT m.state, sum(m.amount) AS amount FROM agreed
           JOIN money_month m ON m.alliance_id = agreed.alliance_id AND m.agreement_id = agreed.id
          WHERE m.month < (SELECT month FROM last) AND m.state IN ('committed', 'paid')
            AND m.kind NOT IN ('administration', 'mobilisation') GROUP BY 1
         UNION ALL
         SELECT m.state, sum(m.amount) FROM agreed
           JOIN money_day m ON m.alliance_id = agreed.alliance_id AND m.agreement_id = agreed.id
          WHERE m.day BETWEEN (SELECT month FROM last) AND as_of AND m.state IN ('committed', 'paid')
            AND m.kind NOT IN ('administration', 'mobilisation') GROUP BY 1),
       counted AS (
         SELECT d.kind, sum(d.n) AS n, sum(d.partners) AS partners FROM agreed
           JOIN project_month d ON d.alliance_id = agreed.alliance_id AND d.agreement_id = agreed.id
          WHERE d.month < (SELECT month FROM last) GROUP BY 1
         UNION ALL
         SELECT d.kind, sum(d.n), sum(d.partners) FROM agreed
           JOIN project_day d ON d.alliance_id = agreed.alliance_id AND d.agreement_id = agreed.id
          WHERE d.day BETWEEN (SELECT month FROM last) AND as_of GROUP BY 1),
       money AS (SELECT sum(amount) AS engaged, sum(amount) FILTER (WHERE state = 'paid') AS paid FROM held),
       awarded AS (SELECT sum(n) AS projects, sum(partners) FILTER (WHERE kind <> '') AS partners FROM counted)
  SELECT coalesce(awarded.projects, 0)::bigint, coalesce(money.engaged, 0), coalesce(money.paid, 0),
         coalesce(awarded.partners, 0)
    FROM money, awarded
$$;
REVOKE EXECUTE ON FUNCTION programme_totals(bigint, date) FROM public;
GRANT EXECUTE ON FUNCTION programme_totals(bigint, date) TO space_public
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0003_public_totals"),
        ("regions", "0006_fill_months"),
        ("projects", "0008_fill_tallies"),
    ]
    operations = [migrations.RunSQL(kept("tally", TOTALS), migrations.RunSQL.noop)]
