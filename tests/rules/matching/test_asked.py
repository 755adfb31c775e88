"""What a learned model says of the rows that somebody may have meant."""

from __future__ import annotations

import dataclasses

import pytest

from telusur.matching.rules.asked import asked_chances
from telusur.matching.rules.compare import LABELS
from telusur.matching.rules.model import FieldModel, Level, Model
from telusur.matching.rules.schema import Field, FieldKind, Schema

NAMES = ("Bahari Mulya", "Cipta Usaha", "Damar Sentosa", "Elok Makmur", "Fajar Bersama", "Gemilang", "Harapan Baru")
BESIDE = [{"name": f"Koperasi {name} {number}", "kelurahan": "Damar Ulu"} for number in range(8) for name in NAMES]


def _line(name: str, kind: FieldKind, labels: str) -> FieldModel:
    """Matches show the best level, chance pairs the worst."""
    count = len(LABELS[labels])
    shares = [2.0 ** -(place + 1) for place in range(count)]
    levels = [Level(label, shares[at], shares[-1 - at] / 20) for at, label in enumerate(LABELS[labels])]
    return FieldModel(name, kind, levels)


MODEL = Model(
    Schema(tuple(Field(name, kind, name, name) for name, kind in (
        ("name", FieldKind.COOPERATIVE), ("kelurahan", FieldKind.PLACE)
    ))),
    [
        _line("name", FieldKind.COOPERATIVE, "cooperative"),
        _line("name:digits", FieldKind.COOPERATIVE, "digits"),
        _line("name:kind", FieldKind.COOPERATIVE, "kind"),
        _line("kelurahan", FieldKind.PLACE, "place"),
    ],
    0.5,
)  # fmt: skip
SAME = {"name": "Koperasi Karyawan Sejahtera Utama", "kelurahan": "Layang Ulu"}
LIKE = {"name": "Koperasi Karyawan Sejahtera Lestari", "kelurahan": "Damar Ulu"}


def test_the_same_is_likely_the_like_is_not_and_none_of_them_has_its_share() -> None:
    same, like = asked_chances(MODEL, [SAME, LIKE], SAME, BESIDE, 600)
    assert same > 0.9 > 0.1 > like
    assert same + like < 1
    (alone,) = asked_chances(MODEL, [LIKE], SAME, BESIDE, 600)
    assert alone < 0.5
    assert asked_chances(MODEL, [], SAME, BESIDE, 600) == ()


def test_twins_share_what_there_is() -> None:
    one, two = asked_chances(MODEL, [SAME, dict(SAME)], SAME, BESIDE, 600)
    assert one == pytest.approx(two) and one <= 0.5


def test_a_larger_register_makes_each_less_sure() -> None:
    small, large = (asked_chances(MODEL, [SAME], SAME, BESIDE, size)[0] for size in (600, 600_000_000))
    assert large < small


def test_a_model_of_other_levels_is_refused() -> None:
    older = dataclasses.replace(
        MODEL, fields=[dataclasses.replace(line, levels=line.levels[:-1]) for line in MODEL.fields]
    )
    with pytest.raises(ValueError, match="another version"):
        asked_chances(older, [SAME], SAME, BESIDE, 600)
