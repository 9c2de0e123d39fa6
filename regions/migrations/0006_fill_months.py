"""The sums by month of what is there already: after their table’s wall, which lets the keeper write."""

from django.db import migrations

from alliances.tenancy.wall import kept

FILL = """
INSERT INTO money_month (alliance_id, agreement_id, fiscal_year, kind, state, month, amount)
SELECT alliance_id, agreement_id, fiscal_year, kind, state, day - extract(day FROM day)::int + 1, sum(amount) FROM money_day
 GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0005_sums_by_month")]
    operations = [migrations.RunSQL(kept("tally", FILL), migrations.RunSQL.noop)]
