"""What it means that a text names a kelurahan, as a reader would say it; knows nothing of the resolver.

A text is cut into phrases at commas, other signs, numbers (also I, II, IV) and the words that begin another part of an
address (RT, No, Km, Kel, Kec, Jl, Gg, Perum). The text names a kelurahan where a phrase that is not a street's (begun by Jl,
Gg and the like) begins with its name, and nothing follows but the names of its kecamatan, city or province. So "Jl. Telaga
Sari No. 3" names a street, and "Bukit Cinta Damai" another place than Damai. Where a phrase names another kelurahan of the
regency, longer names first ("Sepinggan Raya" is not Sepinggan), the row is left out: its column and its text disagree.

Misspelt counts up to one letter in seven (0 of 6 and less, 1 of 7 to 13, 2 of 14 and more; a swap of neighbours is one).
Names of one regency share their first word (Karang Jati, Karang Rejo), so the difference sits in the last four or five
letters: two letters of ten make Jawa of Jati. And it must be nearer than to any other name of the regency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from telusur.areas.rules.gazetteer import Gazetteer

__all__ = ["REASONS", "Named"]

# Why a row that the mechanical nearness counts is left out of the strict figure.
REASONS: Final = {
    "street": "the name stands in a street's name alone",
    "another": "the text names another kelurahan of the regency",
    "longer": "the name is a part of a longer place's name",
    "far": "nearly the name, but more than one letter in seven differs, or another is as near",
}
_ROADS: Final = frozenset(["jl", "jln", "jalan", "jalur", "gg", "gang", "lorong", "lr"])
_KELURAHAN: Final = frozenset(["kel", "kelurahan", "kelurahn", "klurahan", "desa", "ds"])
_ABOVE: Final = frozenset(["kec", "kecamatan", "kota", "kab", "kabupaten", "prov", "provinsi"])
_ADDRESS: Final = frozenset(["rt", "rw", "no", "nomor", "nmr", "km", "blok", "blk", "ruko", "gedung", "lantai"])
_PLACES: Final = frozenset(
    ["perum", "perumahan", "komp", "komplek", "kompleks", "dusun", "dsn", "lingkungan", "kampung", "kp"]
)
_BESIDE: Final = frozenset(["samping", "depan", "belakang", "sebelah", "dekat", "simpang"])
_PARTS: Final = _ADDRESS | _PLACES | _BESIDE
_BEGINS: Final = {"road": _ROADS, "kelurahan": _KELURAHAN, "above": _ABOVE}
_NUMBERS: Final = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
_TOKENS: Final = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9\s]")


def _run(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", text.lower()))


def _limit(name: str) -> int:
    return len(name) // 7


def phrases(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(what begins it: "road", "kelurahan", "above" or "", its words) of a text, in order."""
    begins = {word: kind for kind, held in _BEGINS.items() for word in held}
    begun: str = ""
    words: list[str] = []
    for token in _TOKENS.findall(text.lower()):
        ends = not token.isalpha() or token in _PARTS or token in _NUMBERS or token in begins
        if not ends:
            words.append(token)
            continue
        # "Jl. " and "Kel. ": the dot belongs to the word before it.
        if token == "." and not words:
            continue
        if words:
            yield begun, tuple(words)
        begun, words = begins.get(token, ""), []
    if words:
        yield begun, tuple(words)


class Named:
    """Reads texts of a regency against the names of its kelurahan."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._of = lru_cache(maxsize=None)(self._names)

    def _names(self, regency: str) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
        """(codes by run-together name, run-together names of what stands above a kelurahan)."""
        codes: dict[str, set[str]] = {}
        above = [self._gazetteer.area(regency), self._gazetteer.area(regency[:2])]
        for kecamatan in self._gazetteer.children(regency):
            above.append(kecamatan)
            for area in self._gazetteer.children(kecamatan.code):
                codes.setdefault(_run(area.name), set()).add(area.code)
        tails = {_run(area.name) for area in above if area is not None}
        tails |= {re.sub(r"^(kota|kabupaten)", "", tail) for tail in tails} | {"kaltim", "indonesia"}
        return {name: frozenset(held) for name, held in codes.items()}, frozenset(tails)

    def reason(self, text: str, code: str) -> str:
        """Why a text does not name the kelurahan of this code (a key of `REASONS`); "" where it does."""
        codes, tails = self._of(code[:5])
        area = self._gazetteer.area(code)
        name = _run(area.name) if area is not None else ""
        found = {self._read(words, begun, name, codes, tails) for begun, words in phrases(text)} - {""}
        if "another" in found:
            return "another"
        if "named" in found:
            return ""
        return next((why for why in ("street", "longer") if why in found), "far")

    def _read(
        self, words: tuple[str, ...], begun: str, name: str, codes: dict[str, frozenset[str]], tails: frozenset[str]
    ) -> str:
        if begun == "above":
            return ""
        runs = ["".join(words[:count]) for count in range(len(words), 0, -1)]
        whole = [(run, "".join(words[len(words) - at :])) for at, run in enumerate(runs)]
        if begun == "road":
            return "street" if self._holds(words, name) else ""
        ending = [run for run, rest in whole if not rest or any(rest.startswith(tail) for tail in tails)]
        exact = next((run for run in ending if run in codes), "")
        if exact:
            # A kecamatan or city may bear the name of one of its kelurahan.
            is_above = exact in tails and begun != "kelurahan"
            return "named" if exact == name else "" if is_above else "another"
        if any(0 < _limit(name) >= OSA.distance(run, name) < self._nearest(run, name, codes) for run in ending):
            return "named"
        return "longer" if self._holds(words, name) else ""

    @staticmethod
    def _holds(words: tuple[str, ...], name: str) -> bool:
        return any(
            "".join(words[start:end]) == name for start in range(len(words)) for end in range(start + 1, len(words) + 1)
        )

    @staticmethod
    def _nearest(run: str, name: str, codes: dict[str, frozenset[str]]) -> int:
        return min((OSA.distance(run, other) for other in codes if other != name), default=len(run))
