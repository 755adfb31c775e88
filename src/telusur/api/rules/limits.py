"""How often one may ask: a count for each minute, for each token or address.

Pure. Reading is open to all; the limit keeps one eager script from taking the office's counter away from everybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

__all__ = ["PUBLIC_A_MINUTE", "RECONCILE_A_MINUTE", "TOKEN_A_MINUTE", "Window", "window_at"]

PUBLIC_A_MINUTE = 240
TOKEN_A_MINUTE = 1200
# OpenRefine asks ten rows at a time, one batch after the other: a long sheet is no eager script.
RECONCILE_A_MINUTE = 1800
_SECONDS = 60


class Window(NamedTuple):
    """A minute. `number` names it; resets_in: seconds until the next one begins."""

    number: int
    resets_in: int


def window_at(now: datetime) -> Window:
    """The minute of an instant."""
    seconds = int(now.timestamp())
    return Window(seconds // _SECONDS, _SECONDS - seconds % _SECONDS)
