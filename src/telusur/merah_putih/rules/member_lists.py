"""Lists of members, counted and forgotten: how many, how many twice, how many on two lists. Pure.

In: the numbers of a list as texts, and a salt that lives as long as the count. Out: counts alone. No number and no digest
leaves this module: a digest of sixteen digits can be turned back by trying them all, salt or not, once the salt is known.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

__all__ = ["ListCount", "ListsCounted", "count_lists", "has_citizen_number"]

_SIXTEEN = re.compile(r"\d{16}")
# The tax number of a cooperative has sixteen digits too, and begins with 0; a citizen's number begins with its province.
_CITIZEN = re.compile(r"(?<!\d)[1-9]\d{15}(?!\d)")


@dataclass(frozen=True, slots=True)
class ListCount:
    """One list. listed: rows with something in the cell; members: different numbers; repeated, refused: the rest."""

    listed: int
    members: int
    repeated: int
    refused: int
    refused_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListsCounted:
    """Several lists, counted together. shared: how many stand on both, by pair in order; pairs without are left out."""

    lists: Mapping[str, ListCount]
    shared: Mapping[tuple[str, str], int]


def has_citizen_number(*texts: str) -> bool:
    """Whether a text holds what looks like a citizen's number, in groups or not."""
    return any(_CITIZEN.search(re.sub(r"(?<=\d)[ .\-](?=\d)", "", text)) for text in texts)


def count_lists(lists: Mapping[str, Iterable[tuple[int, str]]], salt: bytes) -> ListsCounted:
    """Count lists together. lists: by kelurahan code, the rows' numbers in the file and the cells as text."""
    digests: dict[str, set[bytes]] = {}
    counts: dict[str, ListCount] = {}
    for code, cells in lists.items():
        seen: set[bytes] = set()
        listed = repeated = 0
        refused: list[int] = []
        for number, cell in cells:
            compact = re.sub(r"[\s.\-']", "", cell)
            if not cell.strip():
                continue
            listed += 1
            if not _SIXTEEN.fullmatch(compact):
                refused.append(number)
                continue
            mark = hmac.new(salt, compact.encode(), hashlib.sha256).digest()
            repeated += mark in seen
            seen.add(mark)
        digests[code] = seen
        counts[code] = ListCount(listed, len(seen), repeated, len(refused), tuple(refused))
    shared = {
        (first, second): count
        for first, second in combinations(sorted(digests), 2)
        if (count := len(digests[first] & digests[second]))
    }
    return ListsCounted(counts, shared)
