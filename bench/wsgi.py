"""The portal as gunicorn runs it; a request that asks for it (X-Bench) is told its number of queries and their time.

Timed requests don't ask: what counts is not slowed by the counting.
"""

import json
import time

from django.core.wsgi import get_wsgi_application
from django.db import connection

portal = get_wsgi_application()
ASIDE = ("SAVEPOINT", "RELEASE", "ROLLBACK TO")


def application(environ, start_response):
    if "HTTP_X_BENCH" not in environ:
        return portal(environ, start_response)
    count, spent, kept = 0, 0.0, []

    def watch(execute, sql, params, many, context):
        nonlocal count, spent
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if not str(sql).startswith(ASIDE):
                took = time.perf_counter() - began
                count, spent = count + 1, spent + took
                kept.append((round(took * 1000, 2), str(sql)[:160]))

    def respond(status, headers, exc_info=None):
        told = [("X-Bench-Queries", str(count)), ("X-Bench-Sql", f"{spent * 1000:.2f}")]
        if environ["HTTP_X_BENCH"] == "slow":
            told.append(("X-Bench-Slow", json.dumps(sorted(kept, reverse=True)[:3])))
        return start_response(status, [*headers, *told], exc_info)

    with connection.execute_wrapper(watch):
        return portal(environ, respond)
