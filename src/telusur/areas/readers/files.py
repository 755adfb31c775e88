"""Reads the files that an office brings for its areas: GeoJSON and CSV, bounded in size, never half.

In: a path. Out: a parsed document or cells. Raises AreaRefused with a sentence that names the file and the mend.
Source: RFC 7946 for GeoJSON; CSV in UTF-8 (with or without BOM) or CP1252, separated by comma, semicolon or tab.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from telusur.areas.rules.places import AreaRefused
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["AreaFile", "cells", "document", "read", "refused"]

LARGEST_BYTES = 128 * 1024 * 1024
_LONGEST_SOURCE_NAME = 100


@dataclass(frozen=True, slots=True)
class AreaFile:
    """A file's name, its bytes and their SHA-256 in hexadecimal."""

    name: str
    content: bytes
    digest: str

    @property
    def source(self) -> str:
        """How rows name the file that they came from."""
        return f"{self.name[:_LONGEST_SOURCE_NAME]} sha256:{self.digest[:16]}"


def read(path: Path) -> AreaFile:
    """The whole file, at most 128 MiB."""
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise refused(path.name, "file_large", f"lebih besar dari {LARGEST_BYTES // 1024**2} MiB")
        content = path.read_bytes()
    except OSError as error:
        raise refused(path.name, "file_unreadable", "tidak dapat dibaca") from error
    if not content.strip():
        raise refused(path.name, "file_empty", "kosong")
    return AreaFile(path.name, content, hashlib.sha256(content).hexdigest())


def document(file: AreaFile) -> object:
    """The JSON that the file holds."""
    try:
        parsed: object = orjson.loads(file.content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise refused(file.name, "geojson_unreadable", "bukan JSON yang utuh; mungkin terpotong") from error
    return parsed


def cells(file: AreaFile) -> Iterator[list[str]]:
    """The rows of a CSV, header first. The separator is the one that the first line holds most of."""
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise refused(file.name, "csv_binary", "bukan CSV: memuat bita nol")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise refused(file.name, "csv_unreadable", "bukan CSV yang utuh: tanda kutip tidak tertutup") from error


def refused(name: str, code: str, says: str) -> AreaRefused:
    """A whole file that is not taken: «name» says what is wrong with it."""
    reason = Reason(code, f"Berkas «{{file}}» {says}", {"file": name})
    return AreaRefused(Refusal(None, "", "", reason, "perbaiki atau ganti berkasnya, lalu impor ulang"))
