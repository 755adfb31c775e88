"""What a judgement is about: lasting names of subjects, the compared values, and keys for the rows of a list. Pure.

"coop:<uuid hex>" is a cooperative of the register; "list:<list id>:<row key>" a row of an office's list. A row's key comes
from what names it longest, so that the list brought again next year speaks of the same subjects.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping

from telusur.matching.rules.kinds import fold
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA
from telusur.words.legal_number import read_legal_number

__all__ = [
    "COMPARED_FIELDS",
    "compared_values",
    "cooperative_of",
    "cooperative_subject",
    "list_row_of",
    "list_subject",
    "row_keys",
]

COMPARED_FIELDS: tuple[str, ...] = tuple(field.name for field in COOPERATIVE_SCHEMA.fields)
_LONGEST_KEY = 150


def cooperative_subject(ident: uuid.UUID) -> str:
    """The subject of a cooperative."""
    return f"coop:{ident.hex}"


def cooperative_of(subject: str) -> uuid.UUID | None:
    """The cooperative's id; None of a list's row."""
    kind, _, rest = subject.partition(":")
    return uuid.UUID(hex=rest) if kind == "coop" else None


def list_subject(list_id: int, key: str) -> str:
    """The subject of a list's row."""
    return f"list:{list_id}:{key}"


def list_row_of(subject: str) -> tuple[int, str] | None:
    """The list's id and the row's key; None of a cooperative."""
    kind, _, rest = subject.partition(":")
    if kind != "list":
        return None
    number, _, key = rest.partition(":")
    return int(number), key


def compared_values(values: Mapping[str, object]) -> dict[str, str]:
    """The compared fields that a row states, as text; days as ISO 8601."""
    return {name: str(values[name]) for name in COMPARED_FIELDS if values.get(name)}


def row_keys(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """A key for each row of compared values: by NIK, else by legal number, else by name and address. Equal ones are counted.

    A row named by name and address alone gets a new key when either changes: its judgements then stay with the old one.
    """
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        key = _row_key(row)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys


def _row_key(row: Mapping[str, str]) -> str:
    if row.get("nik_koperasi"):
        return f"nik-{row['nik_koperasi']}"
    legal = read_legal_number(row.get("legal_number", ""))
    if legal is not None and legal.key and len(legal.key) <= _LONGEST_KEY:
        return f"bh-{legal.key}"
    said = f"{fold(row.get('name', ''))}\x1f{fold(row.get('address', ''))}"
    return f"nama-{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"
