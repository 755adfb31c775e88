"""What holds a match of any two tables back: two NIK koperasi, or two founding numbers, are two cooperatives. Pure.

As in a register, so in `telusur link`: such a pair is shown to a person, however alike the rest is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from telusur.matching.rules.decide import Identity, identity_of, number_guards
from telusur.matching.rules.schema import Field, FieldKind
from telusur.words.nik import NikKoperasi, read_nik_koperasi
from telusur.words.reason import Reason

__all__ = ["against", "identity_fields"]

# Thirteen digits may be a trade number too: the column's label must say what it holds.
_NIK_LABEL = re.compile(r"(?<![a-z])nik(?![a-z])")


def identity_fields(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Those fields that tell two cooperatives apart: legal numbers, and codes that a label on either side calls NIK."""
    return tuple(
        each
        for each in fields
        if each.kind is FieldKind.LEGAL_NUMBER
        or (
            each.kind is FieldKind.CODE
            and any(_NIK_LABEL.search(label.casefold()) for label in (each.left, each.right))
        )
    )


def against(fields: Iterable[Field], left: Mapping[str, str], right: Mapping[str, str]) -> tuple[Reason, ...]:
    """The numbers that speak against two rows being one, by the `identity_fields`; left, right: values by column."""
    found: list[Reason] = []
    for each in fields:
        one, other = left[each.left], right[each.right]
        # Most matches hold the very same text: nothing to read.
        if one and other and one != other:
            found += number_guards(_identity(each.kind, one), _identity(each.kind, other))
    return tuple(found)


def _identity(kind: FieldKind, text: str) -> Identity:
    if kind is FieldKind.LEGAL_NUMBER:
        return identity_of({"legal_number": text})
    number = read_nik_koperasi(text)
    return Identity(number.value if isinstance(number, NikKoperasi) else "")
