"""Shapes of answers and of what is sent, from which the OpenAPI description is made.

Rows come from the columns of the open data: a column that is added there is described here. What is sent is strict: a
number is a number and no word is turned into one.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from telusur.opendata.rules.columns import ColumnKind
from telusur.opendata.rules.datasets import DATASETS, Dataset
from telusur.rounds.rules.sheet import DOCUMENT_CHOICES
from telusur.rounds.rules.visit import Evidence, Finding, Informant

__all__ = [
    "SIGNS",
    "STRICT",
    "VERSION",
    "Day",
    "PlaceIn",
    "PlaceOut",
    "ProblemOut",
    "Sent",
    "Text",
    "TokenOut",
    "VisitIn",
    "VisitsIn",
    "VisitsOut",
    "page_shape",
    "row_shape",
]

# Of the answers: raised whenever the same question would be answered in other bytes.
VERSION = "1.2.0"
_KINDS: dict[ColumnKind, Any] = {
    ColumnKind.TEXT: str,
    ColumnKind.INTEGER: int,
    ColumnKind.NUMBER: float,
    ColumnKind.DATE: date,
    ColumnKind.YES_NO: bool,
}


def row_shape(dataset: Dataset) -> type[Schema]:
    """A row of a set. No column is required: a reader may choose."""
    columns: dict[str, Any] = {
        column.name: (
            _KINDS[column.kind] if column.is_required else _KINDS[column.kind] | None,
            Field(None, title=column.title, description=column.says),
        )
        for column in DATASETS[dataset].columns
    }
    return create_model(f"{dataset.value.capitalize()}Row", __base__=Schema, **columns)


def page_shape(dataset: Dataset, row: type[Schema]) -> type[Schema]:
    """A page of rows: all pages of one reading show the state of `on`, as known at `known_at`."""
    columns: dict[str, Any] = {
        "data": (list[row], ...),  # type: ignore[valid-type]
        "next": (str | None, Field(..., description="Alamat halaman berikutnya; null di halaman terakhir.")),
        "on": (date, ...),
        "known_at": (datetime, ...),
        "licence": (str, ...),
    }
    return create_model(f"{dataset.value.capitalize()}Page", __base__=Schema, **columns)


class ProblemOut(Schema):
    """Problem details, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]] | None = None


# Of what is sent: a number is a number, and nothing stands in it that is not named.
STRICT = ConfigDict(strict=True, extra="forbid")


class Sent(Schema):
    """What is sent."""

    model_config = STRICT


# No control sign passes, so none reaches a database that refuses it.
SIGNS = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
Text = Annotated[str, Field(max_length=300, pattern=SIGNS)]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="Tanggal ISO, misalnya 2025-10-24.")]
Number = Annotated[str, Field(pattern=r"^(\d{13})?$", description="NIK koperasi, 13 angka; bukan nomor penduduk.")]


def _words(name: str, values: list[str]) -> Any:
    return Enum(name, {value or "none": value for value in values}, type=str)


_FINDINGS = _words("Temuan", [each.value for each in Finding])
_INFORMANTS = ["", *(each.value for each in Informant)]
_DOCUMENTS = ["", *(each.value for each in DOCUMENT_CHOICES)]


def _choice(values: list[str]) -> Any:
    """A text that is one of these."""
    return Annotated[str, Field(json_schema_extra={"enum": list(values)}, max_length=60)]


class VisitIn(Sent):
    """One visit: a row of the visit sheet, by the same rules. Without a NIK: found, but not in the register."""

    nik_koperasi: Number = ""
    nama: Annotated[str, Field(min_length=1, max_length=300, pattern=SIGNS)]
    tanggal: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    jam: Annotated[str, Field(pattern=r"^(\d{2}:\d{2})?$")] = ""
    petugas: Annotated[str, Field(min_length=1, max_length=60, pattern=SIGNS)]
    kunjungan_ke: Annotated[int, Field(ge=1, le=99)] | None = None
    temuan: _choice([each.value for each in Finding])  # type: ignore[valid-type]
    informan_1: _choice(_INFORMANTS) = ""  # type: ignore[valid-type]
    informan_2: _choice(_INFORMANTS) = ""  # type: ignore[valid-type]
    foto: _choice(["", Evidence.PHOTO.value, Evidence.GEOTAGGED_PHOTO.value]) = ""  # type: ignore[valid-type]
    bukti_usaha: _choice(["", Evidence.LEDGER.value, Evidence.TRANSACTION.value]) = ""  # type: ignore[valid-type]
    tanggal_bukti_usaha: Day = ""
    tahun_buku_rat: Annotated[int, Field(ge=1950, le=2100)] | None = None
    tanggal_rat: Day = ""
    notulen_rat: bool = False
    dokumen: _choice(_DOCUMENTS) = ""  # type: ignore[valid-type]
    nomor: Text = ""
    batas_berkas: Day = ""
    nik_dipertahankan: Number = ""
    penelaah: Text = ""
    catatan: Annotated[str, Field(max_length=2000, pattern=SIGNS)] = ""
    alamat: Text = ""
    kelurahan: Text = ""


class VisitsIn(Sent):
    """Up to 500 visits: all that can stand do, the others come back with the reason."""

    kunjungan: Annotated[list[VisitIn], Field(min_length=1, max_length=500)]


class RefusedOut(Schema):
    """A visit that was refused. row: its place in what was sent, from 1."""

    row: int
    column: str
    value: str
    code: str
    says: str
    mend: str


class VisitsOut(Schema):
    """What became of the visits. known: said nothing new; outside: found but not in the register."""

    rows_in: int
    accepted: int
    known: int
    outside: int
    refused: list[RefusedOut]


class PlaceIn(Sent):
    """Where a cooperative is, said by the office: a kelurahan, a point, or both, with the reason."""

    koperasi: Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    kode_kelurahan: Annotated[str, Field(pattern=r"^(\d{2}\.\d{2}\.\d{2}\.\d{4})?$")] = ""
    lintang: Annotated[float, Field(ge=-11, le=6)] | None = None
    bujur: Annotated[float, Field(ge=95, le=141)] | None = None
    alasan: Annotated[str, Field(min_length=1, max_length=500, pattern=SIGNS)]


class PlaceOut(Schema):
    """The facts that were recorded."""

    koperasi: str
    facts: list[int]


class TokenOut(Schema):
    """What a token may."""

    account: str
    label: str
    scopes: list[str]
    areas: list[str]
    expires_at: datetime
