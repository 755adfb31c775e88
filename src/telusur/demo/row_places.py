"""Makes where a cooperative is said to be: its address, kelurahan and kecamatan as lists write them, and its number (NIK).

In: a random source, a regency, the village where it truly lies. Out: texts with the measured noise: blanks, codes typed as
names, slips, the kecamatan of before a split, one address for several.
"""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

from telusur.demo import measured
from telusur.demo.city import Regency, Village
from telusur.demo.coined import SHORT, pick
from telusur.demo.corruptions import CORRUPTIONS, misspell
from telusur.demo.measured import deal

__all__ = ["BLANK", "AddressMaker", "Place", "PlaceMaker"]

BLANK: Final = " "
_MOST_AT_ONE_ADDRESS = 12
_HUBS = 2
_HUB_SHARE = 0.33
_SHORTEST_FULL = 12
# Of the rows in a split-off kecamatan, how many still state the one of before.
_SPLIT_SHARE = 0.4
_UNKNOWN_PART = "010"


class AddressMaker:
    """Deals addresses; `enter` forgets those of the regency before."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._states = deal(rng, measured.ADDRESS)
        self._shared = deal(rng, measured.SHARED_ADDRESS)
        self._jl = deal(rng, measured.JL)
        self._rt = deal(rng, measured.RT)
        self._number = deal(rng, measured.NUMBER)
        self._tail = deal(rng, measured.TAIL)
        self._given: list[str] = []
        self._counts: dict[str, int] = {}
        self._village = ""
        self._hub_villages: set[str] = set()

    def enter(self, regency: Regency) -> None:
        """Begin a regency: its two biggest villages have a house where many are registered."""
        self._village = ""
        self._counts.clear()
        self._hub_villages = {
            village.code for village in sorted(regency.villages, key=lambda village: -village.weight)[:_HUBS]
        }

    def make(self, village: Village, city: str) -> str:
        """An address in `village`; one that others have is always of the same village."""
        if village.code != self._village:
            self._village = village.code
            self._given.clear()
        state = next(self._states)
        if state == "full":
            return self._again(village.code) or self._full(village, city)
        if state == "short":
            word = pick(self._rng, SHORT)
            return f"Jl. {word}" if self._rng.random() < 0.65 and len(word) < 8 else word
        return "-" if state == "dash" else BLANK

    def _again(self, village_code: str) -> str:
        """An address given before, or "": the first of a big village gathers many, any other now and then a second."""
        given = self._given
        if not given:
            return ""
        if village_code in self._hub_villages and self._rng.random() < _HUB_SHARE:
            address = given[0]
        elif next(self._shared):
            address = pick(self._rng, given)
        else:
            return ""
        if self._counts[address] >= _MOST_AT_ONE_ADDRESS:
            return ""
        self._counts[address] += 1
        return address

    def _full(self, village: Village, city: str) -> str:
        rng = self._rng
        address = f"{next(self._jl)}{pick(rng, village.streets)}"
        number, rt, tail = next(self._number), next(self._rt), next(self._tail)
        if number:
            address += number.format(1 + int(rng.random() * 180))
        if rt:
            address += rt.format(1 + int(rng.random() * 60))
        if tail:
            address += tail.format(village=village.name, city=city, kecamatan=village.kecamatan, word=pick(rng, SHORT))
        if len(address) < _SHORTEST_FULL:
            address = f"{address} {village.name}"
        if address not in self._counts:
            self._counts[address] = 1
            self._given.append(address)
        else:
            self._counts[address] += 1
        return address


class Place(NamedTuple):
    """What a row states of its place."""

    kelurahan: str
    kecamatan: str
    nik_koperasi: str


class PlaceMaker:
    """Deals kelurahan, kecamatan and NIK koperasi; `enter` begins a regency and its running numbers."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._kelurahan = deal(rng, measured.KELURAHAN)
        self._kecamatan = deal(rng, measured.KECAMATAN)
        self._part_blank = deal(rng, measured.VILLAGE_PART_BLANK)
        self._part_filled = deal(rng, measured.VILLAGE_PART_FILLED)
        self._running: dict[str, int] = {}

    def enter(self) -> None:
        """Begin a regency."""
        self._running.clear()

    def make(self, regency: Regency, village: Village) -> Place:
        """What the list says of a cooperative in `village`. Raises ValueError when a kelurahan's 999 numbers are used up."""
        kecamatan = self._stated_kecamatan(regency, village)
        spelling = next(self._kelurahan)
        part = next(self._part_blank if spelling == "blank" else self._part_filled)
        if kecamatan != village.kecamatan or part == "unknown":
            own = _UNKNOWN_PART
        else:
            own = village.ods_part if part == "right" else pick(self._rng, regency.villages).ods_part
        prefix = f"{regency.ods}{regency.ods_kecamatan[kecamatan]}{own}"
        running = self._running.get(prefix, 0) + (1 if self._rng.random() < 0.8 else 2)
        if running > 999:
            raise ValueError(f"the numbers of {prefix} are used up; spread the rows over more regencies")
        self._running[prefix] = running
        return Place(self._stated_kelurahan(regency, village, spelling), kecamatan, f"{prefix}{running:03}")

    def _stated_kecamatan(self, regency: Regency, village: Village) -> str:
        if next(self._kecamatan) == "other":
            return pick(self._rng, regency.villages).kecamatan
        if village.older_kecamatan and self._rng.random() < _SPLIT_SHARE:
            return village.older_kecamatan
        return village.kecamatan

    def _stated_kelurahan(self, regency: Regency, village: Village, spelling: str) -> str:
        if spelling == "plain":
            return village.name
        if spelling == "blank":
            return BLANK
        if spelling == "code":
            return f"{regency.ods}{village.ods_kecamatan}{village.ods_part}"
        if spelling == "prefix":
            return f"Kelurahan {village.name}"
        if spelling != "typo":
            changed = CORRUPTIONS[spelling](village.name, self._rng)
            if changed != village.name:
                return changed
        return misspell(village.name, self._rng)
