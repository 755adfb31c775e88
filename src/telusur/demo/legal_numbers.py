"""Invented numbers of legal entity in every family of the registry's list, with the spellings seen there.

In: a random source, the family, the day, the office. Out: a number's text. Offices are invented (region 40 does not exist).
Source of the shapes: docs of the registry's public list; families as in `telusur.words.legal_number`.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from telusur.demo.measured import deal

__all__ = ["LegalNumbers"]

_ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SHAPES: Final[dict[str, dict[str, int]]] = {
    "regional": {
        "{n}/BH/{office}/{roman}/{year}": 110,
        "{n}/BH/XL/{roman}/{year}": 20,
        "{n}/BH/KOP/{roman}/{year}": 18,
        "{n}/BH/{office}/{year}": 14,
        "{n}/BH/{dashed}/Kop/{roman}/{year}": 12,
        "518/{n}/BH/{office}/{roman}/{year}": 8,
        "{n}/BH/{roman}/{year}": 6,
        "{n}{letter}/BH/{office}/{roman}/{year}": 6,
        "{n}//BH/{office}/{roman}/{year}": 4,
        "{n} /BH/ {spaced} / {roman} / {year}": 4,
        "{n}/BH/{office}/{roman}/{short}": 4,
        "{n}?BH/{office}/{roman}/{year}": 2,
        "{n}/BH/15": 2,
    },
    "kwk": {
        "{n}/BH/KWK.40/{roman}/{year}": 18,
        "{n}/BH/KWK.40.6/{roman}/{year}": 10,
        "{n}/BH/KWK-40/{roman}/{year}": 3,
        "{n}/BH/KWK.40/{roman}/{short}": 3,
    },
    "kdk": {
        "{n}/BH/KDK.40.6/{roman}/{year}": 90,
        "{n}/BH/KDK 40.6/{roman}/{year}": 4,
        "{n} /BH/KDK.40.6/{roman}/{year}": 3,
        "{n}/BH/KDK.40.6/{roman}/{short}": 2,
    },
    "pad": {
        "{n}/BH/PAD/{roman}/{year}": 32,
        "{n}/BH/PAD/KWK.40/{roman}/{year}": 9,
        "{n}/PAD/{roman}/{year}": 8,
        "{n}.{letter}/PAD/{office}/{roman}/{year}": 2,
    },
    "m_kukm": {
        "{long}/BH/M.KUKM.2/{roman}/{year}": 20,
        "{long}/BH/M.KUKM.2/{roman} /{year}": 2,
        "{long}/BH/M.KUKM/{roman}/{year}": 2,
    },
    "ahu": {
        "AHU-{seven}.AH.01.26.TAHUN {year}": 22,
        "AHU-{seven}.AH.01.26 TAHUN {year}": 4,
        "AHU-{seven}.AH.01.26.TAHUN{year}": 2,
        "AHU.{seven}.AH.01.26.TAHUN.{year}": 2,
        "AHU/{seven}.AH.01.26.TAHUN {year}": 1,
    },
    "amendment": {
        "{n}/BH/PAD/{roman}/{year}": 18,
        "{n}/PAD/{office}/{roman}/{year}": 10,
        "AHU-{seven}.AH.01.27.TAHUN {year}": 14,
        "{long}/PAD/M.KUKM.2/{roman}/{year}": 10,
    },
    "odd": {"-": 3, "dalam proses": 1, "Akta No. {n}": 1},
}


class LegalNumbers:
    """Deals numbers family by family, so that the spellings' shares hold in lists of any size."""

    __slots__ = ("_decks", "_rng")

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._decks: dict[str, Iterator[str]] = {family: deal(rng, shapes) for family, shapes in _SHAPES.items()}

    def next(self, family: str, year: int, month: int, office: str) -> str:
        """A number of `family` (a key of the shapes, "pad" and "amendment" among them) given in a month."""
        serial = self._rng.random()
        shape = next(self._decks[family])
        n = 1 + int(serial * serial * 1900)
        if family == "ahu":
            return shape.format(seven=f"{n + 1000 * month:07}", year=year)
        return shape.format(
            n=n,
            long=f"{n + 1000 * month:06}",
            seven=f"{n + 1000 * month:07}",
            roman=_ROMAN[month],
            year=year,
            short=f"{year % 100:02}",
            office=office,
            dashed=office.replace(".", "-"),
            spaced=office.replace(".", " "),
            letter="abc"[n % 3],
        )
