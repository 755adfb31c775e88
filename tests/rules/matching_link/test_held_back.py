"""A match that two numbers speak against: which columns tell, and what is said."""

from __future__ import annotations

import pytest

from telusur.matching.rules.held_back import against, held_back, identity_fields
from telusur.matching.rules.linked import LinkedPair
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


# Rows a to d with their NIK; matches of one table; which of them wait for a person.
CHAINS = [
    ("two NIK", {"a": "9901000000001", "b": "9901000000002"}, "ab", "ab"),
    ("by way of a row without", {"a": "9901000000001", "b": "9901000000002"}, "ac cb", "bc"),
    ("by way of two", {"a": "9901000000001", "b": "9901000000002"}, "ac cd db", "bd"),
    ("one NIK all through", {"a": "9901000000001", "b": "9901000000001"}, "ac cb ab", ""),
    ("none states one", {}, "ac cb ab", ""),
]


@pytest.mark.parametrize(("numbers", "matches", "waiting"), [row[1:] for row in CHAINS], ids=[r[0] for r in CHAINS])
def test_no_group_joins_two_numbers(numbers: dict[str, str], matches: str, waiting: str) -> None:
    pairs = [LinkedPair(*each, 0.99, 20.0 - place, (), (), "match") for place, each in enumerate(matches.split())]
    fields = [Field("NIK", NIK, "NIK", "NIK")]
    found = held_back(pairs, fields, lambda row: {"NIK": numbers.get(row, "")}, None)
    assert {"".join(sorted((p.left_id, p.right_id))) for p in found.pairs if p.decision == "review"} == set(
        waiting.split()
    )
    assert {"".join(sorted(ids)) for ids in found.reasons} == set(waiting.split())
