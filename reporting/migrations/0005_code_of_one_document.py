"""A printed code is of one document in the whole portal: another alliance's would be verified in its place."""

from django.db import migrations

from alliances.tenancy.wall import kept

# A unique key of a tenant table starts with the tenant; across tenants, the keeper looks. The lock makes two takers queue.
CODE_ALONE = """
CREATE OR REPLACE FUNCTION document_code_alone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7301, hashtext(NEW.code));
  IF EXISTS (SELECT FROM document d WHERE d.code = NEW.code) THEN
    RAISE EXCEPTION 'code % is of another document', NEW.code USING ERRCODE = '23505', CONSTRAINT = 'document_code_alone';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION document_code_alone() FROM public;
GRANT EXECUTE ON FUNCTION document_code_alone() TO portal_owner
"""
TRIGGER = """
CREATE TRIGGER document_code_alone BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION document_code_alone()
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_totals_by_month")]
    operations = [
        migrations.RunSQL(kept("documents", CODE_ALONE), migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER document_code_alone ON document"),
    ]
