"""What the public may know of money: totals of a whole programme cycle as of a day, and nothing below."""

from django.db import migrations

from alliances.tenancy.wall import kept

# `engaged` is committed, paid or not, of projects alone; who holds the agreement spends the rest itself.
TOTALS = """
CREATE OR REPLACE FUNCTION programme_totals(one_cycle bigint, as_of date) RETURNS TABLE (
  projects bigint, engaged numeric, paid numeric, partners numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH agreed AS MATERIALIZED (SELECT a.id FROM agreement a WHERE a.cycle_id = one_cycle),
       money AS (SELECT sum(m.amount) AS engaged, sum(m.amount) FILTER (WHERE m.state = 'paid') AS paid
                   FROM money_day m JOIN agreed ON agreed.id = m.agreement_id
                  WHERE m.day <= as_of AND m.state IN ('committed', 'paid')
                    AND m.kind NOT IN ('administration', 'mobilisation')),
       awarded AS (SELECT sum(d.n) AS projects, sum(d.partners) FILTER (WHERE d.kind <> '') AS partners
                     FROM project_day d JOIN agreed ON agreed.id = d.agreement_id WHERE d.day <= as_of)
  SELECT coalesce(awarded.projects, 0)::bigint, coalesce(money.engaged, 0), coalesce(money.paid, 0),
         coalesce(awarded.partners, 0)
    FROM money, awarded
$$;
REVOKE EXECUTE ON FUNCTION programme_totals(bigint, date) FROM public;
GRANT EXECUTE ON FUNCTION programme_totals(bigint, date) TO space_public
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_verify"),
        ("regions", "0004_public_totals"),
        ("projects", "0003_partner_kinds"),
    ]
    operations = [migrations.RunSQL(kept("tally", TOTALS), migrations.RunSQL.noop)]
