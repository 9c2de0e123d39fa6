"""Shows the steps: a turning sign and its time on a terminal, plain lines elsewhere."""

import sys
import threading
import time

_TURN = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class Step:
    """One step while it lasts: `with Step("Installing") as step: step.note("40 %")`."""

    def __init__(self, name: str, *, quiet: bool = False) -> None:
        self.name = name
        self.detail = ""
        self._quiet = quiet
        self._live = sys.stdout.isatty()
        self._ended = threading.Event()
        self._turner = threading.Thread(target=self._turn, daemon=True)

    def __enter__(self) -> "Step":
        self._began = time.monotonic()
        if self._live:
            self._turner.start()
        elif not self._quiet:
            print(f"  … {self.name}", flush=True)
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._ended.set()
        if self._live:
            self._turner.join()
            print("\r\033[K", end="", flush=True)
        if kind is not None:
            print(f"  ✗ {self.name}", flush=True)
        elif not self._quiet:
            print(f"  ✓ {self._text()} ({time.monotonic() - self._began:.1f} s)", flush=True)

    def note(self, detail: str) -> None:
        """Says how far it is."""
        self.detail = detail

    def _text(self) -> str:
        return f"{self.name}: {self.detail}" if self.detail else self.name

    def _turn(self) -> None:
        count = 0
        while not self._ended.wait(0.1):
            print(f"\r\033[K  {_TURN[count % len(_TURN)]} {self._text()}"[:110], end="", flush=True)
            count += 1


def say(line: str = "") -> None:
    print(line, flush=True)


def warn(line: str) -> None:
    print(f"  ! {line}", file=sys.stderr, flush=True)
