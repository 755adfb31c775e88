"""Checks areas before they are kept, and changes of areas before they are recorded.

In: rows and successors with what is already known. Out: refusals; none means that all may be written.
Source: the shape of Kemendagri's codes (Permendagri 58/2021: 2, 2.2, 2.2.2, 2.2.2.4 digits).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telusur.areas.rules.boundaries import geometry_fault
from telusur.areas.rules.places import AreaName, AreaRow
from telusur.words.area_code import AreaLevel
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = [
    "LONGEST_NAME",
    "ChangeKind",
    "Successor",
    "change_faults",
    "level_of",
    "parent_of",
    "row_faults",
]

LONGEST_NAME = 120
_LEVELS = tuple(AreaLevel)
_SHAPE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")


class ChangeKind(StrEnum):
    """What happened to an area.

    rename: same code, another name. split: the area goes on under its code and gives land to new ones.
    replace: the area ends; others follow it (a new code, a merger, a division).
    """

    RENAME = "rename"
    SPLIT = "split"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Successor:
    """An area after a change. `share`: the part of the old area that went there (0..1], None when unknown."""

    code: str
    name: str
    share: float | None = None


def level_of(code: str) -> AreaLevel | None:
    """The level that a Kemendagri code's shape says, None when it has no such shape."""
    return _LEVELS[code.count(".")] if _SHAPE.fullmatch(code) else None


def parent_of(code: str) -> str:
    """The code of the next wider area, "" for a province."""
    return code.rpartition(".")[0]


def row_faults(rows: Sequence[AreaRow], known: Collection[str]) -> list[Refusal]:
    """Why rows may not be loaded. Rows are numbered from 1; `known`: codes that are kept already."""
    codes = {row.code for row in rows}
    seen: set[str] = set()
    faults: list[Refusal] = []
    for number, row in enumerate(rows, start=1):
        fault = _row_fault(row, codes, known, seen)
        if fault is not None:
            column, value, reason, mend = fault
            faults.append(Refusal(number, column, value, reason, mend))
        seen.add(row.code)
    return faults


def _row_fault(
    row: AreaRow, codes: Collection[str], known: Collection[str], seen: Collection[str]
) -> tuple[str, str, Reason, str] | None:
    level = level_of(row.code)
    if level is None:
        return "code", row.code, Reason("area_code_shape", "Bukan kode Kemendagri"), "tulis seperti 64.71.02.1001"
    if level is not row.level:
        says = Reason("area_level", "Tingkat wilayah tidak sesuai dengan kodenya")
        return "level", row.level, says, f"tulis {level.value}"
    if row.parent != parent_of(row.code):
        says = Reason("area_parent", "Wilayah induk tidak sesuai dengan kodenya")
        return "parent", row.parent, says, f"tulis «{parent_of(row.code)}»"
    if row.parent and row.parent not in codes and row.parent not in known:
        says = Reason("area_orphan", "Wilayah induk belum ada")
        return "parent", row.parent, says, "muat wilayah induknya lebih dahulu"
    if not row.name.strip() or len(row.name) > LONGEST_NAME or "\x00" in row.name:
        says = Reason("area_name", "Nama wilayah kosong atau terlalu panjang")
        return "name", row.name[:40], says, f"isi nama dengan 1 sampai {LONGEST_NAME} huruf"
    if row.code in seen:
        return "code", row.code, Reason("area_twice", "Kode tertulis dua kali"), "hapus salah satu baris"
    if row.boundary is not None:
        try:
            fault = geometry_fault(json.loads(row.boundary))
        except ValueError:
            fault = Reason("area_boundary_json", "Batas bukan GeoJSON")
        if fault is not None:
            return "boundary", row.boundary[:40], fault, "perbaiki batasnya atau kosongkan"
    return None


def change_faults(
    kind: ChangeKind,
    old: AreaName,
    on: date,
    into: Sequence[Successor],
    known: Collection[str],
    children_count: int,
) -> list[Refusal]:
    """Why a change may not be recorded. `known`: codes that hold now; `children_count`: areas right below `old`."""
    faults: list[Refusal] = []

    def refuse(column: str, value: str, code: str, says: str, mend: str) -> None:
        faults.append(Refusal(None, column, value, Reason(code, says), mend))

    if old.valid_from is not None and on <= old.valid_from:
        refuse(
            "on", on.isoformat(), "change_too_early", "Perubahan mendahului berlakunya wilayah", "periksa tanggalnya"
        )
    if not into:
        refuse("into", "", "change_empty", "Perubahan tanpa wilayah hasil", "sebut kode dan nama hasilnya")
    for successor in into:
        if level_of(successor.code) is not old.level:
            refuse("into", successor.code, "change_level", "Kode hasil bukan setingkat", "periksa kodenya")
        elif not successor.name.strip() or len(successor.name) > LONGEST_NAME:
            refuse("into", successor.name[:40], "area_name", "Nama wilayah kosong atau terlalu panjang", "isi namanya")
        elif parent_of(successor.code) not in known and old.level is not AreaLevel.PROVINSI:
            refuse("into", successor.code, "area_orphan", "Wilayah induk belum ada", "catat induknya lebih dahulu")
        if successor.share is not None and not 0 < successor.share <= 1:
            refuse("share", str(successor.share), "change_share", "Bagian harus di antara 0 dan 1", "periksa bagiannya")
    codes = [successor.code for successor in into]
    if len(set(codes)) != len(codes):
        refuse("into", ", ".join(codes), "area_twice", "Kode tertulis dua kali", "hapus salah satu")
    if kind is ChangeKind.RENAME and codes != [old.code]:
        refuse("into", ", ".join(codes), "change_rename", "Ganti nama tidak mengubah kode", "tulis satu nama baru")
    if kind is not ChangeKind.RENAME and old.code in codes:
        refuse("into", old.code, "change_self", "Wilayah hasil sama dengan asalnya", "sebut hanya wilayah yang lain")
    if kind is ChangeKind.SPLIT and any(code in known for code in codes):
        refuse("into", ", ".join(codes), "change_exists", "Kode hasil pemekaran sudah dipakai", "periksa kodenya")
    if kind is ChangeKind.REPLACE and children_count:
        says = f"Wilayah ini masih memuat {children_count} wilayah"
        refuse("code", old.code, "change_children", says, "catat perubahan wilayah di bawahnya lebih dahulu")
    return faults
