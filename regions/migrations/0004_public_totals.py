"""The keeper of tallies reads which cycle an agreement belongs to: the public's totals are by cycle."""

from django.db import migrations

import alliances.tenancy.wall


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_delegation_replaced")]

    operations = [
        migrations.RemoveConstraint(model_name="agreement", name="agreement_wall"),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=alliances.tenancy.wall.Wall(
                name="agreement_wall",
                rules=(
                    ("alliance", "select", "alliance_id = scope_alliance()"),
                    ("ministry", "select insert update", "true"),
                    ("audit", "select", "true"),
                    ("upkeep", "select", "true"),
                    ("keeper_ledger", "select", "true"),
                    ("keeper_tally", "select", "true"),
                ),
            ),
        ),
    ]
