"""Reasons and refusals: sentences for people, codes for records."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

SHORT = Reason("nik_short", "NIK koperasi hanya {count} angka", {"count": "11"})
WHOLE = Reason("file_empty", "berkas kosong")


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [(SHORT, "NIK koperasi hanya 11 angka"), (WHOLE, "berkas kosong")],
)
def test_a_reason_fills_its_places(reason: Reason, sentence: str) -> None:
    assert reason.sentence() == sentence


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        pytest.param(
            Refusal(7, "NIK", "99010100200", SHORT, "tulis ke-13 angkanya"),
            "baris 7, kolom «NIK», nilai «99010100200»: NIK koperasi hanya 11 angka; tulis ke-13 angkanya.",
            id="one-value",
        ),
        pytest.param(
            Refusal(7, "", "", WHOLE, "isi barisnya"), "baris 7: berkas kosong; isi barisnya.", id="whole-row"
        ),
        pytest.param(
            Refusal(None, "", "", WHOLE, "kirim berkas yang berisi"),
            "berkas kosong; kirim berkas yang berisi.",
            id="whole-file",
        ),
        pytest.param(
            Refusal(None, "NIK", "", WHOLE, "tambahkan kolom itu"),
            "kolom «NIK»: berkas kosong; tambahkan kolom itu.",
            id="column-of-a-file",
        ),
    ],
)
def test_a_refusal_says_where_what_and_how_to_mend(refusal: Refusal, sentence: str) -> None:
    assert refusal.sentence() == sentence


def test_both_can_be_gathered_in_a_set() -> None:
    refusal = Refusal(7, "NIK", "1", SHORT, "perbaiki")
    assert len({SHORT, Reason("nik_short", SHORT.says, {"count": "11"}), WHOLE}) == 2
    assert {refusal} == {Refusal(7, "NIK", "1", SHORT, "perbaiki")}


@given(st.dictionaries(st.sampled_from(["count", "on", "name"]), st.text(max_size=10)))
def test_a_reason_survives_json(values: dict[str, str]) -> None:
    reason = Reason("some_code", "tanpa tempat", values)
    again = json.loads(json.dumps(reason.as_json()))
    assert Reason(**again) == reason


@given(st.text(max_size=20))
def test_braces_in_a_value_are_only_text(value: str) -> None:
    assert Reason("some_code", "nilai {value}", {"value": value}).sentence() == f"nilai {value}"
