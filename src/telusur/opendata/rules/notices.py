"""The set of notices: what of a notice that was put up may leave; the same rows as the public list.

Pure. In: a row of the public list (`notices.rules.public`), which already holds nothing of promise 7. Out: one row.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from telusur.notices.rules.public import NOTICE_WORDS, NoticeState, PublicNotice
from telusur.notices.rules.stages import STAGE_LABELS, Stage
from telusur.opendata.rules.columns import Column, ColumnKind

__all__ = ["COLUMNS", "NoticeRow", "row_for"]


class NoticeRow(NamedTuple):
    """One row, in the order of COLUMNS."""

    ident: str
    number: str
    kind: str
    name: str
    nik_koperasi: str | None
    legal_number: str | None
    kelurahan_code: str | None
    kelurahan: str | None
    kecamatan: str | None
    standing: str | None
    published_on: date
    due_on: date | None
    state: str
    state_words: str
    turned_on: date | None
    how_to_answer: str | None


COLUMNS: tuple[Column, ...] = (
    Column("id", "ID pengumuman", "Tanda tetap pengumuman; lamannya di /pengumuman/<id>/.", is_required=True),
    Column("nomor", "Nomor surat", "Nomor surat pengumuman.", is_required=True),
    Column("jenis", "Jenis surat", "Jenis surat yang diumumkan.", is_required=True),
    Column("nama", "Nama", "Nama koperasi seperti tertulis di surat.", is_required=True),
    Column("nik_koperasi", "NIK koperasi", "Nomor induk koperasi, 13 angka; bukan nomor penduduk."),
    Column("badan_hukum", "Nomor badan hukum", "Nomor pengesahan badan hukum seperti tertulis di daftar."),
    Column("kode_kelurahan", "Kode kelurahan", "Kode wilayah Kemendagri dari kelurahan di surat."),
    Column("kelurahan", "Kelurahan", "Kelurahan menurut surat."),
    Column("kecamatan", "Kecamatan", "Kecamatan menurut surat."),
    Column("kedudukan", "Kedudukan", "Temuan penelusuran dalam kalimat; kosong bila belum ada putaran."),
    Column("diumumkan_pada", "Diumumkan pada", "Hari pertama pengumuman terpasang.", ColumnKind.DATE, is_required=True),
    Column("batas_waktu", "Batas waktu", "Hari terakhir menjawab; kosong bila sedang tidak mengikat.", ColumnKind.DATE),
    Column(
        "keadaan",
        "Keadaan",
        "Keadaan pengumuman. Yang dicabut tetap tercantum dan disebut dicabut.",
        is_required=True,
        choices=tuple(state.value for state in NoticeState),
    ),
    Column("keadaan_kata", "Keadaan dalam kata", "Keadaan yang sama dalam kalimat.", is_required=True),
    Column("keadaan_sejak", "Keadaan sejak", "Hari ditangguhkan, dihentikan, atau dicabut.", ColumnKind.DATE),
    Column("cara_menjawab", "Cara menjawab", "Bagaimana dan ke mana menjawab."),
)


def row_for(notice: PublicNotice, kelurahan_code: str) -> NoticeRow:
    """The public row of one notice. kelurahan_code: by Kemendagri, "" where the letter names no kelurahan."""
    return NoticeRow(
        notice.token,
        notice.number,
        STAGE_LABELS[Stage(notice.kind)],
        notice.name,
        notice.nik_koperasi or None,
        notice.legal_number or None,
        kelurahan_code or None,
        notice.kelurahan or None,
        notice.kecamatan or None,
        notice.standing or None,
        notice.published_on,
        notice.due_on,
        notice.state.value,
        NOTICE_WORDS[notice.state],
        notice.turned_on,
        notice.how_to_answer or None,
    )
