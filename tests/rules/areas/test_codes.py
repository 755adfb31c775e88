"""Codes typed as names; the registry's own codes learnt from its list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.areas.rules.codes import CodeReader, learn_ods_crosswalk
from telusur.areas.rules.places import CrosswalkLine
from telusur.words.area_code import CodeSystem
from tests.rules.areas.city import CITY, gazetteer

CITY_AREAS = gazetteer()


@pytest.mark.parametrize(
    ("typed", "kecamatan", "code", "codes"),
    [
        pytest.param("9971020003", "Tirta Utara", "99.71.01.1004", ["area_code_typed"], id="bps"),
        pytest.param("99.71.01.1004", "Tirta Utara", "99.71.01.1004", ["area_code_typed"], id="kemendagri"),
        pytest.param(
            "99.71.01.1004",
            "Bandar Tirta",
            "99.71.01.1004",
            ["area_code_typed", "area_elsewhere"],
            id="kemendagri-elsewhere",
        ),
        pytest.param("9971011004", "Tirta Utara", "99.71.01.1004", ["area_code_typed"], id="kemendagri-without-dots"),
        pytest.param("9971020003", "", "99.71.01.1004", ["area_code_typed"], id="no-kecamatan"),
        pytest.param("9971020003", "Bandar Tirta", None, ["area_code_elsewhere"], id="against-the-kecamatan"),
        # Ten digits that BPS gives to one place and Kemendagri's undotted form to another: the kecamatan decides.
        pytest.param("9971021001", "Bandar Tirta", "99.71.03.1002", ["area_code_typed"], id="bps-by-kecamatan"),
        pytest.param("9971021001", "Tirta Selatan", "99.71.02.1001", ["area_code_typed"], id="undotted-by-kecamatan"),
        pytest.param("9971021001", "", None, ["area_ambiguous"], id="two-systems"),
        pytest.param("9971030005", "", None, ["area_ambiguous"], id="bps-against-registry"),
        pytest.param("9971050020", "Tirta Selatan", None, ["area_code_wider"], id="only-its-kecamatan-known"),
        pytest.param("9971090020", "Tirta Selatan", None, ["area_code_unknown"], id="unknown"),
        pytest.param("1234567890", "Tirta Selatan", None, ["area_code_unknown"], id="another-regency"),
    ],
)
def test_a_code_typed_as_a_name(typed: str, kecamatan: str, code: str | None, codes: list[str]) -> None:
    read = CITY_AREAS.kelurahan(typed, regency_code=CITY, kecamatan_text=kecamatan)
    assert (read.code, [reason.code for reason in read.reasons]) == (code, codes)
    assert read.confidence < 1.0


def test_a_code_of_which_only_the_kecamatan_is_known_says_so() -> None:
    read = CITY_AREAS.kelurahan("9971050020", regency_code=CITY, kecamatan_text="Tirta Selatan")
    assert read.reasons[0].sentence() == (
        "Kode ODS «9971050020» tertulis sebagai nama; hanya kecamatannya dikenal: Tirta Selatan"
    )


@pytest.mark.parametrize(
    ("stated", "learnt"),
    [
        pytest.param(["99.71.02"] * 3, 1.0, id="three-agree"),
        pytest.param(["99.71.02"] * 2, None, id="too-few"),
        pytest.param(["99.71.02"] * 9 + ["99.71.01"], 0.9, id="nine-of-ten"),
        pytest.param(["99.71.02"] * 8 + ["99.71.01"] * 2, None, id="eight-of-ten"),
    ],
)
def test_the_registrys_codes_are_learnt_only_where_rows_agree(stated: list[str], learnt: float | None) -> None:
    pairs = [(f"9971050020{number:03}", code) for number, code in enumerate(stated)]
    lines = learn_ods_crosswalk(pairs)
    assert [(line.code, line.to_code, line.share) for line in lines] == (
        [("9971050", "99.71.02", learnt)] if learnt else []
    )


def test_malformed_numbers_and_blank_codes_teach_nothing() -> None:
    assert learn_ods_crosswalk([("997105002000X", "99.71.02"), ("9971050020001", ""), ("", "99.71.02")] * 5) == ()


def test_the_level_of_the_stated_code_says_which_digits_are_meant() -> None:
    pairs = [("9971050020001", "99.71.02.1001")] * 3
    assert [line.code for line in learn_ods_crosswalk(pairs)] == ["9971050020"]


@pytest.mark.long
@given(st.lists(st.tuples(st.from_regex(r"997105[0-9]{7}", fullmatch=True), st.sampled_from(["99.71.01", "99.71.02"]))))
def test_what_is_learnt_holds_for_the_rows_it_came_from(pairs: list[tuple[str, str]]) -> None:
    lines = learn_ods_crosswalk(pairs)
    assert lines == learn_ods_crosswalk(list(reversed(pairs)))
    for line in lines:
        votes = [stated for number, stated in pairs if number.startswith(line.code)]
        assert len(votes) >= 3
        assert votes.count(line.to_code) / len(votes) >= 0.9


def test_successors_are_followed_to_the_end_and_never_in_circles() -> None:
    def line(old: str, new: str) -> CrosswalkLine:
        return CrosswalkLine(CodeSystem.KEMENDAGRI, old, new, None, "perda")

    chain = [line("99.01.01.1001", "99.01.01.1002"), line("99.01.01.1002", "99.01.01.1003")]
    assert CodeReader(chain).followers("99.01.01.1001") == ("99.01.01.1003",)
    assert CodeReader([*chain, line("99.01.01.1003", "99.01.01.1001")]).followers("99.01.01.1001") == ("99.01.01.1003",)
