"""A match that two numbers speak against: which columns tell, and what is said."""

from __future__ import annotations

import pytest

from telusur.matching.rules.held_back import against, identity_fields
from telusur.matching.rules.schema import Field, FieldKind

COLUMNS = [
    ("NIK Koperasi", FieldKind.CODE, True),
    ("nik_koperasi", FieldKind.CODE, True),
    ("NIK", FieldKind.CODE, True),
    ("nomor", FieldKind.LEGAL_NUMBER, True),
    ("EAN", FieldKind.CODE, False),
    ("teknik", FieldKind.CODE, False),
    ("NIK Koperasi", FieldKind.TEXT, False),
    ("nama", FieldKind.COOPERATIVE, False),
]


@pytest.mark.parametrize(("label", "kind", "tells"), COLUMNS)
def test_columns_that_tell(label: str, kind: FieldKind, *, tells: bool) -> None:
    """A label on one side is enough."""
    for field in (Field(label, kind, label, label), Field("x", kind, "kolom", label)):
        assert bool(identity_fields([field])) is tells


NIK, LEGAL = FieldKind.CODE, FieldKind.LEGAL_NUMBER
NUMBERS = [
    ("the same NIK", NIK, "9901000000001", "9901000000001", ()),
    ("the same, with blanks", NIK, "9901000000001", " 9901000000001", ()),
    ("two NIK", NIK, "9901000000001", "9901000000002", ("two_nik_koperasi",)),
    ("one side states none", NIK, "9901000000001", "", ()),
    ("a damaged one tells nothing", NIK, "9901000000001", "9.901E+12", ()),
    ("the same number, written otherwise", LEGAL, "334/BH/DPPK-IV/IV/2013", "334 / BH / DPPK-IV / IV / 2013", ()),
    ("two numbers", LEGAL, "334/BH/DPPK-IV/IV/2013", "335/BH/DPPK-IV/IV/2013", ("two_legal_numbers",)),
    ("unreadable", LEGAL, "334/BH/DPPK-IV/IV/2013", "belum ada", ()),
]


@pytest.mark.parametrize(("kind", "one", "other", "codes"), [row[1:] for row in NUMBERS], ids=[r[0] for r in NUMBERS])
def test_numbers_against(kind: FieldKind, one: str, other: str, codes: tuple[str, ...]) -> None:
    fields = [Field("NIK", kind, "NIK kiri", "NIK kanan")]
    found = against(identity_fields(fields), {"NIK kiri": one}, {"NIK kanan": other})
    assert tuple(reason.code for reason in found) == codes
    mirrored = against(identity_fields(fields), {"NIK kiri": other}, {"NIK kanan": one})
    assert tuple(reason.code for reason in mirrored) == codes
