"""Numbers of letters: the office's own pattern, a running number a year without a gap.

Pure. A pattern is text with named places, e.g. "{urut}/{kode}/DKUMKMP/{bulan}/{tahun}". `{urut}` is the running number,
`{urut:3}` with leading zeros; `{kode}` the kind of letter; `{bulan}` the month in Roman numerals; `{tahun}` the year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from telusur.notices.rules.stages import STAGE_MARKS, Stage
from telusur.words.reason import Reason

__all__ = ["DEFAULT_PATTERN", "Scheme", "pattern_faults"]

DEFAULT_PATTERN = "{urut:3}/{kode}/DISKOP/{bulan}/{tahun}"
_PLACE = re.compile(r"\{([^{}]*)\}")
_RUNNING = re.compile(r"urut(?::([1-9]))?")
_OTHERS = frozenset({"kode", "bulan", "tahun"})
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LONGEST = 80


def pattern_faults(pattern: str, *, per_stage: bool) -> tuple[Reason, ...]:
    """What is wrong with a pattern: two letters could get one number, or a place is not known. Empty when it may be used."""
    found: list[Reason] = []
    places = _PLACE.findall(pattern)
    unknown = [place for place in places if place not in _OTHERS and not _RUNNING.fullmatch(place)]
    if unknown or "{" in _PLACE.sub("", pattern) or "}" in _PLACE.sub("", pattern):
        what = ", ".join(f"{{{place}}}" for place in unknown) or "kurung yang tidak berpasangan"
        found.append(
            Reason(
                "number_place_unknown",
                "tempat {what} tidak dikenal; yang ada: urut, kode, bulan, tahun",
                {"what": what},
            )
        )
    if sum(bool(_RUNNING.fullmatch(place)) for place in places) != 1:
        found.append(Reason("number_needs_running", "pola nomor perlu tepat satu {tempat}", {"tempat": "{urut}"}))
    needed = ["tahun", *(["kode"] if per_stage else [])]
    for place in needed:
        if place not in places:
            found.append(
                Reason(
                    "number_not_unique",
                    "tanpa {tempat} dua surat dapat bernomor sama",
                    {"tempat": f"{{{place}}}"},
                )
            )
    if len(pattern) > _LONGEST or any(sign < " " for sign in pattern):
        found.append(Reason("number_too_long", "pola nomor paling panjang 80 huruf dalam satu baris"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the office numbers its letters. per_stage: each kind of letter has a series of its own.

    Raises ValueError for a pattern with faults.
    """

    pattern: str = DEFAULT_PATTERN
    per_stage: bool = False

    def __post_init__(self) -> None:
        faults = pattern_faults(self.pattern, per_stage=self.per_stage)
        if faults:
            raise ValueError(faults[0].sentence())

    def series(self, stage: Stage) -> str:
        """The name of the series in which a kind of letter is numbered."""
        return stage.value if self.per_stage else "all"

    def number(self, serial: int, stage: Stage, on: date) -> str:
        """The number of the `serial`-th letter of the year, signed on a day."""

        def put(found: re.Match[str]) -> str:
            place = found[1]
            running = _RUNNING.fullmatch(place)
            if running:
                return f"{serial:0{running[1] or 1}}"
            return {"kode": STAGE_MARKS[stage], "bulan": _ROMAN[on.month - 1], "tahun": str(on.year)}[place]

        return _PLACE.sub(put, self.pattern)
