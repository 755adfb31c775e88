"""Cursors: where a reader is in a set, as known at one instant, sealed so that nobody can write one.

Pure. Every page of one reading shows the state of its first page: rows that come or go meanwhile move nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import date, datetime
from typing import NamedTuple

__all__ = ["BadCursor", "Place", "open_cursor", "seal_cursor"]

_SEAL_BYTES = 16
# A key of sixty letters, each of them written as twelve, and what stands beside it.
_LONGEST = 1200


class BadCursor(ValueError):
    """A cursor that this office did not make, or made for another question."""


class Place(NamedTuple):
    """after: the key of the last row read. question: the set and its filters, which a cursor is bound to."""

    question: str
    after: str
    on: date
    known_at: datetime


def _seal(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_SEAL_BYTES]


def seal_cursor(place: Place, key: bytes) -> str:
    """A cursor's text: letters, digits, - and _."""
    body = json.dumps([place.question, place.after, place.on.isoformat(), place.known_at.isoformat()]).encode()
    return base64.urlsafe_b64encode(_seal(body, key) + body).rstrip(b"=").decode()


def open_cursor(text: str, question: str, key: bytes) -> Place:
    """Where a cursor points. Raises BadCursor for any text that was not sealed with `key` for `question`."""
    if len(text) > _LONGEST or not text.isascii():
        raise BadCursor("cursor is not ours")
    try:
        sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadCursor("cursor is not ours") from None
    seal, body = sealed[:_SEAL_BYTES], sealed[_SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(body, key)):
        raise BadCursor("cursor is not ours")
    asked, after, on, known_at = json.loads(body)
    if asked != question:
        raise BadCursor("cursor belongs to another question")
    return Place(asked, after, date.fromisoformat(on), datetime.fromisoformat(known_at))
