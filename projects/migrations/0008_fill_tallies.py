"""The sums of what is there already: after their tables’ walls, which let the keeper write."""

from django.db import migrations

from alliances.tenancy.wall import kept

FILL_MONTHS = """
INSERT INTO project_month (alliance_id, agreement_id, month, kind, n, partners)
SELECT alliance_id, agreement_id, day - extract(day FROM day)::int + 1, kind, sum(n), sum(partners) FROM project_day
 GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 OR sum(partners) <> 0
"""
FILL_INSTALMENTS = """
INSERT INTO instalment_tally (alliance_id, state, due_on, n, amount)
SELECT alliance_id, state, CASE WHEN state = 'planned' THEN due_on END, count(*), sum(amount) FROM instalment GROUP BY 1, 2, 3
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_flat_pages")]
    operations = [
        migrations.RunSQL(kept("tally", FILL_MONTHS), migrations.RunSQL.noop),
        migrations.RunSQL(kept("tally", FILL_INSTALMENTS), migrations.RunSQL.noop),
    ]
