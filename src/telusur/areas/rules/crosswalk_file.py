"""Reads a crosswalk sheet: codes of BPS or of the registry beside Kemendagri's.

In: the cells of a CSV, header first, and the codes that are known. Out: lines and refusals; rows in = both together.
Source: the columns of BPS's bridging table ("kode_bps", "kode_kemendagri"); "share" is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from telusur.areas.rules.places import CrosswalkLine
from telusur.areas.rules.rows import level_of
from telusur.words.area_code import AreaCode, CodeSystem
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["CrosswalkReading", "read_crosswalk"]

_TO_LABELS = ("kode_kemendagri", "kemendagri")
_SHARE_LABELS = ("share", "bagian")


@dataclass(frozen=True, slots=True)
class CrosswalkReading:
    """Everything that a sheet holds: `rows_in_count` = lines + refusals of rows (a refused file has no rows)."""

    rows_in_count: int
    lines: tuple[CrosswalkLine, ...]
    refusals: tuple[Refusal, ...]


def read_crosswalk(
    rows: Iterable[Sequence[str]], system: CodeSystem, known: Collection[str], source: str
) -> CrosswalkReading:
    """Lines of a sheet. `known`: Kemendagri codes of the gazetteer. Blank rows are passed over. Row 1 is the header."""
    cells = iter(rows)
    header = [label.strip().casefold().replace(" ", "_") for label in next(cells, [])]
    from_at = _position(header, (f"kode_{system}", system.value, "kode", "code"))
    to_at = _position(header, _TO_LABELS)
    share_at = _position(header, _SHARE_LABELS)
    if from_at is None or to_at is None:
        values = {"columns": f"kode_{system}, kode_kemendagri"}
        reason = Reason("crosswalk_header", "Berkas tidak memuat kolom {columns}", values)
        mend = "tulis nama kolom itu di baris pertama"
        return CrosswalkReading(0, (), (Refusal(None, "", ", ".join(header)[:80], reason, mend),))
    lines: dict[tuple[str, str], CrosswalkLine] = {}
    refusals: list[Refusal] = []
    count = 0
    for number, row in enumerate(cells, start=2):
        if not any(cell.strip() for cell in row):
            continue
        count += 1
        code, to_code = _cell(row, from_at), _cell(row, to_at)
        share = _share(_cell(row, share_at)) if share_at is not None else 1.0
        fault = _fault(system, code, to_code, share, known, lines)
        if fault is not None:
            refusals.append(Refusal(number, *fault))
        else:
            lines[(code, to_code)] = CrosswalkLine(system, code, to_code, share, source)
    return CrosswalkReading(count, tuple(lines.values()), tuple(refusals))


def _position(header: Sequence[str], labels: Sequence[str]) -> int | None:
    return next((header.index(label) for label in labels if label in header), None)


def _cell(row: Sequence[str], position: int) -> str:
    return row[position].strip() if position < len(row) else ""


def _share(text: str) -> float | None:
    """A share of 0..1 with a dot or a comma; blank means all of it; None for anything else."""
    try:
        share = float(text.replace(",", ".")) if text else 1.0
    except ValueError:
        return None
    return share if 0 < share <= 1 else None


def _fault(
    system: CodeSystem,
    code: str,
    to_code: str,
    share: float | None,
    known: Collection[str],
    lines: Collection[tuple[str, str]],
) -> tuple[str, str, Reason, str] | None:
    try:
        level = AreaCode(system, code).level
    except ValueError:
        values = {"system": system.upper()}
        reason = Reason("crosswalk_code", "Bukan kode {system}", values)
        return f"kode_{system}", code, reason, "tulis 2, 4, 7, atau 10 angka tanpa titik"
    if to_code not in known:
        reason = Reason("area_code_unknown_here", "Kode Kemendagri ini tidak ada di daftar wilayah")
        return (
            "kode_kemendagri",
            to_code,
            reason,
            "periksa kodenya; wilayah yang sudah berganti kode dicatat tersendiri",
        )
    if level is not level_of(to_code):
        reason = Reason("crosswalk_level", "Kedua kode tidak setingkat")
        return "kode_kemendagri", to_code, reason, "pasangkan kode yang setingkat"
    if share is None:
        reason = Reason("crosswalk_share", "Bagian harus angka di antara 0 dan 1")
        return "share", "", reason, "kosongkan atau tulis seperti 0,8"
    if (code, to_code) in lines:
        return f"kode_{system}", code, Reason("crosswalk_twice", "Pasangan kode tertulis dua kali"), "hapus salah satu"
    return None
