"""An area's code with the system that it belongs to. Kemendagri, BPS and ODS number the same place differently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["AreaCode", "AreaLevel", "CodeSystem"]


class CodeSystem(StrEnum):
    """Who numbers the areas."""

    KEMENDAGRI = "kemendagri"
    BPS = "bps"
    ODS = "ods"


class AreaLevel(StrEnum):
    """The four levels of administration, from wide to narrow."""

    PROVINSI = "provinsi"
    KABUPATEN_KOTA = "kabupaten_kota"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"


_LEVELS = tuple(AreaLevel)
_SHAPES = {
    CodeSystem.KEMENDAGRI: re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?"),
    CodeSystem.BPS: re.compile(r"[0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?"),
    CodeSystem.ODS: re.compile(r"[0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?"),
}
_WIDTHS = {2: 0, 4: 1, 7: 2, 10: 3}
_ROOT_WIDTHS = (2, 4, 7, 10)


@dataclass(frozen=True, slots=True, order=True)
class AreaCode:
    """`value` in the notation of its `system`: "64.71.02.1001" (Kemendagri), "6471050001" (BPS, ODS).

    Raises ValueError when the value has not the system's shape.
    """

    system: CodeSystem
    value: str

    def __post_init__(self) -> None:
        if not _SHAPES[self.system].fullmatch(self.value):
            raise ValueError(f"{self.value!r} is not a {self.system} area code")

    @property
    def level(self) -> AreaLevel:
        """How narrow the area is."""
        if self.system is CodeSystem.KEMENDAGRI:
            return _LEVELS[self.value.count(".")]
        return _LEVELS[_WIDTHS[len(self.value)]]

    @property
    def parent(self) -> AreaCode | None:
        """The next wider area; None for a province."""
        position = _LEVELS.index(self.level)
        if position == 0:
            return None
        if self.system is CodeSystem.KEMENDAGRI:
            return AreaCode(self.system, self.value.rpartition(".")[0])
        return AreaCode(self.system, self.value[: _ROOT_WIDTHS[position - 1]])

    def __str__(self) -> str:
        return f"{self.system}:{self.value}"
