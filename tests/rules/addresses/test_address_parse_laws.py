"""What holds for every text: nothing is lost, spans are true, capitals and blanks say nothing, the canonical form stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from telusur.addresses.rules.address import Address, Slot
from telusur.addresses.rules.parse import parse, rest_spans
from telusur.addresses.rules.parse_canonical import canonical
from telusur.addresses.rules.tokens import tokens_of
from tests.examples import examples

NAMES = (
    "Merpati|Kelor|Sukamaju|Suka Maju|A. Yani|Jend. Sudirman|MT Haryono|Gn. Kelor|21 Januari|Kota|Pasar|Kampung Baru|II|"
    "Merpati III|Raya|S. Parman|Perum|PT Kelor|Desa|Taman Kelor 3|Kota Baru|Dalam|Belakang|K.H. Kelor|Kaltim|B1|Ruko|TK"
)
WORDS = (
    "Jl.|Jln|Jalan|JL|Gg.|Gang|Lr.|Komp.|Perum|Perumahan|Blok|Kav.|No.|Nomor|no|RT|RT.|RT/RW|RW|Rt.|Rukun Tetangga|"
    "KM|Km.|Gedung|Lt.|Lantai|Dusun|Dsn.|Kp.|Br.|Kel.|Desa|Ds|Kec.|Kab.|Kota|Prov.|Kode Pos|depan|samping|di belakang|"
    "Kantor|SMA|Masjid|Simpang|Telp.|Ruko|Villa|PT."
)
NUMBERS = "12|5|012A|12 A|001/002|01/02|3|C-11|B1/6|4,5|7.5|76115|I|II|0|000|C|18-19|14/69|XVI|0102|B"
MARKS = " | | | | |, |. |/|-| - |; |(|) |.|: |\n|,,"

_pieces = st.one_of(*(st.sampled_from(text.split("|")) for text in (NAMES, WORDS, NUMBERS)))
_marks = st.sampled_from(MARKS.split("|"))
addresses = st.lists(st.tuples(_pieces, _marks), max_size=9).map(lambda rows: "".join(a + b for a, b in rows))
anything = st.one_of(addresses, st.text(max_size=60), st.builds("{}{}".format, addresses, st.text(max_size=10)))


def said(address: Address) -> list[tuple[Slot, str, str]]:
    return [(part.slot, part.value, part.relation) for part in address.parts]


@settings(max_examples=examples(400), deadline=None)
@given(anything)
def test_no_character_is_lost_and_spans_are_true(text: str) -> None:
    address = parse(text)
    spans = [(part.start, part.end) for part in address.parts]
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        at = end
    rest = rest_spans(address)
    covered = set()
    for start, end in [*spans, *rest]:
        assert covered.isdisjoint(range(start, end))
        covered.update(range(start, end))
    assert not [at for at, letter in enumerate(text) if letter.isalnum() and at not in covered]
    for start, end in rest:
        assert text[start].isalnum()
        assert text[end - 1].isalnum()
    assert address.text == text


@settings(max_examples=examples(400), deadline=None)
@given(anything)
@example("GGPRM'0")
@example("Jl.-14/69/21 Januari XVI) 12")
@example("SMA, Jl. Belakang S. Parman-Kav.")
def test_the_canonical_form_reads_as_itself(text: str) -> None:
    once = canonical(parse(text))
    assert canonical(parse(once)) == once


@settings(max_examples=examples(300), deadline=None)
@given(addresses)
def test_capitals_and_blanks_say_nothing(text: str) -> None:
    plain = said(parse(text))
    assert said(parse(text.upper())) == plain
    assert said(parse(text.lower())) == plain
    assert said(parse(f"  {text.replace(' ', '   ')} ")) == plain


@settings(max_examples=examples(200), deadline=None)
@given(anything)
def test_tokens_cover_every_character(text: str) -> None:
    tokens = tokens_of(text)
    seen = {at for start, end in zip(tokens.starts, tokens.ends, strict=True) for at in range(start, end)}
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= seen
    assert len(tokens.words) == len(tokens.starts)


@pytest.mark.long
def test_a_long_text_is_read_in_a_straight_line() -> None:
    assert len(parse("Jl. Merpati No. 5, " * 2000).parts) == 4000
    began = time.thread_time()
    for piece in (
        "merpati ",
        "Jl. ",
        "Jl. merpati ",
        "Pasar, ",
        "RT/",
        "5 ",
        "Kel. a, ",
        "Kota b ",
        "((",
        "a. ",
        "No ",
    ):
        parse(piece * 5000)
    # Measured 0.3 s for a quarter of a million characters; a reading that grows by the square takes minutes.
    assert time.thread_time() - began < 5


def test_the_canonical_form_is_written_out() -> None:
    text = "Kel. Sukamaju, JL A.YANI GG KELOR NO. 012 a rt 3/4 (dpn masjid kelor) 76115"
    assert canonical(parse(text)) == (
        "Jalan Ahmad Yani, Gang Kelor, Nomor 12A, depan Masjid Kelor, RT 003, RW 004, Kelurahan Sukamaju, Kode Pos 76115"
    )
    assert canonical(parse("Ds Sukamaju")) == "Desa Sukamaju"
    assert canonical(parse("sukamaju")) == ""


def test_a_part_that_says_nothing_is_not_written_and_not_taken_for_an_answer() -> None:
    assert canonical(parse("Jl. Merpati RT No. 5")) == "Jalan Merpati, Nomor 5"
    twice = parse("RT RT 11")
    assert twice.value(Slot.RT) == "011"
    assert twice.value(Slot.RW) == ""
    first = twice.first(Slot.RT)
    assert first is not None
    assert first.value == ""
