"""Reads the catalogue of the database: what no developer can forget."""

import pytest
from django.apps import apps
from django.db import connection

from alliances.tenancy.globals import GLOBAL_TABLES, MORE
from alliances.tenancy.roles import KEEPERS, SPACES, role_of

pytestmark = pytest.mark.django_db

DEFINERS = {
    "accept_invitation": "keeper_people",
    "alliance_is_managed": "keeper_people",
    "claim_notices": "keeper_outbox",
    "contribution_counts": "keeper_tally",
    "contribution_sums": "keeper_tally",
    "document_code_alone": "keeper_documents",
    "entry_book": "keeper_ledger",
    "entry_day": "keeper_tally",
    "entry_project": "keeper_ledger",
    "find_projects": "keeper_search",
    "fold_instalment_tally": "keeper_tally",
    "fold_money_day": "keeper_tally",
    "fold_project_day": "keeper_tally",
    "fold_project_tally": "keeper_tally",
    "instalment_count": "keeper_tally",
    "open_invitation": "keeper_people",
    "open_year": "keeper_ledger",
    "post_notice": "keeper_outbox",
    "programme_totals": "keeper_tally",
    "project_count": "keeper_tally",
    "project_parts": "keeper_tally",
    "project_redate": "keeper_tally",
    "rename_me": "keeper_people",
    "settle_notice": "keeper_outbox",
    "verify_document": "keeper_documents",
}
# Tables that belong to a person, an organisation or the ministry: their unique keys cannot start with an alliance.
WITHOUT_ALLIANCE = {"organisation_member": "organisation_id", "ministry_member": "person_id"}


def rows(statement, params=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def test_every_table_is_walled_or_listed_with_its_reason():
    found = rows("""
        SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'f')""")
    for name, security, forced, owner, kind in found:
        assert kind != "m", f"{name}: a materialised view has no wall"
        assert owner == "portal_owner"
        assert name in GLOBAL_TABLES or (security and forced), f"{name} has no wall"
        assert not (name in GLOBAL_TABLES and security), name
    assert set(GLOBAL_TABLES) <= {name for name, *_ in found}, "a listed table does not exist"
    assert all(reason for reason, *_ in GLOBAL_TABLES.values())


def test_every_wall_has_the_loud_owner_policy_and_names_its_roles():
    walled = {
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
        )
    }
    owner = {
        name
        for (name,) in rows("""SELECT tablename FROM pg_policies
                                WHERE policyname = 'owner' AND roles = '{portal_owner}' AND qual LIKE '%no_scope()%'""")
    }
    assert owner == walled
    assert not rows(
        "SELECT tablename, policyname FROM pg_policies WHERE 'public' = ANY (roles) OR permissive <> 'PERMISSIVE'"
    )


def test_reading_every_row_is_for_few_and_said_table_by_table():
    everything = rows("SELECT tablename::text, unnest(roles)::text, cmd FROM pg_policies WHERE qual = 'true'")
    # the ministry's own tables and the totals it may read of every alliance
    totals = {"money_day", "money_month", "project_day", "project_month"}
    ministry = totals | {"agreement", "agreement_year", "ministry_member"}
    for table, role, command in everything:
        if role.startswith("keeper_"):
            continue
        assert command == "SELECT" or table in ministry, f"{role} may {command} every row of {table}"
        assert role == "space_upkeep" or (role in {"space_ministry", "space_audit"} and table in ministry), (
            table,
            role,
        )


def test_roles_are_plain_and_inherit_nothing():
    # portal_admin administers the embedded cluster, portal_backup copies it; the portal logs in as neither.
    assert not rows("""SELECT rolname FROM pg_roles WHERE rolname ~ '^(portal|space|keeper)_'
                       AND rolname NOT IN ('portal_backup', 'portal_admin')
                       AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)""")
    assert rows("SELECT current_user::text, session_user::text") == [("portal_web", "portal_web")]
    # a policy TO a role applies to whoever inherits it
    assert not rows("""SELECT l.rolname, s.rolname FROM pg_roles l, pg_roles s
                       WHERE l.rolname IN ('portal_owner', 'portal_web', 'portal_worker')
                         AND s.rolname ~ '^(space|keeper)_' AND pg_has_role(l.oid, s.oid, 'USAGE')""")
    assert not rows("""SELECT s.rolname FROM pg_roles s
                       WHERE s.rolname ~ '^(keeper_|space_upkeep)' AND pg_has_role('portal_web', s.oid, 'MEMBER')""")
    known = {role_of(space) for space in SPACES} | {role_of(f"keeper_{keeper}") for keeper in KEEPERS}
    assert {name for (name,) in rows("SELECT rolname FROM pg_roles WHERE rolname ~ '^(space|keeper)_'")} == known


def test_grants_and_policies_agree():
    """A grant without a policy is an empty page, a policy without a grant is dead."""
    granted = set(
        rows("""
        SELECT c.relname::text, x.grantee::regrole::text, x.privilege_type FROM pg_class c, aclexplode(c.relacl) x
         WHERE c.relrowsecurity
        UNION SELECT c.relname::text, x.grantee::regrole::text, x.privilege_type
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) x WHERE c.relrowsecurity""")
    )
    granted = {grant for grant in granted if grant[1] != "portal_owner"}
    policies = set(
        rows("SELECT tablename::text, unnest(roles)::text, cmd FROM pg_policies WHERE policyname <> 'owner'")
    )
    assert granted == policies, granted ^ policies
    assert not {grant for grant in granted if grant[1].startswith("portal_")}, "a login reaches a tenant table"


def test_global_tables_grant_exactly_what_is_listed():
    for table, role, privilege in rows("""
        SELECT c.relname::text, x.grantee::regrole::text, x.privilege_type FROM pg_class c, aclexplode(c.relacl) x
         WHERE NOT c.relrowsecurity AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
           AND x.grantee::regrole::text <> 'portal_owner'"""):
        _, logins, spaces = GLOBAL_TABLES[table]
        listed = logins if role.startswith("portal_") else spaces
        more = MORE.get(table, {}).get(role, "")
        assert privilege in f"{listed}, {more}", f"{role} may {privilege} on {table}"


def test_links_between_walled_tables_are_composite():
    for name, child, columns in rows("""
        SELECT conname, conrelid::regclass::text,
               (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey))
          FROM pg_constraint k JOIN pg_class p ON p.oid = confrelid JOIN pg_class c ON c.oid = conrelid
         WHERE contype = 'f' AND p.relrowsecurity AND c.relrowsecurity"""):
        # a job belongs to a person and points at that person's file, in or out of an alliance
        assert "alliance_id" in columns or (child, name.startswith("job_file")) == ("job", True), f"{child}.{name}"


def test_every_relation_of_every_model_has_its_key_in_the_database():
    keyed = {
        (table, column)
        for table, columns in rows("""
            SELECT conrelid::regclass::text,
                   (SELECT array_agg(attname::text) FROM pg_attribute
                     WHERE attrelid = conrelid AND attnum = ANY (conkey))
              FROM pg_constraint WHERE contype = 'f'""")
        for column in columns
    }
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.remote_field:
                assert (model._meta.db_table, field.column) in keyed, field


def test_unique_keys_start_with_the_tenant():
    for table, name, first in rows("""
        SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text,
               (SELECT attname::text FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = i.indkey[0])
          FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
         WHERE i.indisunique AND NOT i.indisprimary AND c.relrowsecurity"""):
        assert first == WITHOUT_ALLIANCE.get(table, "alliance_id"), name


def test_definer_functions_are_the_listed_ones_and_frozen():
    found = rows("""SELECT proname::text, proowner::regrole::text, proconfig FROM pg_proc
                    WHERE prosecdef AND pronamespace = 'public'::regnamespace""")
    assert {name: owner for name, owner, _ in found} == DEFINERS
    for name, _, config in found:
        assert config == ["search_path=pg_catalog, public, pg_temp"], name
    assert not rows("""SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
                       AND has_function_privilege('portal_web', oid, 'EXECUTE')""")


def test_deferred_triggers_run_as_a_keeper():
    assert not rows("""SELECT tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid
                       WHERE tgdeferrable AND NOT tgisinternal AND NOT prosecdef""")


def test_views_are_invoker():
    assert not rows("""SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
                       AND NOT coalesce(reloptions @> '{security_invoker=true}', false)""")


def test_no_space_may_create_or_truncate():
    assert not rows("""SELECT rolname FROM pg_roles WHERE rolname ~ '^(space|keeper)_|^portal_w'
                       AND has_schema_privilege(oid, 'public', 'CREATE')""")
    assert not rows("""SELECT c.relname, r.rolname FROM pg_class c, pg_roles r
                       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                         AND r.rolname ~ '^(space|keeper)_|^portal_w'
                         AND has_table_privilege(r.oid, c.oid, 'TRUNCATE')""")


def test_every_list_of_a_tenant_has_an_index_that_starts_with_it():
    indexed = {
        table
        for table, first in rows("""
            SELECT i.indrelid::regclass::text,
                   (SELECT attname::text FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = i.indkey[0])
              FROM pg_index i""")
        if first == "alliance_id"
    }
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.local_concrete_fields}
        if "alliance" in fields and not fields["alliance"].null and model._meta.db_table not in GLOBAL_TABLES:
            assert model._meta.db_table in indexed, model
