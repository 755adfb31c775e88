"""The set of cooperatives: what of one cooperative may leave. The one definition of what is public of it.

Pure. In: what the register states of a cooperative and its stored code. Out: one row of name, numbers, place, and the
finding in careful words. Never an address, a board, a phone, an officer, a code, a reason or a point (promises 3 and 7;
UU 27/2022): the parameters of `row_for` are all that can come in.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from telusur.opendata.rules.columns import Column, ColumnKind
from telusur.rounds.rules.public import PUBLIC_WORDS, PublicFinding

__all__ = ["COLUMNS", "CooperativeRow", "Listed", "Place", "row_for"]


class Place(NamedTuple):
    """Where a row's own columns say it is, by Kemendagri codes; "" where they do not."""

    kelurahan_code: str
    kelurahan: str
    kecamatan_code: str
    kecamatan: str


class Listed(NamedTuple):
    """What the newest row of a cooperative states that may be published."""

    name: str
    nik_koperasi: str
    legal_number: str
    kind: str
    listed_on: date
    on_newest_list: bool


class CooperativeRow(NamedTuple):
    """One row, in the order of COLUMNS. finding: a `PublicFinding`; found_on: the day for which it was derived."""

    ident: str
    nik_koperasi: str | None
    name: str
    legal_number: str | None
    kind: str | None
    kelurahan_code: str | None
    kelurahan: str | None
    kecamatan_code: str | None
    kecamatan: str | None
    finding: str
    finding_words: str
    found_on: date | None
    listed_on: date
    on_newest_list: bool


COLUMNS: tuple[Column, ...] = (
    Column(
        "id",
        "ID Telusur",
        "Tanda tetap koperasi ini di Telusur (UUID); tidak berubah bila namanya berubah.",
        is_required=True,
    ),
    Column("nik_koperasi", "NIK koperasi", "Nomor induk koperasi, 13 angka; bukan nomor penduduk."),
    Column("nama", "Nama", "Nama koperasi menurut daftar terbaru yang memuatnya.", is_required=True),
    Column("badan_hukum", "Nomor badan hukum", "Nomor pengesahan badan hukum seperti tertulis di daftar."),
    Column("jenis", "Jenis", "Jenis koperasi seperti tertulis di daftar."),
    Column("kode_kelurahan", "Kode kelurahan", "Kode wilayah Kemendagri, menurut kolom kelurahan di daftar."),
    Column("kelurahan", "Kelurahan", "Nama kelurahan dari kode itu."),
    Column("kode_kecamatan", "Kode kecamatan", "Kode wilayah Kemendagri."),
    Column("kecamatan", "Kecamatan", "Nama kecamatan dari kode itu."),
    Column(
        "temuan",
        "Temuan",
        "Apa yang boleh diumumkan dari penelusuran. «not_found» hanya setelah dicari pada cukup banyak hari; "
        "belum ditemukan tidak berarti bubar.",
        is_required=True,
        choices=tuple(finding.value for finding in PublicFinding),
    ),
    Column("temuan_kata", "Temuan dalam kata", "Temuan yang sama dalam kalimat.", is_required=True),
    Column(
        "temuan_per",
        "Temuan per tanggal",
        "Hari yang diturunkan temuannya; kosong bila belum ada putaran.",
        ColumnKind.DATE,
    ),
    Column(
        "tercantum_per",
        "Tercantum per tanggal",
        "Tanggal daftar terbaru yang memuat koperasi ini.",
        ColumnKind.DATE,
        is_required=True,
    ),
    Column(
        "di_daftar_terbaru",
        "Di daftar terbaru",
        "Apakah daftar terbaru masih memuatnya. Tidak tercantum bukan berarti bubar.",
        ColumnKind.YES_NO,
        is_required=True,
    ),
)


def row_for(ident: str, listed: Listed, place: Place, finding: PublicFinding, found_on: date | None) -> CooperativeRow:
    """The public row of one cooperative. ident: its UUID with hyphens."""
    return CooperativeRow(
        ident,
        listed.nik_koperasi or None,
        listed.name,
        listed.legal_number or None,
        listed.kind or None,
        place.kelurahan_code or None,
        place.kelurahan or None,
        place.kecamatan_code or None,
        place.kecamatan or None,
        finding.value,
        PUBLIC_WORDS[finding],
        found_on,
        listed.listed_on,
        listed.on_newest_list,
    )
