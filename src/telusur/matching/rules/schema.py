"""Which columns of two tables are compared, and as what. Pure; chosen from the data or read from a small file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["COOPERATIVE_SCHEMA", "Field", "FieldKind", "Schema"]


class FieldKind(StrEnum):
    """What a column holds; it decides how values are normalised, which keys they give and which levels they compare in."""

    TEXT = "text"
    NAME = "name"
    ORGANISATION = "organisation"
    COOPERATIVE = "cooperative"
    LEGAL_NUMBER = "legal_number"
    NUMBER = "number"
    CODE = "code"
    DATE = "date"
    PLACE = "place"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Field:
    """One comparison. left, right: the columns' labels in the two tables.

    scope: candidates are looked for only where this field agrees (a regency's code); it is not compared.
    neighbours: of a place, the pairs of normal names that lie side by side, the lesser first; () where it is not known.
    habits: of a name, words that only one of the two lists writes, see `habits`; they are not compared.
    """

    name: str
    kind: FieldKind
    left: str
    right: str
    scope: bool = False
    neighbours: Sequence[tuple[str, str]] = ()
    habits: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The comparisons of a link. one_to_one: each row of the right table has at most one true match in the left one, and
    the other way round; in a single table (`itself`) clusters may be of any size and pairs are judged alone.
    twins: the left table may hold one cooperative twice, so that a right row may match both rows."""

    fields: Sequence[Field]
    one_to_one: bool = True
    itself: bool = False
    twins: bool = False


def _same(name: str, kind: FieldKind, scope: bool = False) -> Field:
    return Field(name, kind, name, name, scope)


# The register's own fields, by the names of `register.rules.EntryValues`.
COOPERATIVE_SCHEMA = Schema(
    (
        _same("name", FieldKind.COOPERATIVE),
        _same("nik_koperasi", FieldKind.CODE),
        _same("legal_number", FieldKind.LEGAL_NUMBER),
        _same("legal_on", FieldKind.DATE),
        _same("kelurahan", FieldKind.PLACE),
        _same("kecamatan", FieldKind.PLACE),
        _same("address", FieldKind.TEXT),
        _same("kabupaten_kota", FieldKind.PLACE, scope=True),
    ),
    twins=True,
)
