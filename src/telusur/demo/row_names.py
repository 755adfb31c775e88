"""Makes invented names of cooperatives, each different within its regency but for the measured share of doubles.

In: a random source, the kind's card, a village. Out: the name. Every name holds a coined word, so that it is nobody's.
"""

from __future__ import annotations

from random import Random

from telusur.demo import measured
from telusur.demo.coined import COINED, FIRM_WORDS, PLAIN, SHORT, pick
from telusur.demo.measured import Kind, deal

__all__ = ["NameMaker"]

_OFFICE_WORDS = ("Guru", "Dinas", "Kantor", "Setda", "Puskesmas", "Sekolah")
_UNITS = ("Detasemen", "Kompi", "Batalyon", "Satuan", "Markas")


class NameMaker:
    """Deals names; `enter` forgets those of the regency before."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._doubles = deal(rng, measured.DUPLICATE_NAME)
        self._given: list[str] = []
        self._seen: set[str] = set()
        self._doubled: set[str] = set()

    def enter(self) -> None:
        """Begin a regency."""
        self._given.clear()
        self._seen.clear()
        self._doubled.clear()

    def make(self, kind: Kind, village: str) -> str:
        """A name of `kind`; now and then one that was given before, and then not a third time."""
        if next(self._doubles) and self._given:
            again = pick(self._rng, self._given)
            if again not in self._doubled:
                self._doubled.add(again)
                return again
        while True:
            name = f"{kind.prefix} {self._proper(kind.shape, village)}"
            if kind.shape == "upper":
                name = name.upper()
            folded = name.lower()
            if folded not in self._seen:
                self._seen.add(folded)
                self._given.append(name)
                return name

    def _proper(self, shape: str, village: str) -> str:
        rng = self._rng
        roll, coined = rng.random(), pick(rng, COINED)
        if shape == "firm":
            firm = f"PT {coined} {pick(rng, FIRM_WORDS)}"
            return firm if roll < 0.4 else f"{pick(rng, PLAIN)} {pick(rng, PLAIN)} {firm}"
        if shape == "office" and roll < 0.5:
            return f"{pick(rng, _OFFICE_WORDS)} {coined}"
        if shape == "unit":
            return f"{pick(rng, _UNITS)} {coined}"
        if roll < 0.5:
            return f"{pick(rng, PLAIN)} {coined}"
        if roll < 0.7:
            return f"{pick(rng, PLAIN)} {pick(rng, PLAIN)} {coined}"
        if roll < 0.85:
            return f"{coined} {pick(rng, PLAIN)}"
        return f"{coined} {village}" if roll < 0.92 else f"{coined} {pick(rng, SHORT)}"
