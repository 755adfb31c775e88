"""Values that name people, made unreadable for a report that is passed on: enough stays to see why two rows were compared.

In: a field's kind and a value. Out: first letters and lengths of words, a date's year, a number's last two signs.
Places, amounts and categories name nobody and stay.
"""

from __future__ import annotations

import re

from telusur.matching.rules.schema import FieldKind

__all__ = ["masked"]

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_OPEN = frozenset({FieldKind.PLACE, FieldKind.CATEGORY, FieldKind.NUMBER})
_HIDE = "•"


def masked(kind: FieldKind, value: str) -> str:
    """`value` without what names a person; "" stays ""."""
    if kind in _OPEN or not value:
        return value
    if kind is FieldKind.DATE:
        year = _YEAR.search(value)
        return f"{_HIDE * 2}/{_HIDE * 2}/{year[0]}" if year else _HIDE * 8
    if kind is FieldKind.CODE:
        # A short code shown by half would be shown.
        return _HIDE * (len(value) - 2) + value[-2:] if len(value) >= 6 else _HIDE * len(value)
    return _WORD.sub(
        lambda word: word[0][0] + _HIDE * (len(word[0]) - 1) if not word[0].isdigit() else _HIDE * len(word[0]), value
    )
