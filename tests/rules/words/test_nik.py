"""NIK koperasi: thirteen digits, never a citizen's sixteen, never a damaged cell's guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.words.nik import NikKoperasi, mask_citizen_numbers, read_nik_koperasi
from telusur.words.reason import Reason

DIGITS = "0123456789"


@pytest.mark.parametrize(
    "text",
    ["9901010020003", " 9901010020003 ", "'9901010020003", "9901 010 020 003", "9901.010.020.003", "9901-010-020-003"],
)
def test_thirteen_digits_are_read(text: str) -> None:
    assert read_nik_koperasi(text) == NikKoperasi("9901010020003")


@pytest.mark.parametrize("text", ["", " ", "-", " - ", "\u00a0"])
def test_blank_is_none(text: str) -> None:
    assert read_nik_koperasi(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9901010101010001", "nik_citizen"),
        ("9901 0101 0101 0001", "nik_citizen"),
        ("9.90101E+12", "nik_damaged"),
        ("9,90101E+12", "nik_damaged"),
        ("9901010020003.0", "nik_damaged"),
        ("901010020003", "nik_short"),
        ("901010020", "nik_short"),
        ("90101002", "nik_malformed"),
        ("99010100200031", "nik_malformed"),
        ("99010100200O3", "nik_malformed"),
        ("٩٩٠١٠١٠٠٢٠٠٠٣", "nik_malformed"),
        ("belum ada", "nik_malformed"),
    ],
)
def test_anything_else_is_a_reason(text: str, code: str) -> None:
    reason = read_nik_koperasi(text)
    assert isinstance(reason, Reason)
    assert reason.code == code
    assert "{" not in reason.sentence()


def test_its_parts_are_the_registrys_own_codes() -> None:
    number = NikKoperasi("9901010020003")
    assert (number.regency, number.kecamatan, number.kelurahan) == ("9901", "9901010", "9901010020")
    assert str(number) == "9901010020003"


@pytest.mark.parametrize(
    "value", ["", "990101002000", "99010100200033", "99010100200a3", "٩٩٠١٠١٠٠٢٠٠٠٣", "9901010020003\n"]
)
def test_the_value_refuses_other_text(value: str) -> None:
    with pytest.raises(ValueError, match="13"):
        NikKoperasi(value)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("6499010101990001", "6499********0001", id="run"),
        pytest.param("ketua 6499010101990001, rapat", "ketua 6499********0001, rapat", id="in-a-sentence"),
        pytest.param("649901 010199 0001", "6499********0001", id="grouped-6-6-4"),
        pytest.param("6499-0101-0199-0001", "6499********0001", id="grouped-4-4-4-4"),
        pytest.param("6.499010101990001E+15", "6.499********E+15", id="float"),
        pytest.param("6.4990101019E15", "6.499********E15", id="shortest-float"),
        pytest.param("6499010101990001.0", "6499********0001.0", id="decimal"),
        pytest.param("9901010020003", "9901010020003", id="cooperative"),
        pytest.param("64990101019900012", "64990101019900012", id="seventeen"),
        pytest.param("2019 2020 2021 2022", "2019 2020 2021 2022", id="years"),
        pytest.param("6.49901E+12", "6.49901E+12", id="cooperative-float"),
    ],
)
def test_citizens_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_citizen_numbers(text) == masked


@given(st.text(alphabet=DIGITS, min_size=13, max_size=13))
def test_every_thirteen_digits_survive(value: str) -> None:
    assert read_nik_koperasi(value) == NikKoperasi(value)


@given(st.text(alphabet=DIGITS, min_size=16, max_size=16), st.text(alphabet="ab .,-", max_size=5))
def test_no_citizens_number_survives_masking(number: str, around: str) -> None:
    masked = mask_citizen_numbers(f"{around}{number}{around}")
    assert number not in masked
    assert mask_citizen_numbers(masked) == masked


@given(st.text(max_size=30))
def test_reading_never_raises(text: str) -> None:
    assert read_nik_koperasi(text) is None or isinstance(read_nik_koperasi(text), NikKoperasi | Reason)
