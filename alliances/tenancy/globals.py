"""Tables without a wall, each with its reason and what the logins and the spaces may do with it."""

from django.db import connections

from alliances.tenancy.roles import SPACE_ROLES, WEB, WORKER

LOGINS = f"{WEB}, {WORKER}"
READ = "SELECT"
WRITE = "SELECT, INSERT, UPDATE, DELETE"

# table: (reason, logins may, spaces may)
GLOBAL_TABLES = {
    # facts of the programme, the same for everybody
    "alliance": ("public fact", READ, READ),
    "region": ("public fact", READ, READ),
    "territory": ("public fact", READ, READ),
    "territory_link": ("public fact", READ, READ),
    "cycle": ("public fact", READ, READ),
    "allocation_line": ("public fact", READ, READ),
    "allocation_share": ("public fact", READ, READ),
    "priority": ("public fact", READ, READ),
    "target_group": ("public fact", READ, READ),
    "expense_category": ("public fact", READ, READ),
    "organisation": ("public register", READ, READ),
    # the framework's own
    "django_migrations": ("read by Django at start", READ, ""),
    "django_content_type": ("framework", READ, READ),
    "django_session": ("before any scope", WRITE, ""),
    # names only: never addresses or password hashes
    "person": ("before any scope", WRITE, "SELECT (id, first_name, last_name)"),
    "person_groups": ("framework, unused", READ, READ),
    "person_user_permissions": ("framework, unused", READ, READ),
    "auth_group": ("framework, unused", READ, READ),
    "auth_permission": ("framework", READ, READ),
    "auth_group_permissions": ("framework, unused", READ, READ),
    "guardian_userobjectpermission": ("generic form unused", "", READ),
    "guardian_groupobjectpermission": ("generic form unused", "", READ),
    "account_emailaddress": ("before any scope", WRITE, ""),
    "account_emailconfirmation": ("before any scope", WRITE, ""),
    "mfa_authenticator": ("before any scope", WRITE, ""),
    "usersessions_usersession": ("before any scope", WRITE, ""),
}
# What one space may do more than the others.
MORE = {
    "organisation": {"space_alliance": "INSERT", "space_person": "INSERT", "keeper_search": READ},
    "alliance": {f"keeper_{keeper}": READ for keeper in ("search", "ledger", "tally", "people", "documents")},
    "allocation_share": {"space_ministry": "UPDATE"},
    "person": {
        "keeper_people": "SELECT (id, first_name, last_name, email), UPDATE (first_name, last_name, language)",
        "keeper_outbox": "SELECT (id, email)",
    },
    "territory": {"keeper_people": READ},
    "django_content_type": {"keeper_people": READ},
    "auth_permission": {"keeper_people": READ},
}


def grant_globals(using, **kwargs):
    """After every migration: exactly these rights on exactly these tables."""
    with connections[using].cursor() as cursor:
        for table in connections[using].introspection.table_names(cursor):
            if table not in GLOBAL_TABLES:
                continue
            _, logins, spaces = GLOBAL_TABLES[table]
            cursor.execute(f"REVOKE ALL ON {table} FROM {LOGINS}, {SPACE_ROLES}")
            if logins:
                cursor.execute(f"GRANT {logins} ON {table} TO {LOGINS}")
            if spaces:
                cursor.execute(f"GRANT {spaces} ON {table} TO {SPACE_ROLES}")
            for role, rights in MORE.get(table, {}).items():
                cursor.execute(f"GRANT {rights} ON {table} TO {role}")
