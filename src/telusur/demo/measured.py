"""What was measured in the registry's real list, as decks of cards: each column's outcomes with their counts.

In: a random source. Out: endless deals whose shares are the measured ones after every whole deck, at any size.
Source: counts over the 454 rows of one city's public list of December 2021 (figures only, no row of it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from random import Random
from typing import Final, NamedTuple, TypeVar

__all__ = [
    "ADDRESS",
    "AMENDED",
    "CERTIFICATE_YEARS_EXPIRED",
    "CERTIFICATE_YEARS_VALID",
    "DUPLICATE_NAME",
    "FORMS",
    "FOUNDING",
    "JL",
    "KECAMATAN",
    "KELURAHAN",
    "KINDS",
    "MEETING_MONTHS",
    "MEMBERS_WITHOUT_MEETING",
    "NUMBER",
    "ODD_FOUNDING",
    "PLACEHOLDER",
    "REPEATED_LEGAL",
    "REPORTING",
    "RT",
    "SECTORS",
    "SHARED_ADDRESS",
    "TAIL",
    "VILLAGE_PART_BLANK",
    "VILLAGE_PART_FILLED",
    "Kind",
    "Reporting",
    "deal",
]

T = TypeVar("T")
_SHUFFLES: Final = 12


def deal(rng: Random, counts: Mapping[T, int]) -> Iterator[T]:
    """Deal a shuffled deck of `counts` cards for ever."""
    return chain.from_iterable(_decks(rng, [card for card, count in counts.items() for _ in range(count)]))


def _decks(rng: Random, cards: list[T]) -> Iterator[list[T]]:
    """Whole decks: some true shuffles, then those again, cut at a random place, which costs a tenth of a shuffle."""
    shuffles = []
    for _ in range(_SHUFFLES):
        keys = [rng.random() for _ in cards]
        shuffles.append([cards[place] for place in sorted(range(len(cards)), key=keys.__getitem__)])
        yield shuffles[-1]
    while True:
        deck, cut = shuffles[int(rng.random() * _SHUFFLES)], int(rng.random() * len(cards))
        yield deck[cut:] + deck[:cut]


class Reporting(NamedTuple):
    """Years since the last RAT (None: never stated), the certificate's state, the grade."""

    years_ago: int | None
    certificate: str
    grade: str


_NONE, _EXPIRED, _VALID = "Belum Bersertifikat", "Sertifikat - Expired", "Sudah Bersertifikat"
REPORTING: Final[dict[Reporting, int]] = {
    Reporting(None, _NONE, "D"): 331,
    Reporting(0, _VALID, "A"): 27,
    Reporting(0, _NONE, "D"): 21,
    Reporting(0, _EXPIRED, "A"): 15,
    Reporting(2, _NONE, "D"): 10,
    Reporting(4, _EXPIRED, "D"): 9,
    Reporting(2, _EXPIRED, "B"): 8,
    Reporting(3, _NONE, "D"): 6,
    Reporting(1, _VALID, "A"): 5,
    Reporting(1, _NONE, "D"): 4,
    Reporting(4, _NONE, "D"): 3,
    Reporting(1, _EXPIRED, "B"): 3,
    Reporting(5, _NONE, "D"): 2,
    Reporting(1, _EXPIRED, "A"): 2,
    Reporting(None, _EXPIRED, "A"): 2,
    Reporting(6, _EXPIRED, "D"): 1,
    Reporting(3, _EXPIRED, "D"): 1,
    Reporting(6, _NONE, "D"): 1,
    Reporting(5, _EXPIRED, "D"): 1,
    Reporting(0, _EXPIRED, "B"): 1,
    Reporting(0, _VALID, "B"): 1,
}
# 3 of the 65 meetings of the list's own year stand at 1 January.
PLACEHOLDER: Final = {True: 3, False: 62}
MEETING_MONTHS: Final = {1: 20, 2: 27, 3: 26, 4: 13, 5: 13, 6: 9, 7: 7, 8: 1, 9: 2, 10: 1, 11: 1, 12: 1}
MEMBERS_WITHOUT_MEETING: Final = {True: 9, False: 324}
CERTIFICATE_YEARS_VALID: Final = {2: 24, 1: 9}
CERTIFICATE_YEARS_EXPIRED: Final = {-2: 34, 0: 5, -1: 4}
FORMS: Final = {
    "Primer Kabupaten/Kota": 428,
    "Primer Nasional": 14,
    "Primer Provinsi": 9,
    "Sekunder Provinsi": 2,
    "Sekunder Kabupaten/Kota": 1,
}
SECTORS: Final = {
    "Jasa Lainnya": 203,
    "Penyediaan Akomodasi dan Makan Minum": 144,
    "Jasa Keuangan dan Asuransi": 60,
    "Pertanian, Kehutanan dan Perikanan": 10,
    "Jasa Perusahaan": 4,
    "Perdagangan Besar dan Eceran - Rep Mobil dan Motor": 3,
    "Industri Pengolahan": 2,
    "Transportasi dan Pergudangan": 1,
    "Konstruksi": 1,
}
# The first year of a decade and the series of the number; "pad" is an amendment's number typed as the founding one.
FOUNDING: Final[dict[tuple[int, str], int]] = {
    (1960, "regional"): 3,
    (1970, "regional"): 4,
    (1980, "regional"): 41,
    (1980, "kwk"): 2,
    (1980, "pad"): 2,
    (1990, "kdk"): 99,
    (1990, "pad"): 45,
    (1990, "regional"): 36,
    (1990, "kwk"): 32,
    (1990, "odd"): 2,
    (2000, "regional"): 85,
    (2000, "pad"): 3,
    (2000, "odd"): 3,
    (2010, "regional"): 41,
    (2010, "m_kukm"): 24,
    (2010, "ahu"): 8,
    (2010, "pad"): 1,
    (2020, "ahu"): 23,
}
# National: 162 of 77,725 deeds are dated 1945, 8 before 1900.
ODD_FOUNDING: Final[dict[int, int]] = {0: 9_978, 1945: 21, 1891: 1}
AMENDED: Final = {True: 52, False: 402}
REPEATED_LEGAL: Final = {True: 4, False: 450}
DUPLICATE_NAME: Final = {True: 3, False: 451}

KELURAHAN: Final = {
    "blank": 228,
    "plain": 197,
    "code": 13,
    "typo": 7,
    "join_words": 3,
    "abbreviate": 2,
    "change_case": 2,
    "prefix": 2,
}
KECAMATAN: Final = {"right": 405, "other": 49}
# Bucket 010 of the number's village part means "not known"; it is the rule where the village is blank.
VILLAGE_PART_BLANK: Final = {"unknown": 203, "right": 20, "other": 5}
VILLAGE_PART_FILLED: Final = {"unknown": 92, "right": 119, "other": 15}

ADDRESS: Final = {"blank": 8, "dash": 1, "short": 8, "full": 437}
# Counts over the 437 full addresses. More come to be shared in a house of many, and by chance.
JL: Final = {"Jl. ": 314, "JL ": 16, "Jl ": 8, "JL. ": 4, "Jln. ": 4, "Jalan ": 15, "": 76}
RT: Final = {"": 347, " RT.{}": 46, " RT {}": 20, " RT. {}": 16, " RT {} RW 2": 8}
NUMBER: Final = {"": 306, " No.{}": 62, " No. {}": 34, " NO {}": 20, " No {}": 15}
TAIL: Final = {
    "": 324,
    " {village}": 28,
    " Kel. {village}": 17,
    " {city}": 14,
    ", {kecamatan}": 11,
    " Gg. {word}": 8,
    " Blok C": 12,
    " Komp. {word}": 14,
    " dalam Pasar {word}": 9,
}
SHARED_ADDRESS: Final = {True: 21, False: 416}


class Kind(NamedTuple):
    """What a cooperative's name begins with, the shape of the rest, and the registry's two words for it."""

    prefix: str
    shape: str
    group: str
    jenis: str


KINDS: Final[dict[Kind, int]] = {
    Kind("Koperasi Serba Usaha", "plain", "Kop. Serba Usaha", "Konsumen"): 118,
    Kind("KSU", "plain", "Kop. Serba Usaha", "Konsumen"): 6,
    Kind("Koperasi Serba Usaha", "plain", "Kop. Serba Usaha", "Produsen"): 12,
    Kind("Koperasi Serba Usaha", "plain", "Kop. Serba Usaha", "Jasa"): 4,
    Kind("Koperasi Karyawan", "firm", "Kopkar", "Konsumen"): 78,
    Kind("Kopkar", "firm", "Kopkar", "Konsumen"): 5,
    Kind("Koperasi Karyawan", "firm", "Kopkar", "Jasa"): 6,
    Kind("KOPERASI KONSUMEN", "upper", "Kop. Lainnya", "Konsumen"): 26,
    Kind("KOPERASI PEMASARAN", "upper", "Kop. Lainnya", "Pemasaran"): 9,
    Kind("KOPERASI JASA", "upper", "Kop. Lainnya", "Jasa"): 8,
    Kind("KOPERASI PRODUSEN", "upper", "Kop. Lainnya", "Produsen"): 6,
    Kind("Koperasi Tani", "plain", "Kop. Lainnya", "Produsen"): 5,
    Kind("Koperasi", "plain", "Kop. Lainnya", "Konsumen"): 15,
    Kind("Koperasi", "plain", "Kop. Lainnya", "Pemasaran"): 7,
    Kind("Koperasi Pegawai Republik Indonesia (KPRI)", "office", "Kop. Pegawai Negeri (KPRI)", "Konsumen"): 40,
    Kind("KPRI", "plain", "Kop. Pegawai Negeri (KPRI)", "Konsumen"): 8,
    Kind("Koperasi Pegawai Negeri", "office", "Kop. Pegawai Negeri (KPRI)", "Konsumen"): 11,
    Kind("Primer Koperasi Angkatan Darat (Primkopad)", "unit", "Kop. Angkatan Darat", "Konsumen"): 14,
    Kind("Primkopad", "unit", "Kop. Angkatan Darat", "Konsumen"): 7,
    Kind("Koperasi Wanita", "plain", "Kop. Wanita", "Konsumen"): 14,
    Kind("Kopwan", "plain", "Kop. Wanita", "Konsumen"): 3,
    Kind("Koperasi Simpan Pinjam", "plain", "Kop. Simpan Pinjam", "Simpan Pinjam"): 10,
    Kind("KOPERASI SIMPAN PINJAM", "upper", "Kop. Simpan Pinjam", "Simpan Pinjam"): 3,
    Kind("KSP", "plain", "Kop. Simpan Pinjam", "Simpan Pinjam"): 2,
    Kind("Koperasi Pasar", "plain", "Kop. Pasar", "Konsumen"): 5,
    Kind("Primer Koperasi Kepolisian (Primkoppol)", "unit", "Kop. Kepolisian", "Konsumen"): 5,
    Kind("Koperasi Pondok Pesantren", "plain", "Koppontren", "Konsumen"): 4,
    Kind(
        "Koperasi Simpan Pinjam dan Pembiayaan Syariah",
        "plain",
        "Kop. Simpan Pinjam dan Pembiayaan Syariah",
        "Simpan Pinjam",
    ): 2,
    Kind("KSPPS BMT", "plain", "Kop. Simpan Pinjam dan Pembiayaan Syariah", "Simpan Pinjam"): 2,
    Kind("Koperasi Nelayan", "plain", "Kop. Nelayan", "Produsen"): 3,
    Kind("Koperasi Unit Desa (KUD)", "plain", "KUD", "Produsen"): 2,
    Kind("KUD", "plain", "KUD", "Produsen"): 1,
    Kind("Koperasi Angkutan Laut", "plain", "Kop. Angkutan Laut", "Jasa"): 2,
    Kind("Primkopti", "plain", "Kopti", "Produsen"): 1,
    Kind("Koperasi Wredatama", "plain", "Kop. Wredatama", "Konsumen"): 1,
    Kind("Koperasi Pepabri", "plain", "Kop. Pepabri", "Konsumen"): 1,
    Kind("Koperasi Angkutan Darat", "plain", "Kop. Angkutan Darat", "Jasa"): 1,
    Kind("Koperasi Industri Kerajinan", "plain", "Kopinkra", "Produsen"): 1,
    Kind("Koperasi TKBM", "plain", "Kop. Tenaga Kerja Bongkar Muat (TKBM)", "Jasa"): 1,
    Kind("Koperasi Profesi", "plain", "Kop. Profesi", "Simpan Pinjam"): 1,
    Kind("Koperasi Pemuda", "plain", "Kop. Pemuda", "Konsumen"): 1,
    Kind("Koperasi Veteran", "plain", "Kop. Veteran", "Konsumen"): 1,
    Kind("Primkopal", "unit", "Kop. Angkatan Laut", "Konsumen"): 1,
    Kind("Primkopau", "unit", "Kop. Angkatan Udara", "Konsumen"): 1,
}
