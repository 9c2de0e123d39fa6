"""What the wall costs the list: the same statement, with the policies and without.

The statement is the list’s own (its rows: one alliance, newest first, 50), filtered by alliance_id as the page does.
« With » runs it as the role of the alliance’s space, with its scope set; « without » as the administrator, whom
row-level security never touches. Both on one connection each, turn by turn, so that a noisy neighbour disturbs both
alike. Planning, execution and transfer are in the time.
"""

import statistics
import time
from urllib.parse import urlsplit

import psycopg

from bench.place import Place

_ROUNDS = 400
_LIST = """
SELECT id, number, title, organisation_id, state, state_since, fund_amount, committed, paid, partners_secured, ends_on,
       territory_ids, priority_ids, updated_at
  FROM project WHERE alliance_id = %s ORDER BY updated_at DESC, id DESC LIMIT 51
"""


def overhead(place: Place, slug: str) -> dict:
    """{"with": ms, "without": ms, "percent": by how much the wall is slower} of medians."""
    owner = urlsplit(place.environ["DATABASE_OWNER_URL"]).geturl()
    with place.superuser() as free, psycopg.connect(owner) as walled:
        tenant = free.execute("SELECT id FROM alliance WHERE slug = %s", [slug]).fetchone()[0]
        # The bench enters the space as the portal’s scope does, on a connection that is not the portal’s.
        walled.execute(
            "SELECT set_config('role', 'space_alliance', true), set_config('app.alliance', %s, true)", [str(tenant)]
        )
        spent: dict[str, list[float]] = {"with": [], "without": []}
        for i in range(_ROUNDS):
            pair = (("with", walled), ("without", free))
            for name, connection in pair if i % 2 else reversed(pair):
                began = time.perf_counter()
                connection.execute(_LIST, [tenant]).fetchall()
                spent[name].append((time.perf_counter() - began) * 1000)
        middle = {name: statistics.median(values[20:]) for name, values in spent.items()}
        return {**middle, "percent": (middle["with"] / middle["without"] - 1) * 100}
