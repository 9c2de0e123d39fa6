"""Many rows in one statement, under the walls: INSERT … SELECT FROM unnest, in the scope of the caller."""

import json
from collections.abc import Iterable

from django.db import connection


def put(model, columns: str, rows: Iterable[tuple], returning: str = "") -> list[tuple]:
    """Insert rows of `columns` (attribute names, separated by spaces); gives the rows of `returning`, in any order."""
    rows = list(rows)
    if not rows:
        return []
    known = {field.attname: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in columns.split()]
    kinds = [field.db_type(connection) for field in fields]
    lists = [
        [json.dumps(value, ensure_ascii=False) for value in values] if kind == "jsonb" else list(values)
        for kind, values in zip(kinds, zip(*rows, strict=True), strict=True)
    ]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    wanted = f" RETURNING {returning}" if returning else ""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) SELECT * FROM unnest({arrays}){wanted}", lists)
        return cursor.fetchall() if returning else []
