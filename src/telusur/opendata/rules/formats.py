"""The forms in which a set leaves: ending, media type, what each is for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["FORM_WORDS", "MEDIA_TYPES", "Form"]


class Form(StrEnum):
    """A form of a file; the value is its ending."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    JSONL = "jsonl"


MEDIA_TYPES: Mapping[Form, str] = {
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PARQUET: "application/vnd.apache.parquet",
    Form.GEOJSON: "application/geo+json",
    Form.JSONL: "application/jsonl",
}
FORM_WORDS: Mapping[Form, str] = {
    Form.CSV: "teks berkolom, untuk apa saja",
    Form.XLSX: "lembar kerja, untuk Excel dan LibreOffice",
    Form.PARQUET: "kolom terkompresi, untuk analisis",
    Form.GEOJSON: "peta, untuk QGIS",
    Form.JSONL: "satu objek sebaris, untuk program",
}
