"""An address as a row of words, and how a name among them is said: after "Desa", after "Jl.", alone between commas.

Pure. In: text as typed. Out: `Word`s with their places in the text; `Said` for any run of words.
Source: the shapes of the national registry's 77,725 addresses of 2021.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from telusur.areas.rules.spelling import tokens_of

__all__ = ["Said", "Word", "follows_mark", "is_kind", "said", "words_of"]


class Said(StrEnum):
    """How a name stands in an address, from what speaks most for a kelurahan to what speaks least."""

    VILLAGE = "village"
    ALONE = "alone"
    PLAIN = "plain"
    BESIDE = "beside"
    HAMLET = "hamlet"
    ROAD_END = "road_end"
    ROAD = "road"
    PLACE = "place"
    TRUNK = "trunk"
    KECAMATAN = "kecamatan"
    CITY = "city"


class Word(NamedTuple):
    """One word in small letters without accents. start, end: its span in the text.

    cut: a comma, bracket or line stands before; dash: a hyphen does.
    """

    text: str
    start: int
    end: int
    cut: bool
    dash: bool = False


_WORD: Final = re.compile(r"[^\W\d_]+(?:['`´‘’ʼ][^\W\d_]+)*|\d+")
_CUT: Final = re.compile(r"[,;()\n\r|]")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VILLAGE: Final = _listed(
    "desa ds kel kelurahan nagari gampong pekon tiyuh lembang pemekonan kalurahan keluharan kelurhan"
)
_HAMLET: Final = _listed(
    "dusun dsn kp kampung kmp kamp lingkungan lingk link lk ling banjar br jorong dukuh dk padukuhan pedukuhan "
    "negeri rw rt blok banjardinas kring sukun korong"
)
_ROAD: Final = _listed("jl jln jalan jlan jlm gg gang lorong lr lrg trans lintas poros ruas simpang sp jend")
_PLACE: Final = _listed(
    "perum perumahan perumnas komplek komp kompleks kompl komplex griya villa vila asrama pasar psr ps pt cv pd "
    "smp smpn sma sman smk smkn sd sdn mts man mi tk smu stm slb sltp slta sekolah puskesmas rs rsu rsud rumah "
    "kantor pondok ponpes pp pesantren masjid gereja hotel gedung ged plaza mall ruko toko terminal stasiun "
    "pelabuhan bandara unit uptd upt dinas polsek polres kodim koramil kud ksu kpri kpn koperasi kop bank "
    "universitas univ yayasan bumi taman btn kpr stadion perkebunan kebun ptpn pabrik pks depan samping belakang "
    "dekat sebelah seberang rsud balai tpi ppi tower graha wisma"
)
_KECAMATAN: Final = _listed("kec kecamatan distrik kcamatan kecamtan kapanewon kemantren")
_CITY: Final = _listed("kota kab kabupaten kodya kotamadya prov provinsi propinsi prop")
_ENDS_ROAD: Final = _listed("no nomor nomer rt rw km blok lt lantai telp hp kode kodepos")
_KINDS: Final = _VILLAGE | _HAMLET | _ROAD | _PLACE | _KECAMATAN | _CITY | _ENDS_ROAD
_AFTER: Final = _listed("raya timur barat utara selatan tengah baru lama dalam atas bawah ulu hulu ilir hilir")


def words_of(text: str) -> list[Word]:
    """The words of a text, numbers among them."""
    words: list[Word] = []
    before = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        cut = dash = False
        if words and start - before > 0 and text[before:start] != " ":
            cut = _CUT.search(text, before, start) is not None
            dash = not cut and any(mark in "-–—" for mark in text[before:start])
        before = end
        plain = "".join(tokens_of(found.group()))
        if plain:
            words.append(Word(plain, start, end, cut, dash))
    return words


def is_kind(word: Word) -> bool:
    """Whether the word says what follows it and is no name."""
    return word.text in _KINDS


def follows_mark(words: Sequence[Word], end: int) -> bool:
    """Whether a word such as "Timur" or a numeral, which makes another name of a name, comes right after."""
    if end >= len(words) or words[end].cut:
        return False
    return words[end].text in _AFTER


def said(words: Sequence[Word], start: int, end: int) -> Said:
    """How the run of words [start, end) is said."""
    at = start
    opened = words[start].cut or start == 0
    if not opened:
        before = words[start - 1].text
        if before in _VILLAGE:
            return Said.VILLAGE
        if before in _KECAMATAN:
            return Said.KECAMATAN
        if before in _CITY:
            return Said.CITY
        if before in _HAMLET:
            return Said.HAMLET
        while at > 0 and not words[at].cut:
            at -= 1
            word = words[at].text
            if word in _ROAD:
                if words[start].dash or (end < len(words) and words[end].dash):
                    return Said.TRUNK
                near = at == start - 1 or (at == start - 2 and words[start - 1].text == "raya")
                return Said.ROAD if near else Said.ROAD_END
            if word in _PLACE:
                return Said.PLACE if at == start - 1 else Said.BESIDE
            if word.isdigit() or word in _ENDS_ROAD or word in _VILLAGE or word in _HAMLET:
                return Said.PLAIN
        return Said.BESIDE
    closed = end == len(words) or words[end].cut
    return Said.ALONE if closed else Said.PLAIN
