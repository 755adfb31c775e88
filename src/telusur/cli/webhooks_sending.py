"""Sending what is due, once or for as long as the office is served: one process of a data folder sends, others stand by.

`telusur serve` starts it as its child; it ends with its parent. Two senders would do no harm (each message is under a
lease), but they would ask the database twice.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

__all__ = ["Counts", "keep_sending", "send_due", "start_beside", "with_parent"]

_LOCK: Final = "webhooks.lock"
_EVERY: Final = 10


@dataclass
class Counts:
    """What one sender has done."""

    events: int = 0
    delivered: int = 0
    failed: int = 0


def send_due(counts: Counts) -> None:
    """Take what has happened since, and send all that is due."""
    from django.conf import settings

    from telusur.api.actions import deliver_next, take_events

    counts.events += take_events()
    while (attempt := deliver_next(localhost=settings.WEBHOOKS_TO_LOCALHOST)) is not None:
        good = attempt.status_number is not None and attempt.status_number < 300
        counts.delivered, counts.failed = counts.delivered + good, counts.failed + (not good)


def _is_mine(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def keep_sending(
    folder: Path,
    every: int,
    *,
    goes_on: Callable[[], bool] = lambda: True,
    pause: Callable[[float], None] = time.sleep,
) -> Counts:
    """Send until `goes_on` says no: every so many seconds, while no other process of this data folder does."""
    from django.db import DatabaseError, close_old_connections

    counts, is_mine = Counts(), False
    with (folder / _LOCK).open("a") as lock:
        while goes_on():
            is_mine = is_mine or _is_mine(lock)
            try:
                if is_mine:
                    send_due(counts)
            except DatabaseError as error:
                # A database that restarts or is busy for a while; what is due stays due.
                sys.stderr.write(f"webhooks: basis data belum menjawab ({type(error).__name__}); dicoba lagi\n")
            close_old_connections()
            for _ in range(every):
                if not goes_on():
                    break
                pause(1.0)
    return counts


def with_parent(parent: int) -> Callable[[], bool]:
    """True for as long as the process that started this one lives."""
    return lambda: os.getppid() == parent


def start_beside() -> None:
    """Start a sender that lives as long as this process, whatever this process becomes."""
    words = [sys.executable, "-m", "telusur", "webhooks", "send", "--every", str(_EVERY), "--beside", str(os.getpid())]
    subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
