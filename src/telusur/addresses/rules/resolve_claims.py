"""What an address says about its kelurahan: each name in it is a claim with a weight, set against the others.

Pure. In: words, the names of a regency, the kecamatan that is stated or named. Out: `Claim`s, the strongest first, whose
weights sum to at most 1. Source of the weights: resolve_weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from telusur.addresses.rules import resolve_weights as weights
from telusur.addresses.rules.address import Part, Slot
from telusur.addresses.rules.mention import Mention, NameTable, misspelt_mentions, strict_mentions
from telusur.addresses.rules.mention_words import Said, Word
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.ladder import Entry, Rung
from telusur.areas.rules.places import AreaName
from telusur.areas.rules.spelling import keys_of
from telusur.words.area_code import AreaLevel

__all__ = ["Claim", "Reading", "claims_of", "read_names"]

_STRONG: Final = 0.8
_UNSAID: Final = frozenset({Said.ALONE, Said.PLAIN, Said.BESIDE})
_WIDER_SLOTS: Final = {Slot.KECAMATAN: Said.KECAMATAN, Slot.CITY: Said.CITY}
_OWN: Final = frozenset({Said.VILLAGE, Said.ALONE, Said.PLAIN, Said.HAMLET})


@dataclass(frozen=True, slots=True)
class Claim:
    """One kelurahan and what speaks for it. weight: 0..1. wider: a kecamatan or the regency has its name."""

    area: AreaName
    weight: float
    mention: Mention
    wider: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The names that an address spells: of kelurahan, and of kecamatan."""

    words: tuple[Word, ...]
    kelurahan: tuple[Mention, ...]
    kecamatan: tuple[Mention, ...]

    def typed(self, mention: Mention, text: str) -> str:
        """The mention as it stands in the text."""
        return text[self.words[mention.first].start : self.words[mention.last - 1].end]


def read_names(words: Sequence[Word], table: NameTable, parts: Sequence[Part] = ()) -> Reading:
    """The names of the regency that stand in the words. parts: of the address, where it was parsed."""
    wider = [part for part in parts if part.slot in _WIDER_SLOTS]
    found = [_as_parsed(mention, words, wider) for mention in strict_mentions(words, table)]
    return Reading(
        tuple(words),
        tuple(mention for mention in found if mention.level is AreaLevel.KELURAHAN),
        tuple(mention for mention in found if mention.level is AreaLevel.KECAMATAN),
    )


def _as_parsed(mention: Mention, words: Sequence[Word], wider: Sequence[Part]) -> Mention:
    """A name that the parse calls a kecamatan or a city is one, unless the text calls it a village."""
    if mention.said not in _UNSAID:
        return mention
    start, end = words[mention.first].start, words[mention.last - 1].end
    around = next((part for part in wider if part.start <= start and end <= part.end), None)
    return mention if around is None else mention._replace(said=_WIDER_SLOTS[around.slot])


class _Weigher:
    """The claims of one address in one regency."""

    def __init__(
        self, gazetteer: Gazetteer, reading: Reading, regency_name: str, kecamatan: str | None, on: date | None
    ) -> None:
        self._gazetteer = gazetteer
        self._reading = reading
        self._kecamatan = kecamatan
        self._on = on
        self._regency = keys_of(regency_name).folded
        self._wider_runs = {(mention.first, mention.last) for mention in reading.kecamatan}
        self.best: dict[str, Claim] = {}

    def inside(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries in the stated kecamatan."""
        return [entry for entry in entries if entry.area.parent == self._kecamatan]

    def is_wider(self, mention: Mention) -> bool:
        """Whether a kecamatan or the regency has the name of the mention."""
        if (mention.first, mention.last) in self._wider_runs:
            return True
        run = " ".join(word.text for word in self._reading.words[mention.first : mention.last])
        return keys_of(run).folded == self._regency

    def add(self, mention: Mention, entries: Sequence[Entry], weight: float) -> None:
        """A claim for the one area of the entries; none where they mean several."""
        areas = {area.code: area for entry in entries for area in self._gazetteer.holding(entry.area, self._on)}
        if len(areas) != 1 or weight <= 0:
            return
        ((code, area),) = areas.items()
        if code not in self.best or self.best[code].weight < weight:
            self.best[code] = Claim(area, weight, mention, self.is_wider(mention))

    def strict(self) -> None:
        """Claims of the names that are spelt out."""
        for mention in self._reading.kelurahan:
            inside = self.inside(mention.entries)
            entries = inside or list(mention.entries)
            weight = self._weight(mention, bool(inside))
            if mention.said not in (Said.VILLAGE, Said.ALONE) and all(entry.rung is Rung.AFFIX for entry in entries):
                weight *= weights.SHORTENED
            self.add(mention, entries, weight * weights.marked_factor(mention.marked))

    def _weight(self, mention: Mention, inside: bool) -> float:
        wider = self.is_wider(mention)
        if not inside and self._kecamatan is not None:
            if mention.said is Said.ALONE and wider:
                whole = mention.first == 0 and mention.last == len(self._reading.words)
                return 0.66 if whole else 0.0
            return weights.OUTSIDE.get(mention.said, 0.03)
        if not wider:
            weight = weights.INSIDE[mention.said]
        elif self._said_twice(mention):
            weight = weights.REPEATED.get(mention.said, weights.AS_WIDER[mention.said])
        elif mention.said not in (Said.VILLAGE, Said.HAMLET) and self._another(mention):
            weight = weights.OVERRULED
        elif mention.first == 0 and mention.last == len(self._reading.words):
            weight = weights.WHOLE_AS_WIDER
        else:
            weight = weights.AS_WIDER[mention.said]
        if self._kecamatan is None and mention.said not in (Said.VILLAGE, Said.ALONE):
            weight *= 0.8
        return weight

    def _said_twice(self, mention: Mention) -> bool:
        codes = {entry.area.code for entry in mention.entries}
        rest = (other for other in self._reading.kelurahan if other is not mention and other.said is not Said.CITY)
        return any(entry.area.code in codes for other in rest for entry in other.entries)

    def _another(self, mention: Mention) -> bool:
        """Whether the address names another kelurahan of the kecamatan that shares its name with nothing wider."""
        for other in self._reading.kelurahan:
            if other is mention or other.said not in _OWN or self.is_wider(other):
                continue
            if self._kecamatan is None or self.inside(other.entries):
                return True
        return False

    def misspelt(self, table: NameTable) -> None:
        """Claims of names that are nearly spelt, unless one that is spelt out is strong."""
        if any(claim.weight >= _STRONG for claim in self.best.values()):
            return
        spelt = (*self._reading.kelurahan, *self._reading.kecamatan)
        taken = frozenset(at for mention in spelt for at in range(mention.first, mention.last))
        for mention in misspelt_mentions(self._reading.words, table, self._kecamatan, taken):
            weight = weights.MISSPELT.get(mention.said, 0.0)
            typed = self._reading.words[mention.first].text
            if mention.said not in (Said.VILLAGE, Said.ALONE):
                same = any(entry.spelling[:1].casefold() == typed[:1] for entry in mention.entries)
                weight *= 1.0 if same and mention.distance == 1 else 0.7
            self.add(mention, mention.entries, weight * weights.marked_factor(mention.marked))


def claims_of(
    gazetteer: Gazetteer,
    reading: Reading,
    table: NameTable,
    *,
    regency_name: str,
    kecamatan_code: str | None,
    on: date | None,
) -> list[Claim]:
    """The kelurahan that an address speaks for, the likeliest first; several strong ones weaken each other.

    regency_name: its proper name, without "Kota". kecamatan_code: the stated or named one, None when unknown.
    """
    weigher = _Weigher(gazetteer, reading, regency_name, kecamatan_code, on)
    weigher.strict()
    weigher.misspelt(table)
    odds = {code: claim.weight / (1 - claim.weight) for code, claim in weigher.best.items()}
    total = 1 + sum(odds.values())
    claims = [
        Claim(claim.area, round(odds[code] / total, 4), claim.mention, claim.wider)
        for code, claim in weigher.best.items()
    ]
    return sorted(claims, key=lambda claim: (-claim.weight, claim.area.code))
