"""Each space writes in its own journal; notices go through their door; the ministry invites a first manager, once.

And an invitation may be the portal's own: the first one of all, sent from the console.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alliances.tenancy.wall
from alliances.tenancy.wall import kept

# The ministry may not read who belongs to an alliance: only whether somebody holds it.
ALLIANCE_IS_MANAGED = """
CREATE OR REPLACE FUNCTION alliance_is_managed(one_alliance bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM alliance_member m, (SELECT (clock_timestamp() AT TIME ZONE 'America/Toronto')::date AS today) now
                  WHERE m.alliance_id = one_alliance AND m.role = 'manager' AND m.starts_on <= now.today
                    AND (m.ends_on IS NULL OR m.ends_on >= now.today))
$$;
REVOKE EXECUTE ON FUNCTION alliance_is_managed(bigint) FROM public;
GRANT EXECUTE ON FUNCTION alliance_is_managed(bigint) TO space_ministry
"""
MINE = "alliance_id = scope_alliance()"
ME = "person_id = scope_person()"
DETAILED = "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))"
CLOSE = "update(cancelled_at, expires_at)"


def rebuilt(model, name, rules):
    wall = alliances.tenancy.wall.Wall(name=name, rules=rules)
    return [
        migrations.RemoveConstraint(model_name=model, name=name),
        migrations.AddConstraint(model_name=model, constraint=wall),
    ]


class Migration(migrations.Migration):
    dependencies = [("alliances", "0003_people_invited_by_the_ministry")]

    operations = [
        # In SQL: AlterField would make the foreign key again, and the owner may read no row to check it.
        migrations.RunSQL(
            "ALTER TABLE invitation ALTER COLUMN sent_by_id DROP NOT NULL",
            "ALTER TABLE invitation ALTER COLUMN sent_by_id SET NOT NULL",
            state_operations=[
                migrations.AlterField(
                    model_name="invitation",
                    name="sent_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                )
            ],
        ),
        migrations.RunSQL(kept("people", ALLIANCE_IS_MANAGED), migrations.RunSQL.noop),
        *rebuilt(
            "auditevent",
            "audit_wall",
            (
                ("alliance", "select", MINE),
                ("alliance", "insert", f"{MINE} AND organisation_id IS NULL"),
                ("committee", "select", f"{MINE} AND {ME}"),
                ("committee", "insert", f"{MINE} AND {ME} AND organisation_id IS NULL"),
                ("promoter", "select", "organisation_id = scope_organisation()"),
                ("promoter", "insert", "organisation_id = scope_organisation() AND alliance_id IS NULL"),
                ("ministry", "select", f"alliance_id IS NULL AND organisation_id IS NULL OR {DETAILED}"),
                ("ministry", "insert", "alliance_id IS NULL AND organisation_id IS NULL"),
                ("audit", "select", f"alliance_id IS NULL AND organisation_id IS NULL OR {DETAILED}"),
                ("person", "select", ME),
                ("person", "insert", f"{ME} AND alliance_id IS NULL AND organisation_id IS NULL"),
                ("upkeep", "select", "true"),
                ("keeper_people", "insert", "true"),
                ("keeper_ledger", "insert", "true"),
            ),
        ),
        *rebuilt(
            "notice",
            "notice_wall",
            (
                ("person", "select update(read_at)", ME),
                ("upkeep", "select", "true"),
                ("keeper_outbox", "select insert update", "true"),
            ),
        ),
        *rebuilt(
            "invitation",
            "invitation_wall",
            (
                ("alliance", f"select insert {CLOSE}", MINE),
                ("promoter", f"select insert {CLOSE}", "organisation_id = scope_organisation()"),
                ("ministry", f"select {CLOSE}", "to_ministry OR (alliance_id IS NOT NULL AND role = 'manager')"),
                (
                    "ministry",
                    "insert",
                    "to_ministry OR (alliance_id IS NOT NULL AND role = 'manager' AND NOT alliance_is_managed(alliance_id))",
                ),
                ("audit", "select", "to_ministry"),
                ("upkeep", "select", "true"),
                ("keeper_people", "select update", "true"),
            ),
        ),
    ]
