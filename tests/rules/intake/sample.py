"""Invented rows in the shape of the registry's public list, for the tables of examples. No cooperative here exists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from telusur.demo.rows import HEADER
from telusur.intake.layouts import shipped_layouts
from telusur.intake.rules.cells import Cell
from telusur.intake.rules.layout import Layout
from telusur.intake.rules.row import RowRead, RowReader, compile_reader
from telusur.words.refusal import Refusal

AS_OF = date(2021, 12, 27)

ODS_24 = HEADER
BOARD = ("Nama Ketua", "Nama Sekretaris", "Nama Bendahara", "Nama Pengawas", "Nama Manager")
ODS_29 = ODS_24[:15] + BOARD + ODS_24[15:]
SNAKE = [
    "nik",
    "nama",
    "no_badan_hukum",
    "tgl_badan_hukum",
    "no_pad",
    "tgl_pad",
    "tgl_rat",
    "alamat",
    "kelurahan",
    "kecamatan",
    "kabupaten",
    "provinsi",
    "bentuk",
    "jenis",
    "kelompok",
    "sektor",
    "anggota_pria",
    "anggota_wanita",
    "anggota",
    "manajer",
    "karyawan",
    "status_nik",
    "tgl_sertifikat",
    "grade",
]
KERAGAAN_A = [
    "nik",
    "nama_koperasi",
    "nobh",
    "ang_laki",
    "ang_wanita",
    "kary_laki",
    "kary_wanita",
    "mgr_laki",
    "mgr_wanita",
    "modalsendiri",
    "modalluar",
    "volusaha",
    "shu",
    "asset",
    "tglrat",
    "tahun_laporan",
]
KERAGAAN_B = [
    "idkop",
    "nobh",
    "nmkop",
    "Anggt",
    "Krywn",
    "Mngr",
    "asset",
    "shu",
    "volusaha",
    "modalsendiri",
    "modalluar",
]

_SOUND = {
    "Koperasi": "Koperasi Konsumen Rimba Sentosa",
    "Nomor Badan Hukum Pendirian": "012345/BH/M.KUKM.2/X/2018",
    "Tanggal Badan Hukum Pendirian": "15/10/2018",
    "Tanggal RAT Terakhir": "20/03/2021",
    "Alamat": "Jl. Contoh Raya No. 7 RT 05",
    "Kelurahan / Desa": "Contoh Hilir",
    "Kecamatan": "Contoh Barat",
    "Kabupaten": "Kota Contoh",
    "Provinsi": "Provinsi Contoh",
    "Bentuk Koperasi": "Primer Kabupaten/Kota",
    "Jenis Koperasi": "Konsumen",
    "Kelompok Koperasi": "Kop. Lainnya",
    "Sektor Usaha": "Jasa Lainnya",
    "Jumlah Anggota Pria": "12",
    "Jumlah Anggota Wanita": "13",
    "Total Anggota": "25",
    "Total Manajer": "1",
    "Total Karyawan": "2",
    "Nomor Induk Koperasi (NIK)": "9971010010002",
    "Status NIK": "Sudah Bersertifikat",
    "Tanggal Berlaku Sertifikat": "20/03/2023",
    "Status Grade": "A",
}


def layout(name: str) -> Layout:
    """A shipped layout."""
    return next(each for each in shipped_layouts() if each.name == name)


def sound_row(**changes: Cell) -> list[Cell]:
    """A row that nobody doubts, by `ODS_24`; `changes` by the first words of a label, spaces as underscores."""
    cells: dict[str, Cell] = {label: _SOUND.get(label, "") for label in ODS_24}
    for start, value in changes.items():
        (label,) = [label for label in ODS_24 if label.startswith(start.replace("_", " "))]
        cells[label] = value
    return list(cells.values())


def reader(header: Sequence[str] = ODS_24, name: str = "ods-24") -> RowReader:
    """The compiled reader of a shipped layout."""
    return compile_reader(layout(name), header, as_of_on=AS_OF)


def read(**changes: Cell) -> RowRead:
    """The sound row with changes, which must be accepted."""
    found = reader()(7, sound_row(**changes))
    assert isinstance(found, RowRead), found
    return found


def refused(**changes: Cell) -> Refusal:
    """The sound row with changes, which must be refused."""
    found = reader()(7, sound_row(**changes))
    assert isinstance(found, Refusal), found
    return found
