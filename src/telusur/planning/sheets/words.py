"""Words that a sheet and a printed route share. Paper is Indonesian."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from telusur.planning.rules.problem import Purpose
from telusur.words.months import long_day

__all__ = ["PURPOSES", "day_of_week"]

PURPOSES: Mapping[str, str] = {
    Purpose.VALUE.value: "paling berguna",
    Purpose.RANDOM.value: "urutan acak",
    Purpose.BACK_CHECK.value: "periksa ulang",
    Purpose.REVISIT.value: "kunjungan ulang",
}
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def day_of_week(on: date) -> str:
    """Rabu, 25 November 2026."""
    return f"{_DAYS[on.weekday()]}, {long_day(on)}"
