"""Measures one scale, in a process of its own whose settings are that scale’s database; prints JSON."""

import argparse
import json
import re
import statistics
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from alliances.models import User  # noqa: E402
from bench.pages import LARGEST, Page, floors, pages  # noqa: E402
from bench.place import Place  # noqa: E402
from bench.server import Client, gunicorn, plain, processor, resident  # noqa: E402
from bench.wall import overhead  # noqa: E402


def session(email: str) -> str:
    """The cookie of somebody who has signed in: signing in itself is limited, and not what is measured."""
    user, store = User.objects.get(email=email), SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def backends(place: Place) -> list[int]:
    """Processes of the database that serve the web; none where they cannot be seen."""
    with place.superuser() as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = 'portal-web'", [place.name]
        ).fetchall()
    return [pid for (pid,) in rows]


def one(client: Client, page: Page, cookie: str, times: int, place: Place, worker: int) -> dict:
    """Times of the wall clock (p50, p95) and of the processor, queries, time in SQL, bytes; or why there is nothing."""
    found = {"name": page.name, "limit": page.limit, "path": page.path}
    if not page.path:
        return {**found, "absent": "no such address"}
    status, headers, body, _ = client.get(page.path, cookie)
    if status != 200:
        return {**found, "absent": f"answers {status} {headers.get('Location', '')}".strip()}
    for _ in range(3):
        client.get(page.path, cookie)
    _, counted, _, _ = client.get(page.path, cookie, **{"X-Bench": "slow"})
    served = backends(place)
    before = processor([worker]), processor(served)
    spent = sorted(client.get(page.path, cookie)[3] for _ in range(times))
    after = processor([worker]), processor(served)
    return {
        **found,
        "cpu": (after[0] - before[0]) / times,
        "cpu_database": (after[1] - before[1]) / times,
        "p50": statistics.median(spent),
        "p95": spent[min(len(spent) - 1, round(0.95 * len(spent)))],
        "queries": int(counted["X-Bench-Queries"]),
        "sql": float(counted["X-Bench-Sql"]),
        "slow": json.loads(counted["X-Bench-Slow"]),
        "bytes": len(body),
    }


def follow(client: Client, page: Page, cookie: str) -> Page:
    """The next page of the list: its address is in the list itself."""
    if not page.path.endswith("@next"):
        return page
    base = page.path.removesuffix("@next")
    _, headers, body, _ = client.get(base, cookie)
    link = re.search(r'href="([^"]*[?&;]apres=[^"]*)"', plain(headers, body))
    path = link[1].replace("&amp;", "&") if link else ""
    path = base + path if path.startswith("?") else path
    return Page(page.name, path, page.who, page.limit)


def first_visit(client: Client, path: str, cookie: str) -> dict:
    """Compressed bytes of a page with all it loads: styles, scripts, pictures, and the fonts its styles name."""
    seen: dict[str, int] = {}
    _, headers, body, _ = client.get(path, cookie)
    waiting = re.findall(r'(?:href|src)="(/static/[^"#]+)', plain(headers, body))
    while waiting:
        asset = waiting.pop()
        if asset in seen:
            continue
        _, asset_headers, asset_body, _ = client.get(asset)
        seen[asset] = len(asset_body)
        if asset.endswith(".css"):
            for link in re.findall(r"url\(\"?'?([^\"')#]+)", plain(asset_headers, asset_body)):
                if not link.startswith("data:"):
                    waiting.append(_beside(asset, link))
    return {"html": len(body), "assets": sum(seen.values()), "requests": 1 + len(seen), "files": seen}


def _beside(asset: str, link: str) -> str:
    if link.startswith("/"):
        return link
    folder = asset.rsplit("/", 1)[0].split("/")
    for part in link.split("/"):
        folder = folder[:-1] if part == ".." else [*folder, part]
    return "/".join(folder)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", required=True)
    parser.add_argument("--slot", type=int, required=True)
    parser.add_argument("--times", type=int, default=40)
    options = parser.parse_args()
    place = Place(options.name, options.slot)
    wanted = pages()
    cookies = {"": "", **{email: session(email) for email in {page.who for page in wanted if page.who}}}
    with gunicorn(place.environ) as (port, worker):
        client = Client(port)
        bottom = [one(client, page, cookies[page.who], options.times, place, worker) for page in floors()]
        rows = []
        for page in wanted:
            rows.append(
                one(client, follow(client, page, cookies[page.who]), cookies[page.who], options.times, place, worker)
            )
            print(f"    {page.name}", file=sys.stderr, flush=True)
        visit = first_visit(client, wanted[0].path, cookies[wanted[0].who])
        memory = resident(worker)
    found = {"floors": bottom, "pages": rows, "visit": visit, "web_memory": memory, "wall": overhead(place, LARGEST)}
    json.dump(found, sys.stdout)


main()
