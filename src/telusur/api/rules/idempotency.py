"""The same request twice is one deed: keys that a client sends along, and what a repeated one gets.

Pure. (draft-ietf-httpapi-idempotency-key-header: same key and body, same answer; same key, other body: 422.)
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

__all__ = ["KEPT", "LONGEST_KEY", "Repeat", "body_mark", "judge", "key_is_fit"]

KEPT = timedelta(hours=24)
LONGEST_KEY = 100


class Repeat(StrEnum):
    """What a key that stands already means for the request that brings it."""

    SAME = "same"
    OTHER_BODY = "other_body"
    FORGOTTEN = "forgotten"


def body_mark(method: str, path: str, body: bytes) -> str:
    """SHA-256, hexadecimal, of what was asked: a key is for one question to one address."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


def judge(stored_mark: str, stored_at: datetime, mark: str, now: datetime) -> Repeat:
    """Whether the stored answer is given again. After 24 hours a key is as new."""
    if now - stored_at >= KEPT:
        return Repeat.FORGOTTEN
    return Repeat.SAME if stored_mark == mark else Repeat.OTHER_BODY


def key_is_fit(key: str) -> bool:
    """Whether a text can be a key: 1 to 100 visible ASCII signs."""
    return 0 < len(key) <= LONGEST_KEY and all("!" <= sign <= "~" for sign in key)
