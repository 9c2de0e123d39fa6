"""Is the process alive; is the portal ready. For the proxy and for whoever starts the portal: no session, no scope."""

import json
import time

import redis
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alliances.tenancy.access import ANYONE, screen

HEARTBEAT = "portal:heartbeat"
HEARTBEAT_SECONDS = 60
_migrations_done = False


def _json(body: dict, status: int = 200) -> HttpResponse:
    return HttpResponse(json.dumps(body), content_type="application/json", status=status)


@screen(ANYONE)
@require_safe
@never_cache
@transaction.non_atomic_requests
def healthz(request):
    return _json({"status": "ok"})


@screen(ANYONE)
@require_safe
@never_cache
@transaction.non_atomic_requests
def readyz(request):
    checks = {}
    for name, check in (("database", _database), ("migrations", _migrations), ("broker", _broker), ("worker", _worker)):
        try:
            checks[name] = "ok" if check() else "waiting"
        except (DatabaseError, redis.RedisError) as error:
            checks[name] = type(error).__name__
    ready = all(state == "ok" for state in checks.values())
    return _json({"status": "ready" if ready else "not ready", **checks}, 200 if ready else 503)


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    # Migrations only ever go forward, so that once done they stay done for this process.
    global _migrations_done
    if not _migrations_done:
        executor = MigrationExecutor(connection)
        _migrations_done = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrations_done


def _broker() -> bool:
    return bool(_redis().ping())


def _worker() -> bool:
    beat = _redis().get(HEARTBEAT)
    return beat is not None and time.time() - float(beat) < HEARTBEAT_SECONDS


def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
