"""The wall of a table, declared in its model's Meta.constraints and kept by migrations."""

import re

from django.db import models
from django.db.models.constraints import BaseConstraint

from alliances.tenancy.roles import ALL_ROLES, OWNER, role_of

ALLIANCE = "alliance_id = scope_alliance()"
DETAILED = "alliance_id = ANY (ARRAY(SELECT a.id FROM alliance a WHERE a.detail_to_ministry))"
ORGANISATION = "organisation_id = scope_organisation()"
PERSON = "person_id = scope_person()"
EVERY_ROW = "true"

_COMMAND = re.compile(r"(select|insert|update|delete)(\([\w, ]+\))?")


class _Ddl(BaseConstraint):
    """A constraint made of several statements, run after the table and its keys exist."""

    keywords: tuple[str, ...] = ()

    def statements(self, model, qn) -> list[str]:
        raise NotImplementedError

    def undo(self, model, qn) -> list[str]:
        raise NotImplementedError

    def constraint_sql(self, model, schema_editor):
        # CREATE TABLE wants a clause here; ours must wait. Returning text alone would create nothing.
        schema_editor.deferred_sql.extend(self.statements(model, schema_editor.quote_name))
        return None

    def create_sql(self, model, schema_editor):
        # At the end of the migration, when every key and table that a link or a policy names is there.
        schema_editor.deferred_sql.extend(self.statements(model, schema_editor.quote_name))

    def remove_sql(self, model, schema_editor):
        _run(self.undo(model, schema_editor.quote_name), schema_editor)

    def validate(self, model, instance, exclude=None, using="default"):
        """The database checks it."""

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs.update({key: getattr(self, key) for key in self.keywords})
        return path, args, kwargs

    def __eq__(self, other):
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


def _run(statements: list[str], schema_editor) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)  # None: a % in a policy is not a placeholder


class Wall(_Ddl):
    """rules: (space or keeper, commands, USING[, WITH CHECK]); who has no rule cannot reach the table at all."""

    keywords = ("rules",)

    def __init__(self, *, name: str, rules):
        super().__init__(name=name)
        self.rules = tuple(tuple(rule) for rule in rules)
        for who, commands, *_ in self.rules:
            role_of(who)
            if not _COMMAND.search(commands):
                raise ValueError(f"no command in {commands!r}")

    def statements(self, model, qn):
        table = qn(model._meta.db_table)
        out = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY owner ON {table} TO {OWNER} USING (no_scope()) WITH CHECK (no_scope())",
        ]
        for who, commands, using, *check in self.rules:
            check = check[0] if check else using
            for command, columns in _COMMAND.findall(commands):
                clauses = {
                    "select": f"USING ({using})",
                    "delete": f"USING ({using})",
                    "insert": f"WITH CHECK ({check})",
                    "update": f"USING ({using}) WITH CHECK ({check})",
                }[command]
                out.append(f"GRANT {command} {columns} ON {table} TO {role_of(who)}")
                out.append(
                    f"CREATE POLICY {who}_{command} ON {table} FOR {command.upper()} TO {role_of(who)} {clauses}"
                )
        return out

    def undo(self, model, qn):
        table = qn(model._meta.db_table)
        out = [f"DROP POLICY owner ON {table}"]
        for who, commands, *_ in self.rules:
            out += [f"DROP POLICY {who}_{command} ON {table}" for command, _ in _COMMAND.findall(commands)]
        return [*out, f"REVOKE ALL ON {table} FROM {ALL_ROLES}"]


def totals_wall(name: str) -> Wall:
    """Of sums that the ministry may read of every alliance, because they are totals; their keeper alone writes them."""
    return Wall(
        name=name,
        rules=[
            ("alliance", "select", ALLIANCE),
            ("ministry", "select", EVERY_ROW),
            ("audit", "select", EVERY_ROW),
            ("upkeep", "select", EVERY_ROW),
            ("keeper_tally", "select insert delete", EVERY_ROW),
        ],
    )


class TenantLink(_Ddl):
    """Composite foreign key (alliance_id, x_id): a row cannot point at another alliance's row."""

    keywords = ("field",)

    def __init__(self, *, name: str, field: str):
        super().__init__(name=name)
        self.field = field

    def statements(self, model, qn):
        field = model._meta.get_field(self.field)
        child, parent = qn(model._meta.db_table), qn(field.remote_field.model._meta.db_table)
        tables = dict.fromkeys((child, parent))
        # Under FORCE the owner sees no rows, and PostgreSQL would then "validate" the key against nothing.
        return [
            *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in tables),
            f"ALTER TABLE {child} ADD CONSTRAINT {qn(self.name)} FOREIGN KEY (alliance_id, {qn(field.column)}) "
            f"REFERENCES {parent} (alliance_id, id)",
            *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in tables),
        ]

    def undo(self, model, qn):
        return [f"ALTER TABLE {qn(model._meta.db_table)} DROP CONSTRAINT {qn(self.name)}"]


class Link(models.ForeignKey):
    """A foreign key between tenant tables for the ORM; its wall is a TenantLink and an index (alliance, x)."""

    def __init__(self, to, on_delete=models.PROTECT, **kwargs):
        kwargs.setdefault("db_constraint", False)
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)


def kept(keeper: str, function: str) -> str:
    """SQL that creates or replaces a SECURITY DEFINER function as its keeper, so that no superuser is needed."""
    role = role_of(f"keeper_{keeper}")
    return (
        f"GRANT CREATE ON SCHEMA public TO {role}; SET LOCAL ROLE {role};\n{function};\n"
        f"SET LOCAL ROLE NONE; REVOKE CREATE ON SCHEMA public FROM {role}"
    )
