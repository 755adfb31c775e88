"""How often each has asked in this minute, counted by all processes of a machine together: one small file a minute.

In: the data folder, the minute, who asks. Out: how many requests that makes. A file has room for 65,536 counts; two who fall
on one place (one chance in 65,536) are counted together. Two processes take turns by a lock of the operating system; a
machine that goes down loses a minute's counts, and nothing else. The folder may be deleted.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

__all__ = ["counted"]

_WIDTH = 4
# The operating system's locks are a process's own: its threads take turns by this one.
_turn = Lock()


def counted(data: Path, minute: int, who: str) -> int:
    """One request more of `who` in a minute; all of them so far. Raises OSError where the folder cannot be written."""
    folder = data / "hitungan"
    place = int.from_bytes(hashlib.blake2b(who.encode(), digest_size=2).digest()) * _WIDTH
    with _turn:
        try:
            held = os.open(folder / str(minute), os.O_RDWR)
        except FileNotFoundError:
            held = _begin(folder, minute)
        try:
            fcntl.lockf(held, fcntl.LOCK_EX, _WIDTH, place)
            count = int.from_bytes(os.pread(held, _WIDTH, place)) + 1
            os.pwrite(held, count.to_bytes(_WIDTH), place)
        finally:
            os.close(held)
    return count


def _begin(folder: Path, minute: int) -> int:
    """The minute's file, made by whoever comes first; those of minutes that are over go."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.iterdir():
        if old.name.isdigit() and int(old.name) < minute - 1:
            with suppress(FileNotFoundError):
                old.unlink()
    return os.open(folder / str(minute), os.O_RDWR | os.O_CREAT, 0o600)
