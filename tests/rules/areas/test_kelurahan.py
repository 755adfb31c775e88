"""How lists write kelurahan, and what the resolver makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AliasName
from tests.rules.areas.city import ALIASES, AREAS, CITY, CROSSWALK, area, gazetteer

CITY_AREAS = gazetteer()
KELURAHAN = [area for area in AREAS if area.code.count(".") == 3 and area.valid_to is None]


@pytest.mark.parametrize(
    ("typed", "kecamatan", "code", "confidence", "codes"),
    [
        pytest.param("Gunung Wangi", "Tirta Utara", "99.71.01.1001", 1.0, [], id="official"),
        pytest.param("GUNUNG  WANGI ", "tirta utara", "99.71.01.1001", 1.0, [], id="case-and-blanks"),
        pytest.param("Gunung Wangi", "", "99.71.01.1001", 1.0, [], id="no-kecamatan"),
        pytest.param("Gn. Wangi", "Tirta Utara", "99.71.01.1001", 0.96, ["area_short_form"], id="short-form"),
        pytest.param("Gunungwangi", "Tirta Utara", "99.71.01.1001", 0.98, ["area_spacing"], id="joined"),
        pytest.param("Margaelok", "Tirta Utara", "99.71.01.1004", 0.98, ["area_spacing"], id="joined-two"),
        pytest.param("Kel. Marga Elok", "Tirta Utara", "99.71.01.1004", 0.98, ["area_affix"], id="prefix-dot"),
        pytest.param("Ds.Marga Elok", "Tirta Utara", "99.71.01.1004", 0.98, ["area_affix"], id="prefix-glued"),
        pytest.param("Kelurahan Marga Elok", "Tirta Utara", "99.71.01.1004", 0.98, ["area_affix"], id="prefix"),
        pytest.param("Marga Elok, RT 3", "Tirta Utara", "99.71.01.1004", 0.95, ["area_affix"], id="tail-rt"),
        pytest.param("Marga Elok Kec. Tirta", "", "99.71.01.1004", 0.95, ["area_affix"], id="tail-kecamatan"),
        pytest.param("Marga Elok Tirta Utara", "Tirta Utara", "99.71.01.1004", 0.95, ["area_affix"], id="tail-wider"),
        pytest.param("Dermaga", "Bandar Tirta", "99.71.03.1003", 0.95, ["area_affix"], id="without-kampung"),
        pytest.param("Blok 2", "Tirta Selatan", "99.71.02.1004", 0.96, ["area_short_form"], id="arabic-for-roman"),
        pytest.param("Blok Tiga", "Tirta Selatan", "99.71.02.1005", 0.96, ["area_short_form"], id="word-for-roman"),
        pytest.param("Jati Mulia", "Bandar Tirta", "99.71.03.1004", 0.93, ["area_folded"], id="old-spelling"),
        pytest.param("Seribu Nyuir Baru", "Tirta Selatan", "99.71.02.1002", 0.84, ["area_misspelt"], id="swapped"),
        pytest.param("Sribu Nyiur", "Tirta Selatan", "99.71.02.1001", 0.81, ["area_misspelt"], id="letter-lost"),
        pytest.param("Kampung Nelayan", "Bandar Tirta", "99.71.03.1003", 0.9, ["area_alias"], id="alias"),
        pytest.param("Telaga Kembar", "Bandar Tirta", "99.71.03.1001", 1.0, [], id="twin-decided-by-kecamatan"),
        pytest.param("Pasar Lama", "Tirta Utara", "99.71.02.1003", 0.75, ["area_elsewhere"], id="other-kecamatan"),
        pytest.param(
            "Kel. Pasar Lama", "Tirta Utara", "99.71.02.1003", 0.735, ["area_affix", "area_elsewhere"], id="two-doubts"
        ),
        pytest.param(
            "Pasar Lama", "Antah Berantah", "99.71.02.1003", 0.95, ["area_kecamatan_unknown"], id="kecamatan-unknown"
        ),
    ],
)
def test_a_name_is_read_with_its_confidence_and_reasons(
    typed: str, kecamatan: str, code: str, confidence: float, codes: list[str]
) -> None:
    read = CITY_AREAS.kelurahan(typed, regency_code=CITY, kecamatan_text=kecamatan)
    assert (read.code, [reason.code for reason in read.reasons]) == (code, codes)
    assert read.confidence == pytest.approx(confidence, abs=0.0001)


@pytest.mark.parametrize(
    ("typed", "kecamatan", "codes"),
    [
        pytest.param("", "Tirta Utara", [], id="blank"),
        pytest.param(" ", "Tirta Utara", [], id="one-space"),
        pytest.param("-", "Tirta Utara", [], id="dash"),
        pytest.param("Kelurahan", "Tirta Utara", ["area_no_name"], id="only-the-word"),
        pytest.param("Bukit Asing", "Tirta Utara", ["area_unknown"], id="unknown"),
        pytest.param("Bukit Asing", "Antah", ["area_unknown", "area_kecamatan_unknown"], id="both-unknown"),
        pytest.param("Telaga Kembar", "", ["area_ambiguous"], id="twins"),
        pytest.param("Telaga Kembar", "Tirta Selatan", ["area_ambiguous"], id="twins-in-neither"),
        pytest.param("Karandasan", "Tirta Selatan", ["area_ambiguous"], id="equally-near"),
        pytest.param("Wangi Udik", "Tirta Utara", ["area_unknown"], id="other-mark-is-another-place"),
        pytest.param("Blok IV", "Tirta Selatan", ["area_unknown"], id="other-number-is-another-place"),
        pytest.param("Tirta Utara", "Tirta Utara", ["area_unknown"], id="kecamatan-repeated"),
    ],
)
def test_unknown_rather_than_a_guess(typed: str, kecamatan: str, codes: list[str]) -> None:
    read = CITY_AREAS.kelurahan(typed, regency_code=CITY, kecamatan_text=kecamatan)
    assert (read.code, read.name, read.confidence) == (None, "", 0.0)
    assert [reason.code for reason in read.reasons] == codes


def test_a_near_name_here_and_the_same_name_next_door_are_not_decided() -> None:
    areas = (*AREAS, area("99.71.01.1006", "Pasir Lama"))
    read = Gazetteer(areas).kelurahan("Pasar Lama", regency_code=CITY, kecamatan_text="Tirta Utara")
    assert (read.code, read.reasons[0].code) == (None, "area_ambiguous")


def test_a_kecamatan_repeated_is_no_misspelt_kelurahan() -> None:
    areas = (*AREAS, area("99.71.01.1006", "Tirto Utara"))
    kecamatan = Gazetteer(areas).kelurahan("TIRTA UTARA", regency_code=CITY, kecamatan_text="Tirta Utara")
    misspelt = Gazetteer(areas).kelurahan("Tirtu Utara", regency_code=CITY, kecamatan_text="Tirta Utara")
    assert (kecamatan.code, misspelt.code) == (None, "99.71.01.1006")


def test_sentences_say_what_was_read_as_what() -> None:
    read = CITY_AREAS.kelurahan("Gn. Wangi", regency_code=CITY, kecamatan_text="Tirta Selatan")
    assert [reason.sentence() for reason in read.reasons] == [
        "«Gn. Wangi» dibaca sebagai Gunung Wangi: singkatan atau angka ditulis lain",
        "Gunung Wangi berada di kecamatan Tirta Utara, bukan Tirta Selatan; mungkin kecamatan sebelum pemekaran",
    ]


def test_a_citizens_number_typed_as_a_name_is_masked() -> None:
    read = CITY_AREAS.kelurahan("Rumah 9971010101900001", regency_code=CITY)
    assert "9971010101900001" not in read.reasons[0].sentence()


def test_an_alias_never_beats_an_official_name() -> None:
    taught = (*ALIASES, AliasName("Pasar Lama", "99.71.02.1006", 0.99, "keliru"))
    read = Gazetteer(AREAS, taught).kelurahan("Pasar Lama", regency_code=CITY, kecamatan_text="Tirta Selatan")
    assert (read.code, read.reasons) == ("99.71.02.1003", ())


@given(st.sampled_from(KELURAHAN), st.sampled_from(["Kel. ", "Desa ", "", "  "]), st.booleans())
def test_every_official_name_finds_itself(area_: object, prefix: str, upper: bool) -> None:
    one = next(a for a in KELURAHAN if a is area_)
    typed = prefix + (one.name.upper() if upper else one.name)
    kecamatan = CITY_AREAS.area(one.parent)
    assert kecamatan is not None
    read = CITY_AREAS.kelurahan(typed, regency_code=CITY, kecamatan_text=kecamatan.name)
    assert read.code == one.code
    assert (read.confidence == 1.0) is (not read.reasons) is (not prefix.strip())


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_gets_an_answer_that_explains_itself(typed: str, kecamatan: str) -> None:
    read = CITY_AREAS.kelurahan(typed, regency_code=CITY, kecamatan_text=kecamatan)
    again = Gazetteer(AREAS, ALIASES, CROSSWALK).kelurahan(typed, regency_code=CITY, kecamatan_text=kecamatan)
    assert read == again
    assert 0.0 <= read.confidence <= 1.0
    assert (read.code is None) is (read.confidence == 0.0) is (read.name == "")
    assert all("{" not in reason.sentence() or "{" in typed + kecamatan for reason in read.reasons)
