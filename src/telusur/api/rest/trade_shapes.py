"""Shapes of the facts of trade, training and mentoring that a token may write, told apart by `jenis`."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from telusur.api.rest.shapes import SIGNS, Day, Sent
from telusur.merah_putih.rules.mentors import Topic
from telusur.merah_putih.rules.partners import PartnerKind
from telusur.merah_putih.rules.staples import Staple
from telusur.merah_putih.rules.training import Module, Seat
from telusur.merah_putih.rules.units import UnitKind

__all__ = [
    "Ident",
    "Kelurahan",
    "LookIn",
    "MentorEndIn",
    "MentorIn",
    "MentorOut",
    "PartnerIn",
    "PartnerOut",
    "PriceIn",
    "SeatIn",
    "SessionIn",
    "TrainingOut",
    "UnitIn",
    "UnitOut",
    "Why",
]

Ident = Annotated[int, Field(ge=1, le=2**53)]
Kelurahan = Annotated[str, Field(pattern=r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$")]
Why = Annotated[str, Field(min_length=1, max_length=500, pattern=SIGNS)]
_Source = Annotated[str, Field(min_length=1, max_length=120, pattern=SIGNS, description="Dokumen; bukan nomor orang.")]
_Name = Annotated[str, Field(min_length=1, max_length=80, pattern=SIGNS)]
_Partner = Annotated[str, Field(min_length=1, max_length=120, pattern=SIGNS)]
_Units = Literal[tuple(each.value for each in UnitKind)]  # type: ignore[valid-type]
_Partners = Literal[tuple(each.value for each in PartnerKind)]  # type: ignore[valid-type]
_Staples = Literal[tuple(each.value for each in Staple)]  # type: ignore[valid-type]
_Modules = Literal[tuple(each.value for each in Module)]  # type: ignore[valid-type]
_Seats = Literal[tuple(each.value for each in Seat)]  # type: ignore[valid-type]
_Topics = Literal[tuple(each.value for each in Topic)]  # type: ignore[valid-type]


class UnitIn(Sent):
    """A unit and the hours that it promises, from a day on."""

    jenis: Literal["unit"]
    kode_kelurahan: Kelurahan
    tanggal: Day = ""
    bukti: _Source
    unit: _Units  # type: ignore[valid-type]
    nama: _Name
    berjalan: bool
    jam: Annotated[str, Field(max_length=200, pattern=SIGNS, description="Misalnya: Sen-Jum 08.00-16.00.")] = ""


class LookIn(Sent):
    """Whether a unit was open when somebody stood at its door."""

    jenis: Literal["buka"]
    kode_kelurahan: Kelurahan
    unit: _Units  # type: ignore[valid-type]
    waktu: Annotated[
        str, Field(max_length=40, pattern=SIGNS, description="Waktu ISO dengan zona: 2026-05-19T09:30+08:00.")
    ]
    buka: bool


class PartnerIn(Sent):
    """What was agreed with a partner for one product."""

    jenis: Literal["mitra"]
    kode_kelurahan: Kelurahan
    tanggal: Day = ""
    bukti: _Source
    mitra: _Partner
    jenis_mitra: _Partners  # type: ignore[valid-type]
    barang: Annotated[str, Field(min_length=1, max_length=60, pattern=SIGNS)]
    nomor: Annotated[str, Field(max_length=80, pattern=SIGNS)] = ""
    perjanjian_pada: Day = ""
    berakhir_pada: Day = ""
    hari_tunggu: Annotated[int | None, Field(ge=0, le=365)] = None
    margin_persen: Annotated[float | None, Field(ge=-100, le=100)] = None
    berjalan: bool = True


class PriceIn(Sent):
    """A staple's reference price, rupiah a unit. Of the whole city: only a token for everywhere states it."""

    jenis: Literal["harga_acuan"]
    tanggal: Day = ""
    sumber: _Source
    bahan: _Staples  # type: ignore[valid-type]
    harga: Annotated[int, Field(ge=1, le=10**9)]


class SeatHeld(Sent):
    """A place of a board at a session; never a person's name."""

    kode_kelurahan: Kelurahan
    jabatan: _Seats  # type: ignore[valid-type]
    bersertifikat: bool = False


class SessionIn(Sent):
    """A training session and the places of boards that came."""

    jenis: Literal["pelatihan"]
    tanggal: Day = ""
    modul: _Modules  # type: ignore[valid-type]
    jam: Annotated[int, Field(ge=1, le=400)]
    tempat: Annotated[str, Field(max_length=120, pattern=SIGNS)] = ""
    penyelenggara: _Partner
    hadir: Annotated[list[SeatHeld], Field(min_length=1, max_length=400)]


class SeatIn(Sent):
    """Somebody else sits in a place of a board from a day on."""

    jenis: Literal["pergantian_jabatan"]
    kode_kelurahan: Kelurahan
    tanggal: Day = ""
    jabatan: _Seats  # type: ignore[valid-type]


class MentorIn(Sent):
    """Who mentors whom, and in what."""

    jenis: Literal["pendamping"]
    pendamping: Kelurahan
    didampingi: Kelurahan
    tanggal: Day = ""
    hal: Annotated[list[_Topics], Field(min_length=1, max_length=10)]  # type: ignore[valid-type]
    alasan: Annotated[str, Field(max_length=500, pattern=SIGNS)] = ""


class MentorEndIn(Sent):
    """A mentoring ended, by the number of its fact."""

    jenis: Literal["akhir_pendampingan"]
    nomor: Ident
    tanggal: Day = ""
    alasan: Why


_Date = Annotated[str, Field(json_schema_extra={"format": "date"})]


class UnitOut(Schema):
    """A unit as last stated. dilihat, ditepati: looks at its door in the promised hours, and how many found it open."""

    unit: str
    nama: str
    berjalan: bool
    jam: str
    tanggal: _Date
    dilihat: int
    ditepati: int


class PartnerOut(Schema):
    """An agreement as last stated. keadaan: unwritten, not_yet, holds, ends_soon, ended or given_up today."""

    mitra: str
    jenis_mitra: str
    barang: str
    nomor: str
    perjanjian_pada: _Date | None
    berakhir_pada: _Date | None
    hari_tunggu: int | None
    margin_persen: float | None
    berjalan: bool
    keadaan: str
    bukti: str


class TrainingOut(Schema):
    """A module and the places of the board: who had it, who must have it yet, whose training went with who left."""

    modul: str
    lengkap: bool
    hadir: list[str]
    bersertifikat: list[str]
    belum: list[str]
    gugur: list[str]


class MentorOut(Schema):
    """A mentoring that stands, by the number that ends it."""

    nomor: int
    pendamping: str
    didampingi: str
    hal: list[str]
    tanggal: _Date
    alasan: str
