"""Where a page goes on: a token that the client hands back unread. Pure.

By key where rows stand in the order of their keys, so that nothing comes twice or is left out while data changes; by count
where a client wished another order. A token that nobody here made is refused in words.
"""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from telusur.api.rules.refused import AskedWrongly
from telusur.words.reason import Reason

__all__ = ["START", "Mark", "mark_of", "token_of"]

_LONGEST = 600
MOST_SKIPPED = 10_000_000


class Mark(NamedTuple):
    """How far a client has read. after: the last row's key, "" at the start; passed: rows to leave out from there;
    left: rows that the client still wants of its `$top`, None for all."""

    after: str = ""
    passed: int = 0
    left: int | None = None


START = Mark()


def token_of(mark: Mark) -> str:
    """The token of a mark: letters, digits, - and _ only."""
    packed = json.dumps([mark.after, mark.passed, mark.left], ensure_ascii=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def mark_of(token: str, target: str) -> Mark:
    """The mark of a token. Raises AskedWrongly, naming the parameter `target`."""
    wrong = AskedWrongly(Reason("page_unknown", "tanda halaman ini bukan dari sini; mulai lagi dari awal"), target)
    if len(token) > _LONGEST or not token.isascii():
        raise wrong
    try:
        after, passed, left = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise wrong from error
    if not isinstance(after, str) or "\0" in after or not _is_count(passed) or not (left is None or _is_count(left)):
        raise wrong
    return Mark(after, passed, left)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST_SKIPPED
