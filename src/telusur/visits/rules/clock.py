"""The phone's clock against the office's: how far it is off, and what was the day and the hour of a visit.

Pure. A phone's clock is corrected and flagged, never a reason to refuse, and never what a deadline counts from. Source:
reliability §2 A 11.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

__all__ = ["FLAGGED_SECONDS", "VisitTimes", "clock_is_off", "clock_shown", "offset_of", "visit_times"]

# The way of a packet takes seconds, a slow network a minute: what is further off is a clock, not the way.
FLAGGED_SECONDS = 300
# What a column can hold; a phone reset to 1970 lies well within.
_MOST_SECONDS = 2_000_000_000


def offset_of(sent_at: datetime | None, received_at: datetime) -> int | None:
    """Whole seconds by which the phone's clock is ahead (behind: negative); None where it said no time.

    Both instants bear an offset; the way of the packet is in it.
    """
    if sent_at is None:
        return None
    seconds = round((sent_at - received_at).total_seconds())
    return max(-_MOST_SECONDS, min(_MOST_SECONDS, seconds))


def clock_shown(made_at: datetime | None, registered_at: datetime, now: datetime) -> datetime | None:
    """What a file says of the clock that made it; None where it says nothing.

    Made tomorrow, the clock is ahead; made before the phone was known to the office, it is behind. Between the two the file
    may only have lain long.
    """
    if made_at is None or registered_at - timedelta(seconds=FLAGGED_SECONDS) <= made_at <= now:
        return None
    return made_at


def clock_is_off(offset_seconds: int | None) -> bool:
    """Whether a person should know of the offset."""
    return offset_seconds is not None and abs(offset_seconds) > FLAGGED_SECONDS


@dataclass(frozen=True, slots=True)
class VisitTimes:
    """When the visit was, by the office's clock and in its zone. hour: when it began, None where the phone gave no time.

    is_doubtful: the day could not be told from the phone; it is then the day on which the office received the visit.
    """

    on: date
    hour: time | None
    is_doubtful: bool


def _corrected(at: datetime, offset_seconds: int | None) -> datetime | None:
    if not clock_is_off(offset_seconds):
        return at
    assert offset_seconds is not None
    try:
        return at - timedelta(seconds=offset_seconds)
    except OverflowError:
        return None


def visit_times(
    started_at: datetime | None,
    finished_at: datetime | None,
    *,
    received_at: datetime,
    offset_seconds: int | None,
    zone: tzinfo,
) -> VisitTimes:
    """The visit's day and hour. A day after the receipt, or none at all, becomes the day of the receipt and is doubtful."""
    received = received_at.astimezone(zone)
    finished = _corrected(finished_at, offset_seconds) if finished_at else None
    if finished is None:
        return VisitTimes(received.date(), None, True)
    try:
        local = finished.astimezone(zone)
        # Minutes of grace: an offset below the flag is left in the time, and a visit may be sent at once.
        if local > received + timedelta(seconds=FLAGGED_SECONDS):
            return VisitTimes(received.date(), None, True)
        started = _corrected(started_at, offset_seconds) if started_at else None
        began = started.astimezone(zone) if started else local
    except OverflowError:
        return VisitTimes(received.date(), None, True)
    on = min(local.date(), received.date())
    return VisitTimes(on, began.time().replace(second=0, microsecond=0, tzinfo=None), False)
