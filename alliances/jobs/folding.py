"""Tables of differences are folded when an alliance has many more lines than sums: exact before, during and after."""

from django.db import connection

from alliances.tenancy.scope import upkeep_scope

SLACK = 500  # lines that could be folded, below which it is not worth it


def fold(*, table: str, sums: str, function: str) -> int:
    """Call the keeper's `function(alliance)` where `table` has SLACK lines more than distinct `sums`.

    Returns how many alliances were folded. The three names are of our own code, never of a request.
    """
    with upkeep_scope(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT alliance_id FROM {table} GROUP BY 1 HAVING count(*) > count(DISTINCT ({sums})) + %s", [SLACK]
        )
        alliances = [row[0] for row in cursor.fetchall()]
    for alliance_id in alliances:
        # One transaction for each: a posting waits for one fold at most.
        with upkeep_scope(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [alliance_id])
    return len(alliances)
