"""Which resource an address below the service's root names. Pure.

In: the decoded path behind the root. Out: the set, one row of it, its count; None for what is not there.
Source: OData 4.0 part 2, section 4.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

__all__ = ["Resource", "read_path"]

_LONGEST = 300


class Resource(NamedTuple):
    """A set; key: of one row, None for the set; is_count: `/$count` behind it."""

    held: str
    key: str | None = None
    is_count: bool = False


def read_path(text: str, sets: Collection[str]) -> Resource | None:
    """`cooperatives`, `cooperatives/$count`, `cooperatives('key')`, `cooperatives(id='key')`."""
    if len(text) > _LONGEST or "\0" in text:
        return None
    text = text.strip("/")
    if text in sets:
        return Resource(text)
    held, _, behind = text.partition("/")
    if behind == "$count" and held in sets:
        return Resource(held, None, True)
    held, opened, behind = text.partition("(")
    if not opened or held not in sets or not behind.endswith(")"):
        return None
    key = behind[:-1].strip()
    if not key.startswith("'"):
        _, equals, key = key.partition("=")
        key = key.strip() if equals else ""
    if len(key) < 2 or key[0] != "'" or key[-1] != "'":
        return None
    return Resource(held, key[1:-1].replace("''", "'"))
