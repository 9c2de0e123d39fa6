"""PostgreSQL and Valkey while somebody needs them: the first to come starts them, the last to leave stops them."""

import os

from launcher.locks import FileLock, held
from launcher.places import Places
from launcher.postgres import Postgres
from launcher.valkey import Valkey

DATABASE_VARIABLES = ("DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL")
LOGINS = {"DATABASE_URL": "portal_web", "DATABASE_WORKER_URL": "portal_worker", "DATABASE_OWNER_URL": "portal_owner"}


def is_external(environ) -> bool:
    """A server of one's own counts when all three addresses are given."""
    return all(environ.get(name) for name in DATABASE_VARIABLES)


class Services:
    """The embedded servers of a folder, shared by all who use it at the same time."""

    def __init__(self, places: Places, *, quick: bool = False) -> None:
        self.places = places
        self.postgres = None if is_external(os.environ) else Postgres(places, quick=quick)
        self.valkey = None if os.environ.get("REDIS_URL") else Valkey(places)
        self._use = FileLock(places.run / "services.use")

    def __enter__(self) -> "Services":
        self._use.take(shared=True)
        try:
            self.ensure()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        with self._turn():
            if self._use.take(wait=False):
                self.stop()
        self._use.close()

    def ensure(self) -> list[str]:
        """Starts what is down; returns the names of what had to be started."""
        begun = []
        if self._down():
            with self._turn():
                for service in self._down():
                    service.start()
                    begun.append(type(service).__name__)
        return begun

    def stop_if_unused(self) -> bool:
        """For what a killed launcher left: stops the servers unless somebody else uses them."""
        with self._turn():
            if not self._use.take(wait=False):
                return False
            self.stop()
        return True

    def stop(self) -> None:
        for service in (self.valkey, self.postgres):
            if service:
                service.stop()

    def _down(self) -> list[Postgres | Valkey]:
        return [service for service in (self.postgres, self.valkey) if service and not service.is_alive()]

    def _turn(self):
        return held(self.places.run / "services.turn")
