"""Words that a sheet and a printed route share. Paper is Indonesian."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from telusur.planning.rules.problem import Purpose

__all__ = ["PURPOSES", "long_day"]

PURPOSES: Mapping[str, str] = {
    Purpose.VALUE.value: "paling berguna",
    Purpose.RANDOM.value: "urutan acak",
    Purpose.BACK_CHECK.value: "periksa ulang",
    Purpose.REVISIT.value: "kunjungan ulang",
}
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def long_day(on: date) -> str:
    """Rabu, 25 November 2026."""
    return f"{_DAYS[on.weekday()]}, {on.day} {_MONTHS[on.month - 1]} {on.year}"
