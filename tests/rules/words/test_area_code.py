"""Area codes: three systems number the same places differently; a code knows its level and its parent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.words.area_code import AreaCode, AreaLevel, CodeSystem

K, B, O = CodeSystem.KEMENDAGRI, CodeSystem.BPS, CodeSystem.ODS  # noqa: E741


@pytest.mark.parametrize(
    ("system", "value", "level", "parent"),
    [
        (K, "99", AreaLevel.PROVINSI, None),
        (K, "99.01", AreaLevel.KABUPATEN_KOTA, "99"),
        (K, "99.01.02", AreaLevel.KECAMATAN, "99.01"),
        (K, "99.01.02.1003", AreaLevel.KELURAHAN, "99.01.02"),
        (B, "99", AreaLevel.PROVINSI, None),
        (B, "9901", AreaLevel.KABUPATEN_KOTA, "99"),
        (B, "9901020", AreaLevel.KECAMATAN, "9901"),
        (B, "9901020003", AreaLevel.KELURAHAN, "9901020"),
        (O, "9901020003", AreaLevel.KELURAHAN, "9901020"),
    ],
)
def test_level_and_parent(system: CodeSystem, value: str, level: AreaLevel, parent: str | None) -> None:
    code = AreaCode(system, value)
    assert code.level is level
    assert code.parent == (AreaCode(system, parent) if parent else None)
    assert str(code) == f"{system.value}:{value}"


@pytest.mark.parametrize(
    ("system", "value"),
    [
        (K, ""),
        (K, "9"),
        (K, "9901"),
        (K, "99.1"),
        (K, "99.01.02.003"),
        (K, "99.01.02.1003.1"),
        (K, "99.01\n"),
        (B, "99.01"),
        (B, "990"),
        (B, "990102"),
        (B, "99010200031"),
        (O, "٩٩"),
    ],
)
def test_another_shape_is_refused(system: CodeSystem, value: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        AreaCode(system, value)


def test_systems_never_compare_equal() -> None:
    assert AreaCode(B, "9901020003") != AreaCode(O, "9901020003")


@given(st.sampled_from([B, O]), st.from_regex(r"\A[0-9]{10}\Z"))
def test_parents_lead_to_the_province_by_prefix(system: CodeSystem, value: str) -> None:
    code: AreaCode | None = AreaCode(system, value)
    steps = []
    while code is not None:
        assert value.startswith(code.value)
        steps.append(code.level)
        code = code.parent
    assert steps == list(reversed(AreaLevel))


@given(st.text(max_size=14))
def test_a_code_is_made_or_refused(value: str) -> None:
    for system in CodeSystem:
        try:
            code = AreaCode(system, value)
        except ValueError:
            continue
        assert code.value.isascii()
        assert code.level in AreaLevel
