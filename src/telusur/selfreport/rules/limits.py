"""How often an address may do a thing in the portal. Officers are never counted: the door does not ask for them.

Pure. In: how often it was done in the window. Out: go on, or how long to wait. Generous, since many phones of one network
share an address; a person never meets a limit, a script does. Source: reliability: abuse from one address, from a thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

__all__ = ["LIMITS", "Limit", "PortalAct", "wait_seconds", "window_of"]


class PortalAct(StrEnum):
    """What is counted. guess: a secret link that opens nothing, a code typed to go on, another letter's code in a report."""

    BEGIN = "begin"
    SAVE = "save"
    UPLOAD = "upload"
    SUBMIT = "submit"
    TIP = "tip"
    GUESS = "guess"


class Limit(NamedTuple):
    """At most `most` times in `seconds`."""

    most: int
    seconds: int


_HOUR = 3600
LIMITS: Mapping[PortalAct, Limit] = {
    PortalAct.BEGIN: Limit(60, _HOUR),
    PortalAct.SAVE: Limit(1500, _HOUR),
    PortalAct.UPLOAD: Limit(150, _HOUR),
    PortalAct.SUBMIT: Limit(60, _HOUR),
    PortalAct.TIP: Limit(30, _HOUR),
    PortalAct.GUESS: Limit(30, _HOUR),
}


def window_of(act: PortalAct, seconds: int) -> int:
    """The number of the window in which an instant (seconds of the epoch) falls."""
    return seconds // LIMITS[act].seconds


def wait_seconds(act: PortalAct, done: int, seconds: int) -> int:
    """0 when it may be done once more; else how many seconds until the next window."""
    limit = LIMITS[act]
    return 0 if done < limit.most else limit.seconds - seconds % limit.seconds
