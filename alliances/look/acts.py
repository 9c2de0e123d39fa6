"""The acts that a dossier offers: one shape for open buttons and for closed ones, which say why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """A button. `about` completes its accessible name; `why` closes it; `asks`: its address asks for confirmation."""

    label: str
    url: str = ""
    why: str = ""
    id: str = ""
    about: str = ""
    kind: str = ""
    asks: bool = True
