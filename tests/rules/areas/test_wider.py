"""How lists write regencies and kecamatan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.areas.rules.gazetteer import Gazetteer
from tests.rules.areas.city import AREAS, CITY, HARBOUR, NORTH, REGENCY, gazetteer

CITY_AREAS = gazetteer()


@pytest.mark.parametrize(
    ("typed", "code", "codes"),
    [
        pytest.param("Kota Tirta Agung", CITY, [], id="kota"),
        pytest.param("KOTA TIRTA AGUNG", CITY, [], id="capitals"),
        pytest.param("Kodya Tirta Agung", CITY, [], id="old-word-for-kota"),
        pytest.param("Kabupaten Tirta Agung", REGENCY, [], id="kabupaten"),
        pytest.param("Kab. Tirta Agung", REGENCY, [], id="kab"),
        pytest.param("Kab.Tirta Agung", REGENCY, [], id="kab-glued"),
        pytest.param("Kab. Tirtaagung", REGENCY, ["area_spacing"], id="joined"),
        pytest.param("Kota Tirta Agumg", CITY, ["area_misspelt"], id="misspelt"),
        pytest.param("Kab. Damar", "99.03", ["area_affix"], id="without-kepulauan"),
        pytest.param("Kab. Lembah Wening (LW)", "99.04", ["area_affix"], id="brackets"),
        pytest.param("Lembah Wening", "99.04", ["area_kind"], id="no-kind"),
        pytest.param("Kota Lembah Wening", "99.04", ["area_kind"], id="wrong-kind"),
        pytest.param("Tirta Agung", None, ["area_ambiguous", "area_kind"], id="kota-or-kabupaten"),
        pytest.param("Kab. Entah", None, ["area_unknown"], id="unknown"),
        pytest.param(" ", None, [], id="blank"),
    ],
)
def test_regency(typed: str, code: str | None, codes: list[str]) -> None:
    read = CITY_AREAS.regency(typed)
    assert (read.code, [reason.code for reason in read.reasons]) == (code, codes)
    assert (read.confidence == 1.0) is (code is not None and not codes)


@pytest.mark.parametrize(
    ("typed", "code", "codes"),
    [
        pytest.param("Tirta Utara", NORTH, [], id="official"),
        pytest.param("Kec. Tirta Utara", NORTH, ["area_affix"], id="prefix"),
        pytest.param("TirtaUtara", NORTH, ["area_spacing"], id="joined"),
        pytest.param("Bandar Trita", HARBOUR, ["area_misspelt"], id="misspelt"),
        pytest.param("Tirta Timur", None, ["area_unknown"], id="no-such-quarter"),
        pytest.param("Kecamatan", None, ["area_no_name"], id="only-the-word"),
        pytest.param("-", None, [], id="dash"),
        pytest.param("99.71.01", NORTH, ["area_code_typed"], id="code"),
        pytest.param("9971050", "99.71.02", ["area_code_typed"], id="registry-code"),
    ],
)
def test_kecamatan(typed: str, code: str | None, codes: list[str]) -> None:
    read = CITY_AREAS.kecamatan(typed, CITY)
    assert (read.code, [reason.code for reason in read.reasons]) == (code, codes)


def test_a_kecamatan_is_sought_in_its_own_regency_only() -> None:
    assert CITY_AREAS.kecamatan("Tirta Utara", REGENCY).code is None


def test_children_are_those_of_now_by_code() -> None:
    assert [area.name for area in CITY_AREAS.children(CITY)] == ["Tirta Utara", "Tirta Selatan", "Bandar Tirta"]


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(typed: str) -> None:
    for read in (CITY_AREAS.regency(typed), CITY_AREAS.kecamatan(typed, CITY)):
        assert (read.code is None) is (read.confidence == 0.0)
    assert Gazetteer(AREAS).regency(typed).code == CITY_AREAS.regency(typed).code
