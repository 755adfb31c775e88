"""The set of the programme (Koperasi Kelurahan Merah Putih): what of one kelurahan's cooperative may leave.

Pure. In: where it stands. Out: one row a kelurahan: step, gates, members with the denominators side by side, readiness as an
interval, age. Never a person, a proof, a number of a paper, nor what a cooperative has borrowed or been paid. So few members
that each could be named are not counted in public, nor their shares.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from telusur.opendata.rules.columns import Column, ColumnKind

__all__ = ["COLUMNS", "FEWEST_MEMBERS", "Base", "ProgrammeLine", "ReadinessPart", "Stood", "row_for"]

FEWEST_MEMBERS = 5


class Base(NamedTuple):
    """A denominator: how many, of which day, from which source."""

    total: int
    valid_on: date
    source: str


class ReadinessPart(NamedTuple):
    """A part of the score: its weight, and whether anything counts. Its points stay inside: they tell what was paid."""

    words: str
    weight: int
    is_known: bool
    is_stale: bool


class Stood(NamedTuple):
    """Where a kelurahan's cooperative stands. ways and steps by their short names, "" before anything has begun."""

    kelurahan_code: str
    kelurahan: str
    kecamatan_code: str
    kecamatan: str
    name: str
    way: str
    stage: str
    next_stage: str
    reached_count: int
    gate_count: int
    members: Base | None
    residents: Base | None
    adults: Base | None
    households: Base | None
    readiness: tuple[float, float]
    newest_on: date | None
    age_days: int | None
    gates_lacking: tuple[str, ...] = ()
    parts: tuple[ReadinessPart, ...] = ()


class ProgrammeLine(NamedTuple):
    """One row, in the order of COLUMNS."""

    kelurahan_code: str
    kelurahan: str
    kecamatan_code: str
    kecamatan: str
    name: str | None
    way: str | None
    stage: str | None
    next_stage: str | None
    reached_count: int
    gate_count: int
    member_count: int | None
    members_from: str | None
    members_on: date | None
    resident_count: int | None
    residents_on: date | None
    residents_from: str | None
    resident_percent: float | None
    adult_count: int | None
    adults_on: date | None
    adults_from: str | None
    adult_percent: float | None
    household_count: int | None
    households_on: date | None
    households_from: str | None
    household_percent: float | None
    readiness_least: float
    readiness_most: float
    newest_on: date | None
    age_days: int | None
    gates_lacking: str | None
    readiness_parts: str | None


def _denominator(name: str, title: str, says: str) -> tuple[Column, ...]:
    return (
        Column(name, title, says, ColumnKind.INTEGER),
        Column(f"{name}_per", f"{title} per tanggal", "Tanggal penyebut itu.", ColumnKind.DATE),
        Column(f"{name}_sumber", f"Sumber {title.lower()}", "Dari mana penyebut itu."),
        Column(
            f"persen_{name}",
            f"Anggota per {title.lower()}",
            "Anggota dibagi penyebut itu, dalam persen; jangan dicampur dengan penyebut lain.",
            ColumnKind.NUMBER,
        ),
    )


COLUMNS: tuple[Column, ...] = (
    Column(
        "kode_kelurahan",
        "Kode kelurahan",
        "Kode wilayah Kemendagri; setiap kelurahan tepat satu baris.",
        is_required=True,
    ),
    Column("kelurahan", "Kelurahan", "Nama kelurahan.", is_required=True),
    Column("kode_kecamatan", "Kode kecamatan", "Kode wilayah Kemendagri.", is_required=True),
    Column("kecamatan", "Kecamatan", "Nama kecamatan.", is_required=True),
    Column("nama", "Nama", "Nama koperasinya; kosong sebelum dibentuk."),
    Column("cara", "Cara pembentukan", "Baru, pengembangan, atau revitalisasi."),
    Column("tahap", "Tahap", "Langkah terakhir yang tercapai dan diperiksa orang kedua."),
    Column("tahap_berikut", "Langkah berikut", "Langkah pertama yang belum tercapai."),
    Column(
        "langkah_tercapai",
        "Langkah tercapai",
        "Berapa langkah yang tercapai dan diperiksa.",
        ColumnKind.INTEGER,
        is_required=True,
    ),
    Column(
        "syarat_terpenuhi",
        "Syarat terpenuhi",
        "Berapa dari enam syarat pembiayaan yang terpenuhi.",
        ColumnKind.INTEGER,
        is_required=True,
    ),
    Column(
        "anggota",
        "Anggota",
        f"Jumlah anggota terbaru; kosong bila belum dihitung, atau 1–{FEWEST_MEMBERS - 1} orang.",
        ColumnKind.INTEGER,
    ),
    Column("anggota_sumber", "Sumber anggota", "Dari mana jumlah anggota itu."),
    Column("anggota_per", "Anggota per tanggal", "Tanggal jumlah anggota itu.", ColumnKind.DATE),
    *_denominator("penduduk", "Penduduk", "Jumlah penduduk; dasar sasaran 5–10 persen."),
    *_denominator("dewasa", "Penduduk dewasa", "Jumlah penduduk dewasa."),
    *_denominator("rumah_tangga", "Rumah tangga", "Jumlah rumah tangga; dasar sasaran kantor sendiri, 10 persen."),
    Column(
        "kesiapan_terendah",
        "Kesiapan terendah",
        "Batas bawah (0–100): yang belum diketahui dihitung nol.",
        ColumnKind.NUMBER,
        is_required=True,
    ),
    Column(
        "kesiapan_tertinggi",
        "Kesiapan tertinggi",
        "Batas atas (0–100): yang belum diketahui dihitung penuh.",
        ColumnKind.NUMBER,
        is_required=True,
    ),
    Column("keterangan_terbaru", "Keterangan terbaru", "Hari keterangan terbaru.", ColumnKind.DATE),
    Column("umur_hari", "Umur keterangan", "Berapa hari umur keterangan terbaru itu.", ColumnKind.INTEGER),
    Column("syarat_belum", "Syarat belum terpenuhi", "Syarat pembiayaan yang belum tercapai dan diperiksa."),
    Column(
        "kesiapan_bagian",
        "Bagian kesiapan",
        "Bagian dan bobotnya: diketahui, tidak diketahui, atau terlalu lama. Yang tidak diketahui melebarkan selangnya.",
    ),
)


def _percent(members: int | None, base: Base | None) -> float | None:
    if members is None or base is None or not base.total:
        return None
    return round(100 * members / base.total, 2)


def _known(part: ReadinessPart) -> str:
    return "terlalu lama" if part.is_stale else "diketahui" if part.is_known else "tidak diketahui"


def row_for(stood: Stood) -> ProgrammeLine:
    """The public row of one kelurahan."""
    counted = stood.members
    members = counted.total if counted is not None else None
    if members is not None and 0 < members < FEWEST_MEMBERS:
        members = None
    bases: list[object] = []
    for base in (stood.residents, stood.adults, stood.households):
        bases += [*((base.total, base.valid_on, base.source) if base else (None, None, None)), _percent(members, base)]
    cells: tuple[Any, ...] = (
        stood.kelurahan_code,
        stood.kelurahan,
        stood.kecamatan_code,
        stood.kecamatan,
        stood.name or None,
        stood.way or None,
        stood.stage or None,
        stood.next_stage or None,
        stood.reached_count,
        stood.gate_count,
        members,
        counted.source if counted else None,
        counted.valid_on if counted else None,
        *bases,
        round(stood.readiness[0], 1),
        round(stood.readiness[1], 1),
        stood.newest_on,
        stood.age_days,
        "; ".join(stood.gates_lacking) or None,
        "; ".join(f"{part.words} ({part.weight}): {_known(part)}" for part in stood.parts) or None,
    )
    return ProgrammeLine._make(cells)
