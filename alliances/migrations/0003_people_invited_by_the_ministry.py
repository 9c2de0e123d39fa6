"""The ministry invites an alliance's first manager; what is accepted is audited; a notice sent forgets its secret."""

from django.db import migrations

import alliances.tenancy.wall
from alliances.tenancy.roles import SPACE_ROLES
from alliances.tenancy.wall import kept

# Nobody gives oneself a role: an invitation that one has sent oneself opens nothing. A delegation replaces the one before it.
ACCEPT_INVITATION = """
CREATE OR REPLACE FUNCTION accept_invitation(secret_hash text, today date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  i invitation; me bigint := scope_person(); address text; full_name text; permission bigint; member bigint; kind text;
BEGIN
  SELECT p.email, coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), p.email)
    INTO address, full_name FROM person p WHERE p.id = me;
  SELECT * INTO i FROM invitation v WHERE v.token_hash = secret_hash FOR NO KEY UPDATE;
  IF NOT FOUND OR i.accepted_at IS NOT NULL OR i.cancelled_at IS NOT NULL OR i.expires_at <= clock_timestamp()
     OR lower(i.email) <> lower(coalesce(address, '')) OR i.sent_by_id = me THEN
    RETURN false;
  END IF;
  UPDATE invitation v SET accepted_at = clock_timestamp(), accepted_by_id = me WHERE v.id = i.id;
  IF i.to_ministry THEN
    kind := 'ministrymembership';
    INSERT INTO ministry_member (person_id, role, email, starts_on, ends_on) VALUES (me, i.role, i.email, today, i.ends_on)
    ON CONFLICT (person_id, role) DO UPDATE SET ends_on = excluded.ends_on, email = excluded.email
    RETURNING id INTO member;
  ELSIF i.organisation_id IS NOT NULL THEN
    kind := 'organisationmembership';
    INSERT INTO organisation_member (organisation_id, person_id, role, email, starts_on, ends_on)
    VALUES (i.organisation_id, me, i.role, i.email, today, i.ends_on)
    ON CONFLICT (organisation_id, person_id, role) DO UPDATE SET ends_on = excluded.ends_on, email = excluded.email
    RETURNING id INTO member;
  ELSE
    kind := 'alliancemembership';
    INSERT INTO alliance_member (alliance_id, person_id, role, seat_kind, email, starts_on, ends_on)
    VALUES (i.alliance_id, me, i.role, i.seat_kind, i.email, today, i.ends_on)
    ON CONFLICT (alliance_id, person_id, role)
    DO UPDATE SET ends_on = excluded.ends_on, seat_kind = excluded.seat_kind, email = excluded.email
    RETURNING id INTO member;
    IF i.role = 'delegate' THEN
      SELECT a.id INTO permission FROM auth_permission a JOIN django_content_type c ON c.id = a.content_type_id
       WHERE c.app_label = 'regions' AND a.codename = 'follow_territory';
      DELETE FROM territory_permission p WHERE p.alliance_id = i.alliance_id AND p.user_id = me;
      INSERT INTO territory_permission (alliance_id, user_id, permission_id, content_object_id)
      SELECT i.alliance_id, me, permission, t.id FROM territory t
       WHERE t.code IN (SELECT jsonb_array_elements_text(i.territory_codes));
    END IF;
  END IF;
  INSERT INTO audit_event (alliance_id, organisation_id, person_id, actor_name, verb, object_kind, object_id, facts, at)
  VALUES (i.alliance_id, i.organisation_id, me, left(full_name, 160), 'invitation.accepted', 'invitation', i.id,
          jsonb_build_object('role', i.role), clock_timestamp()),
         (i.alliance_id, i.organisation_id, me, left(full_name, 160), 'membership.granted', kind, member,
          jsonb_build_object('role', i.role, 'until', i.ends_on, 'territories', i.territory_codes, 'by', i.sent_by_id),
          clock_timestamp());
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION accept_invitation(text, date) FROM public;
GRANT EXECUTE ON FUNCTION accept_invitation(text, date) TO space_person
"""

# A space may write no other person's name, nor its own: this changes the caller's only.
RENAME_ME = """
CREATE OR REPLACE FUNCTION rename_me(given text, family text, tongue text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE person p SET first_name = given, last_name = family, language = tongue WHERE p.id = scope_person()
$$;
REVOKE EXECUTE ON FUNCTION rename_me(text, text, text) FROM public;
GRANT EXECUTE ON FUNCTION rename_me(text, text, text) TO space_person
"""

# The one door by which notices are written, from any space or from none yet. Without an address, the person's own:
# a space does not know it.
POST_NOTICE = f"""
DROP FUNCTION IF EXISTS post_notice(text, bigint, text, text, text, text, text);
CREATE FUNCTION post_notice(what text, whom bigint, where_to text, about text, body text, page text, link text)
RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO notice (code, person_id, address, subject, text, html, url, state, attempts, error, created_at, next_try_at)
  SELECT what, whom, coalesce(nullif(where_to, ''), (SELECT p.email FROM person p WHERE p.id = whom)), about, body, page, link,
         'queued', 0, '', clock_timestamp(), clock_timestamp()
  RETURNING id
$$;
REVOKE EXECUTE ON FUNCTION post_notice(text, bigint, text, text, text, text, text) FROM public;
GRANT EXECUTE ON FUNCTION post_notice(text, bigint, text, text, text, text, text) TO {SPACE_ROLES}
"""

# Tries again after 1, 4, 16, 64 and 256 minutes. The link of N01, N02 and N03 is a secret: the log does not keep it.
SETTLE_NOTICE = """
CREATE OR REPLACE FUNCTION settle_notice(one bigint, outcome text, cause text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE notice n
     SET state = outcome, error = left(cause, 300), sent_at = CASE WHEN outcome = 'sent' THEN clock_timestamp() END,
         next_try_at = clock_timestamp() + CASE WHEN outcome = 'queued' THEN interval '1 minute' * power(4, least(n.attempts, 6) - 1)
                                                ELSE interval '0' END,
         text = CASE WHEN gone THEN replace(n.text, n.url, '…') ELSE n.text END,
         html = CASE WHEN gone THEN replace(n.html, n.url, '…') ELSE n.html END,
         url = CASE WHEN gone THEN '' ELSE n.url END
    FROM (SELECT q.id, outcome IN ('sent', 'failed') AND q.url <> '' AND q.code IN ('N01', 'N02', 'N03') AS gone
            FROM notice q WHERE q.id = one) secret
   WHERE n.id = one AND secret.id = n.id AND n.state = 'sending'
$$;
REVOKE EXECUTE ON FUNCTION settle_notice(bigint, text, text) FROM public;
GRANT EXECUTE ON FUNCTION settle_notice(bigint, text, text) TO space_upkeep
"""


class Migration(migrations.Migration):
    dependencies = [("alliances", "0002_keepers")]
    operations = [
        migrations.RemoveConstraint(model_name="invitation", name="invitation_wall"),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=alliances.tenancy.wall.Wall(
                name="invitation_wall",
                rules=(
                    ("alliance", "select insert update", "alliance_id = scope_alliance()"),
                    ("promoter", "select insert update", "organisation_id = scope_organisation()"),
                    (
                        "ministry",
                        "select insert update",
                        "to_ministry OR (alliance_id IS NOT NULL AND role = 'manager')",
                    ),
                    ("audit", "select", "to_ministry"),
                    ("upkeep", "select", "true"),
                    ("keeper_people", "select update", "true"),
                ),
            ),
        ),
        migrations.RunSQL(kept("people", ACCEPT_INVITATION), migrations.RunSQL.noop),
        migrations.RunSQL(kept("people", RENAME_ME), migrations.RunSQL.noop),
        migrations.RunSQL(kept("outbox", POST_NOTICE), migrations.RunSQL.noop),
        migrations.RunSQL(kept("outbox", SETTLE_NOTICE), migrations.RunSQL.noop),
    ]
