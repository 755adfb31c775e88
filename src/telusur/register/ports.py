"""What the register asks of a search: add names, find cooperatives by what a person types. One adapter a database.

In: names with their cooperative; text as typed. Out: hits, best first. Source: issue 2, part 8.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import NamedTuple, Protocol

__all__ = ["Hit", "NameSearch"]


class Hit(NamedTuple):
    """A cooperative that was found. name: the one that matched, maybe of an older edition. score: 0 to 100."""

    cooperative_id: uuid.UUID
    name: str
    score: float


class NameSearch(Protocol):
    """Search over the register's names, forgiving of spelling."""

    def index(self, names: Iterable[tuple[str, str, str]]) -> int:
        """Make names findable: (cooperative's id as hex, name, its `search_words`). In the caller's transaction, or its own.

        Returns how many were new; a name whose words the cooperative has already, or without any letter or digit, adds
        nothing. The one way by which names enter: the index is filled here and nowhere else.
        """
        ...

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """Cooperatives for a NIK koperasi (from four digits on), a legal number, or a name; best first, each once.

        A number's hits come before names'. Text without letter or digit, or with a citizen's number, finds nothing.
        """
        ...
