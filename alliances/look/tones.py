"""The six tones of a state, and a state as people see it."""

from __future__ import annotations

from dataclasses import dataclass

# tone → (class of the badge, icon used unless the state has its own); « waiting » is somebody else's turn.
TONES = {
    "neutral": ("", "draft"),
    "info": ("badge--info", "half"),
    "waiting": ("badge--info", "send"),
    "attention": ("badge--warn", "clock"),
    "success": ("badge--ok", "check"),
    "danger": ("badge--bad", "cross"),
    "ended": ("badge--end", "lock"),
}


@dataclass(frozen=True, slots=True)
class State:
    """One state as people see it. `icon` is the name of a symbol of static/portal/icons.svg, without its « i- »."""

    label: str
    tone: str
    icon: str
    mine: str = ""
    staff: str = ""

    @property
    def css(self) -> str:
        return TONES[self.tone][0]

    def tell(self, reader: str = "mine", **params: object) -> str:
        """The sentence for `reader` (« mine », « staff »), placeholders filled; KeyError when one is missing."""
        return getattr(self, reader) % params


def named(label: str, tone: str, icon: str = "", mine: str = "", staff: str = "") -> State:
    return State(label, tone, icon or TONES[tone][1], mine, staff)
