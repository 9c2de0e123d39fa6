"""Organisations are found by any part of their name, with or without accents."""

from django.db import migrations

# An index wants a function that never changes its mind: the dictionary of `unaccent` is named, so it does not.
NAMES = """
CREATE FUNCTION plain_name(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent', translate(words, '’ ', ''' '))) $$;
CREATE INDEX organisation_by_words ON organisation USING gin (plain_name(name) gin_trgm_ops)
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_list_and_names")]
    operations = [migrations.RunSQL(NAMES, "DROP INDEX organisation_by_words; DROP FUNCTION plain_name(text)")]
