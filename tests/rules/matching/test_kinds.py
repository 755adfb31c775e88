"""What a value is compared by: tables of examples, then what holds for any text."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.kinds import (
    fold,
    read_code,
    read_day,
    read_legal,
    read_number,
    read_place,
    worded_reader,
)

COOPERATIVES = [
    # text, words, digits, kind
    ("Koperasi Serba Usaha Mekar Jaya", "mekar jaya", "", "KSU"),
    ("KSU. MEKAR  JAYA", "mekar jaya", "", "KSU"),
    ("KPRI Mitra Sekolah 12", "mitra sekolah", "12", "KPRI"),
    ("Koperasi Mekar II", "mekar", "2", ""),
    ("Koperasi Sumber Rejeki Gn. Bahagia", "sumber rejeki gunung bahagia", "", ""),
    ("Koperasi Desa Merah Putih Sumber Rejo", "sumber rejo", "", "KDMP"),
    ("KKMP Kelurahan Anggrek Ulu Kec. Contoh Barat", "anggrek ulu", "", "KKMP"),
    ("KDMP Desa", "desa", "", "KDMP"),
    ("-", "", "", ""),
]


@pytest.mark.parametrize(("text", "words", "digits", "kind"), COOPERATIVES)
def test_a_cooperative_name_is_words_digits_and_kind(text: str, words: str, digits: str, kind: str) -> None:
    read = worded_reader("cooperative")(text)
    assert (read.words, read.digits, read.kind) == (words, digits, kind)


def test_an_acronym_is_the_first_letters_of_three_words_or_more() -> None:
    read = worded_reader("cooperative")
    assert read("Koperasi Aneka Sarana Rakyat Indah Kencana").acronym == "asrik"
    assert read("Koperasi Mekar Jaya").acronym == ""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Sharp AQUOS 37' TV - LC-37D64U", "lc37d64u"),
        ("Canon FS100 / FS100S", "fs100 fs100s"),
        ("Jl. Mawar No. 12", ""),
        ("5/12/2020", ""),
    ],
)
def test_marks_of_letters_and_digits_are_joined(text: str, codes: str) -> None:
    assert worded_reader("text")(text).codes == codes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27/04/2003", date(2003, 4, 27)),
        ("2003-04-27", date(2003, 4, 27)),
        ("20030427", date(2003, 4, 27)),
        ("04/27/2003", date(2003, 4, 27)),
        ("27 April 2003", date(2003, 4, 27)),
        ("Jumat, 5 Desember 2003", date(2003, 12, 5)),
        ("5-Des-03", date(2003, 12, 5)),
        ("December 5, 2003", date(2003, 12, 5)),
        ("Okt. 5, 2003", date(2003, 10, 5)),
        ("31 Februari 2003", None),
        ("Senin", None),
        ("2003", None),
        ("31/02/2003", None),
        ("00/01/1900", None),
        ("kemarin", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text) == (day.toordinal() if day else 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.600.000", 1600000.0),
        ("$ 99.99", 99.99),
        ("-7", -7.0),
        ("2.699", 2699.0),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert read_number(text) == value


def test_what_is_no_number_is_none() -> None:
    assert math.isnan(read_number("tidak ada"))


@pytest.mark.parametrize(
    ("text", "place"),
    [("Kel. Anggrek Ulu", "anggrek ulu"), ("KOTA CONTOH", "contoh"), ("-", ""), ("Kota", "kota")],
)
def test_places_without_their_kind(text: str, place: str) -> None:
    assert read_place(text) == place


def test_a_legal_number_is_structure() -> None:
    number = read_legal("No. 004913/BH/M.KUKM.2/III/2019")
    assert (number.serial, number.year, number.amends) == (4913, 2019, False)
    assert read_legal("55/PAD/KDK.17/II/1996").amends
    assert read_legal(" ").key == ""


def test_codes_of_zeros_say_nothing() -> None:
    assert read_code("000-0000") == ""
    assert read_code("32.71/a") == "3271A"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())


@given(st.text(), st.sampled_from(["cooperative", "organisation", "name", "text"]))
def test_no_text_stops_a_reader(text: str, kind: str) -> None:
    read = worded_reader(kind)(text)
    assert sorted(set(read.words.split())) == read.sorted_words.split()


@given(st.text())
def test_no_text_stops_the_others(text: str) -> None:
    read_legal(text), read_code(text), read_place(text), read_day(text), read_number(text)
