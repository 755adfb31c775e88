"""Shapes of the facts that a token may write: one for each kind, told apart by `jenis`."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from telusur.api.rest.shapes import SIGNS, Day, Sent, Text
from telusur.merah_putih.rules.members import DenominatorKind, MemberSource
from telusur.merah_putih.rules.stages import Stage

__all__ = ["CapitalIn", "DenominatorIn", "FactsIn", "FactsOut", "HoldIn", "MembersIn", "ReleaseIn", "StageIn"]

_Why = Annotated[str, Field(min_length=1, max_length=500, pattern=SIGNS)]
_Kelurahan = Annotated[str, Field(pattern=r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$")]
_Proof = Annotated[str, Field(min_length=1, max_length=300, pattern=SIGNS, description="Dokumen; bukan nomor orang.")]
_Paper = Annotated[str, Field(max_length=300, pattern=SIGNS, description="Nomor surat, perkara, atau putusan.")]
_Count = Annotated[int, Field(ge=0, le=10**9)]
_Rupiah = Annotated[int, Field(ge=0, le=10**15)]
_Stages = Literal[tuple(stage.value for stage in Stage)]  # type: ignore[valid-type]
_Sources = Literal[tuple(each.value for each in MemberSource if each is not MemberSource.LIST)]  # type: ignore[valid-type]
_Denominators = Literal[tuple(each.value for each in DenominatorKind)]  # type: ignore[valid-type]


class HoldIn(Sent):
    """A cooperative is held, or something is noted beside its code (membekukan: false)."""

    jenis: Literal["penahanan"]
    koperasi: Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    alasan: _Why
    bukti: _Paper = ""
    tanggal: Day = ""
    membekukan: bool = True


class ReleaseIn(Sent):
    """A hold is released, by the number of its fact."""

    jenis: Literal["pelepasan"]
    penahanan: Annotated[int, Field(ge=1, le=2**53)]
    alasan: _Why
    bukti: _Paper = ""
    tanggal: Day = ""


class StageIn(Sent):
    """A step of the programme was reached; it counts once another person has checked it."""

    jenis: Literal["tahap"]
    kode_kelurahan: _Kelurahan
    tanggal: Day = ""
    bukti: _Proof
    tahap: _Stages  # type: ignore[valid-type]
    nomor: Annotated[str, Field(max_length=80, pattern=SIGNS)] = ""


class MembersIn(Sent):
    """How many members there are."""

    jenis: Literal["anggota"]
    kode_kelurahan: _Kelurahan
    tanggal: Day = ""
    bukti: _Proof
    sumber: _Sources  # type: ignore[valid-type]
    jumlah: _Count


class DenominatorIn(Sent):
    """How many households, residents or adults there are."""

    jenis: Literal["penyebut"]
    kode_kelurahan: _Kelurahan
    tanggal: Day = ""
    bukti: _Proof
    penyebut: _Denominators  # type: ignore[valid-type]
    jumlah: Annotated[int, Field(ge=1, le=10**9)]
    sumber: Annotated[str, Field(min_length=1, max_length=160, pattern=SIGNS)]


class CapitalIn(Sent):
    """Simpanan pokok and wajib, due and paid, in rupiah."""

    jenis: Literal["simpanan"]
    kode_kelurahan: _Kelurahan
    tanggal: Day = ""
    bukti: _Proof
    anggota: _Count
    pokok_harus: _Rupiah
    pokok_dibayar: _Rupiah
    wajib_harus: _Rupiah
    wajib_dibayar: _Rupiah


_Fact = Annotated[HoldIn | ReleaseIn | StageIn | MembersIn | DenominatorIn | CapitalIn, Field(discriminator="jenis")]


class FactsIn(Sent):
    """Up to 100 facts: all stand, or none."""

    fakta: Annotated[list[_Fact], Field(min_length=1, max_length=100)]


class FactOut(Schema):
    """A record. nomor: of its own kind."""

    jenis: Text
    nomor: int


class FactsOut(Schema):
    """What was recorded, in the order sent."""

    fakta: list[FactOut]
