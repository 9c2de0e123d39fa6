"""What must see beyond its caller: accepting an invitation, sending the outbox. And the journal that only grows."""

from django.db import migrations

from alliances.tenancy.wall import kept

AUDIT = """
CREATE TRIGGER audit_event_never BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION never()
"""

# An invited person is in no space yet. Read by the secret's hash alone; the address must be the person's.
OPEN_INVITATION = """
CREATE OR REPLACE FUNCTION open_invitation(secret_hash text) RETURNS TABLE (
  id bigint, email varchar, role varchar, seat_kind varchar, alliance_id bigint, organisation_id bigint, to_ministry boolean,
  ends_on date, sent_by_id bigint, expires_at timestamptz, accepted_at timestamptz, cancelled_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT i.id, i.email, i.role, i.seat_kind, i.alliance_id, i.organisation_id, i.to_ministry,
         i.ends_on, i.sent_by_id, i.expires_at, i.accepted_at, i.cancelled_at
    FROM invitation i WHERE i.token_hash = secret_hash AND secret_hash <> ''
$$;
REVOKE EXECUTE ON FUNCTION open_invitation(text) FROM public;
GRANT EXECUTE ON FUNCTION open_invitation(text) TO space_person, space_public
"""

ACCEPT_INVITATION = """
CREATE OR REPLACE FUNCTION accept_invitation(secret_hash text, today date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  i invitation; me bigint := scope_person(); address text; permission bigint;
BEGIN
  SELECT p.email INTO address FROM person p WHERE p.id = me;
  SELECT * INTO i FROM invitation v WHERE v.token_hash = secret_hash FOR NO KEY UPDATE;
  IF NOT FOUND OR i.accepted_at IS NOT NULL OR i.cancelled_at IS NOT NULL OR i.expires_at <= clock_timestamp()
     OR lower(i.email) <> lower(address) THEN
    RETURN false;
  END IF;
  UPDATE invitation v SET accepted_at = clock_timestamp(), accepted_by_id = me WHERE v.id = i.id;
  IF i.to_ministry THEN
    INSERT INTO ministry_member (person_id, role, email, starts_on, ends_on) VALUES (me, i.role, i.email, today, i.ends_on)
    ON CONFLICT (person_id, role) DO UPDATE SET ends_on = excluded.ends_on;
  ELSIF i.organisation_id IS NOT NULL THEN
    INSERT INTO organisation_member (organisation_id, person_id, role, email, starts_on, ends_on)
    VALUES (i.organisation_id, me, i.role, i.email, today, i.ends_on)
    ON CONFLICT (organisation_id, person_id, role) DO UPDATE SET ends_on = excluded.ends_on;
  ELSE
    INSERT INTO alliance_member (alliance_id, person_id, role, seat_kind, email, starts_on, ends_on)
    VALUES (i.alliance_id, me, i.role, i.seat_kind, i.email, today, i.ends_on)
    ON CONFLICT (alliance_id, person_id, role) DO UPDATE SET ends_on = excluded.ends_on, seat_kind = excluded.seat_kind;
    IF i.role = 'delegate' THEN
      SELECT a.id INTO permission FROM auth_permission a JOIN django_content_type c ON c.id = a.content_type_id
       WHERE c.app_label = 'regions' AND a.codename = 'follow_territory';
      INSERT INTO territory_permission (alliance_id, user_id, permission_id, content_object_id)
      SELECT i.alliance_id, me, permission, t.id FROM territory t
       WHERE t.code IN (SELECT jsonb_array_elements_text(i.territory_codes))
      ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION accept_invitation(text, date) FROM public;
GRANT EXECUTE ON FUNCTION accept_invitation(text, date) TO space_person
"""

# Takes up to `most` notices for sending. What was being sent when its sender died is taken again after ten minutes.
CLAIM_NOTICES = """
CREATE OR REPLACE FUNCTION claim_notices(most integer) RETURNS TABLE (
  id bigint, address varchar, subject varchar, body text, html text, attempts smallint)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE notice n SET state = 'sending', attempts = n.attempts + 1, next_try_at = clock_timestamp() + interval '10 minutes'
   WHERE n.id IN (SELECT q.id FROM notice q WHERE q.state IN ('queued', 'sending') AND q.next_try_at <= clock_timestamp()
                   ORDER BY q.next_try_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING n.id, n.address, n.subject, n.text, n.html, n.attempts
$$;
REVOKE EXECUTE ON FUNCTION claim_notices(integer) FROM public;
GRANT EXECUTE ON FUNCTION claim_notices(integer) TO space_upkeep
"""

SETTLE_NOTICE = """
CREATE OR REPLACE FUNCTION settle_notice(one bigint, outcome text, cause text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE notice n
     SET state = outcome, error = left(cause, 300), sent_at = CASE WHEN outcome = 'sent' THEN clock_timestamp() END,
         next_try_at = clock_timestamp() + CASE WHEN outcome = 'queued' THEN least(n.attempts, 6) * interval '5 minutes'
                                                ELSE interval '0' END
   WHERE n.id = one AND n.state = 'sending'
$$;
REVOKE EXECUTE ON FUNCTION settle_notice(bigint, text, text) FROM public;
GRANT EXECUTE ON FUNCTION settle_notice(bigint, text, text) TO space_upkeep
"""


# Pages that no space is entered for yet (a new account, a new password) write their notice through this door.
POST_NOTICE = """
CREATE OR REPLACE FUNCTION post_notice(what text, whom bigint, where_to text, about text, body text, page text, link text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO notice (code, person_id, address, subject, text, html, url, state, attempts, error, created_at, next_try_at)
  VALUES (what, whom, where_to, about, body, page, link, 'queued', 0, '', clock_timestamp(), clock_timestamp())
$$;
REVOKE EXECUTE ON FUNCTION post_notice(text, bigint, text, text, text, text, text) FROM public;
GRANT EXECUTE ON FUNCTION post_notice(text, bigint, text, text, text, text, text) TO space_public, space_person
"""


class Migration(migrations.Migration):
    dependencies = [("alliances", "0001_initial")]
    operations = [
        migrations.RunSQL(AUDIT, "DROP TRIGGER audit_event_never ON audit_event"),
        migrations.RunSQL("GRANT USAGE ON SCHEMA public TO keeper_people, keeper_outbox", migrations.RunSQL.noop),
        migrations.RunSQL(kept("people", OPEN_INVITATION), migrations.RunSQL.noop),
        migrations.RunSQL(kept("people", ACCEPT_INVITATION), migrations.RunSQL.noop),
        migrations.RunSQL(kept("outbox", CLAIM_NOTICES), migrations.RunSQL.noop),
        migrations.RunSQL(kept("outbox", SETTLE_NOTICE), migrations.RunSQL.noop),
        migrations.RunSQL(kept("outbox", POST_NOTICE), migrations.RunSQL.noop),
    ]
