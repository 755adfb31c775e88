"""Shapes of the facts that a token may write: one for each kind, told apart by `jenis`."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from telusur.api.rest.shapes import SIGNS, STRICT, Day, Sent, Text
from telusur.api.rest.trade_shapes import (
    Ident,
    Kelurahan,
    LookIn,
    MentorEndIn,
    MentorIn,
    MentorOut,
    PartnerIn,
    PartnerOut,
    PriceIn,
    SeatIn,
    SessionIn,
    TrainingOut,
    UnitIn,
    UnitOut,
    Why,
)
from telusur.merah_putih.programme.models import KINDS
from telusur.merah_putih.rules.members import DenominatorKind, MemberSource
from telusur.merah_putih.rules.stages import Stage, Way

__all__ = [
    "CapitalIn",
    "CheckIn",
    "DenominatorIn",
    "FactsIn",
    "FactsOut",
    "FinancingIn",
    "FormationIn",
    "GovernanceIn",
    "HoldIn",
    "MembersIn",
    "ReleaseIn",
    "StageIn",
    "StandingFacts",
    "WithdrawIn",
]

_Proof = Annotated[str, Field(min_length=1, max_length=300, pattern=SIGNS, description="Dokumen; bukan nomor orang.")]
_Paper = Annotated[str, Field(max_length=300, pattern=SIGNS, description="Nomor surat, perkara, atau putusan.")]
_IDENT = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_Count = Annotated[int, Field(ge=0, le=10**9)]
_Rupiah = Annotated[int, Field(ge=0, le=10**15)]
_Stages = Literal[tuple(stage.value for stage in Stage)]  # type: ignore[valid-type]
_Sources = Literal[tuple(each.value for each in MemberSource if each is not MemberSource.LIST)]  # type: ignore[valid-type]
_Ways = Literal[tuple(way.value for way in Way)]  # type: ignore[valid-type]
_Records = Literal[tuple(KINDS)]  # type: ignore[valid-type]
_Denominators = Literal[tuple(each.value for each in DenominatorKind)]  # type: ignore[valid-type]


class HoldIn(Sent):
    """A cooperative is held, or something is noted beside its code (membekukan: false)."""

    jenis: Literal["penahanan"]
    koperasi: Annotated[str, Field(pattern=rf"^{_IDENT}$")]
    alasan: Why
    bukti: _Paper = ""
    tanggal: Day = ""
    membekukan: bool = True


class ReleaseIn(Sent):
    """A hold is released, by the number of its fact."""

    jenis: Literal["pelepasan"]
    penahanan: Ident
    alasan: Why
    bukti: _Paper = ""
    tanggal: Day = ""


class _Statement(Schema):
    """What the programme states of a kelurahan. ganti: the number of the one of its kind that it stands in place of."""

    model_config = STRICT

    kode_kelurahan: Kelurahan
    tanggal: Day = ""
    bukti: _Proof
    ganti: Annotated[int | None, Field(ge=1, le=2**53)] = None


class FormationIn(_Statement):
    """How the cooperative came into being; koperasi: the traced one that a revived one goes on from."""

    jenis: Literal["pembentukan"]
    cara: _Ways  # type: ignore[valid-type]
    nama: Annotated[str, Field(min_length=1, max_length=174, pattern=SIGNS)]
    koperasi: Annotated[str, Field(pattern=rf"^({_IDENT})?$")] = ""


class StageIn(_Statement):
    """A step of the programme was reached; it counts once another person has checked it."""

    jenis: Literal["tahap"]
    tahap: _Stages  # type: ignore[valid-type]
    nomor: Annotated[str, Field(max_length=80, pattern=SIGNS)] = ""


class MembersIn(_Statement):
    """How many members there are."""

    jenis: Literal["anggota"]
    sumber: _Sources  # type: ignore[valid-type]
    jumlah: _Count


class DenominatorIn(_Statement):
    """How many households, residents or adults there are."""

    jenis: Literal["penyebut"]
    penyebut: _Denominators  # type: ignore[valid-type]
    jumlah: Annotated[int, Field(ge=1, le=10**9)]
    sumber: Annotated[str, Field(min_length=1, max_length=160, pattern=SIGNS)]


class CapitalIn(_Statement):
    """Simpanan pokok and wajib, due and paid, in rupiah."""

    jenis: Literal["simpanan"]
    anggota: _Count
    pokok_harus: _Rupiah
    pokok_dibayar: _Rupiah
    wajib_harus: _Rupiah
    wajib_dibayar: _Rupiah


class GovernanceIn(_Statement):
    """Books, the members' meeting of the last book year, supervisors: seen or not; null where nobody looked."""

    jenis: Literal["tata_kelola"]
    pembukuan: bool | None = None
    rat: bool | None = None
    pengawas: bool | None = None


class FinancingIn(_Statement):
    """The terms of a loan: rupiah, percent a year, months."""

    jenis: Literal["pembiayaan"]
    bank: Annotated[str, Field(min_length=1, max_length=80, pattern=SIGNS)]
    plafon: _Rupiah
    operasional: _Rupiah = 0
    bunga_persen: Annotated[float, Field(ge=0, le=100)]
    bulan: Annotated[int, Field(ge=1, le=1200)]
    bulan_tenggang: Annotated[int, Field(ge=0, le=1200)] = 0


class CheckIn(Sent):
    """What another person found of a step's proof; alasan: where it is not right."""

    jenis: Literal["pemeriksaan"]
    tahap: Ident
    benar: bool
    alasan: Annotated[str, Field(max_length=500, pattern=SIGNS)] = ""


class WithdrawIn(Sent):
    """A statement of the programme is taken back; it stays to be read."""

    jenis: Literal["penarikan"]
    catatan: _Records  # type: ignore[valid-type]
    nomor: Ident
    alasan: Why


_Fact = Annotated[
    HoldIn | ReleaseIn | FormationIn | StageIn | CheckIn | MembersIn | DenominatorIn | CapitalIn | GovernanceIn
    | FinancingIn | WithdrawIn | UnitIn | LookIn | PartnerIn | PriceIn | SessionIn | SeatIn | MentorIn | MentorEndIn,
    Field(discriminator="jenis"),
]  # fmt: skip


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


class StandingFact(Schema):
    """A statement that stands. jenis: its kind; isi: what it says; diperiksa_oleh, benar: of a step that was checked."""

    jenis: str
    nomor: int
    tanggal: Annotated[str, Field(json_schema_extra={"format": "date"})]
    bukti: str
    dicatat_oleh: str
    dicatat_pada: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    isi: dict[str, str | int | float | bool | None]
    diperiksa_oleh: str | None = None
    benar: bool | None = None


class StandingFacts(Schema):
    """What stands of one kelurahan: the programme's statements, the newest first; trade, training and mentoring."""

    kode_kelurahan: str
    fakta: list[StandingFact]
    unit: list[UnitOut]
    mitra: list[PartnerOut]
    pelatihan: list[TrainingOut]
    pendamping: list[MentorOut]
