"""What each verb did, frozen, for the door to show and to journal. Rows in always equal the sum of their fates.

In: counts and names from `actions`. Out: the values, and one Indonesian sentence for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from telusur.areas.rules.rows import ChangeKind, Successor
from telusur.words.refusal import Refusal

__all__ = ["AliasAdded", "AreasLoaded", "ChangeRecorded", "FileImported"]


@dataclass(frozen=True, slots=True)
class AreasLoaded:
    """rows_in_count = added + changed + unchanged + kept.

    kept: areas that another source or a recorded change settled, left as they are.
    absent: areas of an earlier version of this source that this one no longer lists; they stay.
    """

    source: str
    by: str
    rows_in_count: int
    added_count: int
    changed_count: int
    unchanged_count: int
    kept_count: int
    absent_count: int

    @property
    def changed_anything(self) -> bool:
        """Whether any row was written."""
        return bool(self.added_count or self.changed_count)

    def sentence(self) -> str:
        """One Indonesian sentence for people."""
        if not self.changed_anything:
            return f"Tidak ada yang berubah: {self.rows_in_count} wilayah dari {self.source} sudah termuat."
        return f"{self.added_count} wilayah ditambahkan dan {self.changed_count} diubah dari {self.source}."


@dataclass(frozen=True, slots=True)
class FileImported:
    """rows_in_count = changed + unchanged + refusals. `file_hash`: SHA-256 of the file, hexadecimal."""

    file: str
    file_hash: str
    by: str
    rows_in_count: int
    changed_count: int
    unchanged_count: int
    refusals: tuple[Refusal, ...]

    def sentence(self) -> str:
        """One Indonesian sentence for people."""
        if not self.changed_count and not self.refusals:
            return f"Tidak ada yang berubah: {self.unchanged_count} baris {self.file} sudah termuat."
        return (
            f"{self.file}: {self.changed_count} diterapkan, {self.unchanged_count} sama, {len(self.refusals)} ditolak."
        )


@dataclass(frozen=True, slots=True)
class AliasAdded:
    """`added` is False when the very same spelling stood there already."""

    spelling: str
    code: str
    name: str
    confidence: float
    source: str
    by: str
    added: bool


@dataclass(frozen=True, slots=True)
class ChangeRecorded:
    """What was recorded, as the journal keeps it."""

    kind: ChangeKind
    code: str
    name: str
    on: date
    into: tuple[Successor, ...]
    source: str
    by: str
