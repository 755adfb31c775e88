"""The fields of an entry that a column can fill: what people call them, and how a cell of each is read.

Pure data over `EntryValues`. The mapping screen lists `FIELDS`; `row.py` reads by the groups.
"""

from __future__ import annotations

__all__ = [
    "ADDABLE",
    "COUNT_FIELDS",
    "DATE_FIELDS",
    "FIELDS",
    "KNOWN_WORDS",
    "MONEY_FIELDS",
    "REPEATED_FIELDS",
    "TEXT_LIMITS",
]

# Field → what a person maps; the registry's own words where it has them. `legal_key` is derived and cannot be mapped.
FIELDS: dict[str, str] = {
    "name": "nama koperasi",
    "nik_koperasi": "NIK koperasi (13 angka)",
    "legal_number": "nomor badan hukum pendirian",
    "legal_on": "tanggal badan hukum pendirian",
    "amendment_number": "nomor perubahan anggaran dasar",
    "amendment_on": "tanggal perubahan anggaran dasar",
    "annual_meeting_on": "tanggal RAT terakhir",
    "address": "alamat",
    "kelurahan": "kelurahan atau desa",
    "kecamatan": "kecamatan",
    "kabupaten_kota": "kabupaten atau kota",
    "provinsi": "provinsi",
    "form": "bentuk koperasi",
    "kind": "jenis koperasi",
    "group": "kelompok koperasi",
    "sector": "sektor usaha",
    "management": "pola pengelolaan",
    "male_member_count": "jumlah anggota pria",
    "female_member_count": "jumlah anggota wanita",
    "member_count": "total anggota",
    "manager_count": "total manajer",
    "employee_count": "total karyawan",
    "certificate_state": "status sertifikat NIK",
    "certificate_until_on": "tanggal berlaku sertifikat",
    "grade": "grade",
    "own_capital_rupiah": "modal sendiri (Rp)",
    "outside_capital_rupiah": "modal luar (Rp)",
    "assets_rupiah": "aset (Rp)",
    "volume_rupiah": "volume usaha (Rp)",
    "surplus_rupiah": "SHU (Rp)",
    "report_year": "tahun laporan",
}

DATE_FIELDS = frozenset({"legal_on", "amendment_on", "annual_meeting_on", "certificate_until_on"})
COUNT_FIELDS = frozenset(
    {"male_member_count", "female_member_count", "member_count", "manager_count", "employee_count"}
)
MONEY_FIELDS = frozenset(
    {"own_capital_rupiah", "outside_capital_rupiah", "assets_rupiah", "volume_rupiah", "surplus_rupiah"}
)
ADDABLE = COUNT_FIELDS

# Few different texts stand in these columns, so each is read once. The other texts differ from row to row.
REPEATED_FIELDS = frozenset(
    {
        "kelurahan",
        "kecamatan",
        "kabupaten_kota",
        "provinsi",
        "form",
        "kind",
        "group",
        "sector",
        "management",
        "certificate_state",
        "grade",
        "report_year",
    }
)

# The registry's own value lists (its public list of December 2021): field → the spellings that it uses.
KNOWN_WORDS: dict[str, tuple[str, ...]] = {
    "form": (
        "Primer Kabupaten/Kota",
        "Primer Provinsi",
        "Primer Nasional",
        "Sekunder Kabupaten/Kota",
        "Sekunder Provinsi",
        "Sekunder Nasional",
    ),
    "kind": ("Konsumen", "Produsen", "Simpan Pinjam", "Jasa", "Pemasaran"),
    "certificate_state": ("Belum Bersertifikat", "Sertifikat - Expired", "Sudah Bersertifikat"),
    "grade": ("A", "B", "C1", "C2", "D"),
    "management": ("Konvensional", "Syariah"),
}

# The longest word that the register keeps of a field.
TEXT_LIMITS: dict[str, int] = {"kind": 60}
