"""Locks between processes: the kernel drops them when their holder ends, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class FileLock:
    """A lock on a file, exclusive or shared."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False, wait: bool = True) -> bool:
        """True when it is ours; False when `wait` is off and another holds it."""
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(self._fd, how)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        os.close(self._fd)


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """The exclusive lock, waited for and kept for a while."""
    lock = FileLock(path)
    try:
        lock.take()
        yield
    finally:
        lock.close()
