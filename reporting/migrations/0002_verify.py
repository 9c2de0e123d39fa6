"""Anybody may verify a printed code: the keeper tells what the document is, never what it holds."""

from django.db import migrations

from alliances.tenancy.wall import kept

VERIFY = """
CREATE OR REPLACE FUNCTION verify_document(printed text) RETURNS TABLE (
  kind varchar, title varchar, fiscal_year smallint, version smallint, code varchar, alliance_name varchar,
  data_sha256 varchar, file_sha256 varchar, produced_at timestamptz, latest boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.kind, d.title, d.fiscal_year, d.version, d.code, a.name, d.data_sha256, d.file_sha256, d.produced_at,
         NOT EXISTS (SELECT FROM document n WHERE n.alliance_id = d.alliance_id AND n.kind = d.kind
                       AND n.fiscal_year = d.fiscal_year AND n.version > d.version)
    FROM document d JOIN alliance a ON a.id = d.alliance_id WHERE d.code = printed
$$;
REVOKE EXECUTE ON FUNCTION verify_document(text) FROM public;
GRANT EXECUTE ON FUNCTION verify_document(text) TO space_public
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [
        migrations.RunSQL("GRANT USAGE ON SCHEMA public TO keeper_documents", migrations.RunSQL.noop),
        migrations.RunSQL(kept("documents", VERIFY), migrations.RunSQL.noop),
    ]
