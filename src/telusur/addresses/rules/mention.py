"""Finds the names of kelurahan and kecamatan inside an address: the longest names that its words spell, then misspelt ones.

Pure. In: words of an address and the names of one regency. Out: `Mention`s, each with how it is said and how it is spelt.
Names are met by their folded key (areas.rules.spelling), so "Gn. Sari", "Gunungsari" and "GOENOENG SARI" meet alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from telusur.addresses.rules.mention_words import Said, Word, follows_mark, is_kind, said
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.ladder import Entry, Rung
from telusur.areas.rules.spelling import Keys, keys_of
from telusur.words.area_code import AreaLevel

__all__ = ["Mention", "NameTable", "Near", "misspelt_mentions", "name_table", "strict_mentions"]

_LONGEST: Final = 6


class Mention(NamedTuple):
    """One name in an address.

    first, last: the run of words [first, last). entries: the areas of that name. distance: letters that differ.
    marked: a word such as "Timur" follows that is no part of the name.
    """

    first: int
    last: int
    entries: tuple[Entry, ...]
    level: AreaLevel
    said: Said
    distance: int
    marked: bool


class Near(NamedTuple):
    """A name to which a misspelt one is compared, by both keys: levelling old spellings may widen a slip of the hand."""

    folded: str
    compact: str
    marks: frozenset[str]
    entry: Entry

    def distance(self, folded: str, compact: str, most: int) -> int:
        """How many letters differ, by the kinder key; more than `most` when too many."""
        by_fold = OSA.distance(folded, self.folded, score_cutoff=most)
        return (
            by_fold
            if folded == compact and self.folded == self.compact
            else min(by_fold, OSA.distance(compact, self.compact, score_cutoff=most))
        )


class NameTable:
    """The names of one regency, keyed for finding them in running text."""

    __slots__ = ("_names", "_near", "longest", "openings")

    def __init__(self, kelurahan: Iterable[Entry], kecamatan: Iterable[Entry]) -> None:
        self._names: dict[str, list[tuple[AreaLevel, Entry]]] = {}
        self._near: dict[str, list[Near]] = {}
        self.longest = 1
        for level, entries in ((AreaLevel.KELURAHAN, kelurahan), (AreaLevel.KECAMATAN, kecamatan)):
            for entry in entries:
                keys = keys_of(entry.spelling)
                # "Metro Timur" shortened in Metro is a bare "Timur", which stands in many another name.
                if entry.rung is Rung.AFFIX and len(keys.marks) == len(entry.spelling.split()):
                    continue
                for form in dict.fromkeys(keys.folded):
                    if len(form) > 1:
                        self._names.setdefault(form, []).append((level, entry))
                if level is AreaLevel.KELURAHAN and keys.folded:
                    near = Near(keys.folded[0], keys.compact, keys.marks, entry)
                    self._near.setdefault(entry.area.parent, []).append(near)
                self.longest = max(self.longest, len(entry.spelling.split()) + 1)
        self.longest = min(self.longest, _LONGEST)
        self.openings = frozenset(name[:2] for name in self._names)

    def spelt(self, forms: Sequence[str]) -> list[tuple[AreaLevel, Entry]]:
        """The names with one of these folded keys."""
        return [hit for form in forms if form in self._names for hit in self._names[form]]

    def near(self, kecamatan_code: str | None) -> Iterable[Near]:
        """The names of the kelurahan of a kecamatan, of all without one."""
        if kecamatan_code is not None:
            return self._near.get(kecamatan_code, ())
        return (name for group in self._near.values() for name in group)


def name_table(gazetteer: Gazetteer, regency_code: str) -> NameTable:
    """The table of a regency, built on first use and kept with the gazetteer."""

    def make() -> NameTable:
        return NameTable(
            gazetteer.entries(AreaLevel.KELURAHAN, regency_code), gazetteer.entries(AreaLevel.KECAMATAN, regency_code)
        )

    return gazetteer.keep(("mentions", regency_code), make)


def strict_mentions(words: Sequence[Word], table: NameTable) -> list[Mention]:
    """The longest names that the words spell; none lies inside or across another. A run may name both levels."""
    found: list[tuple[int, int, list[tuple[AreaLevel, Entry]]]] = []
    for first in range(len(words)):
        for last in range(min(len(words), first + table.longest), first, -1):
            if any(word.cut for word in words[first + 1 : last]):
                continue
            hits = table.spelt(_forms(words, first, last))
            if hits:
                found.append((first, last, hits))
    found.sort(key=lambda run: (run[0] - run[1], run[0]))
    taken: set[int] = set()
    mentions: list[Mention] = []
    for first, last, hits in found:
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            mentions += _mentions(words, first, last, hits)
    return sorted(mentions)


def _forms(words: Sequence[Word], first: int, last: int) -> Sequence[str]:
    return keys_of(" ".join([word.text for word in words[first:last]])).folded


def _mentions(
    words: Sequence[Word], first: int, last: int, hits: Sequence[tuple[AreaLevel, Entry]]
) -> Iterable[Mention]:
    how, marked = said(words, first, last), follows_mark(words, last)
    for level in (AreaLevel.KELURAHAN, AreaLevel.KECAMATAN):
        entries = tuple(dict.fromkeys(entry for at, entry in hits if at is level))
        if entries:
            yield Mention(first, last, entries, level, how, 0, marked)


def misspelt_mentions(
    words: Sequence[Word], table: NameTable, kecamatan_code: str | None, taken: frozenset[int]
) -> list[Mention]:
    """Kelurahan of one kecamatan whose names the words nearly spell; without a kecamatan, only what is called a village.

    taken: the words that spell a name already. Of readings that share a word the nearest is kept, then the longest.
    """
    found: list[tuple[float, int, Mention]] = []
    for first in range(len(words)):
        for last in range(min(len(words), first + table.longest), first, -1):
            run = words[first:last]
            if any(word.cut for word in run[1:]) or not taken.isdisjoint(range(first, last)) or any(map(is_kind, run)):
                continue
            how = said(words, first, last)
            if kecamatan_code is None and how not in (Said.VILLAGE, Said.ALONE):
                continue
            keys = keys_of(" ".join([word.text for word in run]))
            form = keys.folded[0]
            limit = _allowed(len(form), wide=how is Said.VILLAGE and kecamatan_code is not None)
            if not limit:
                continue
            near = _nearest(keys, table.near(kecamatan_code), limit)
            if near:
                distance, entries = near
                mention = Mention(first, last, entries, AreaLevel.KELURAHAN, how, distance, follows_mark(words, last))
                found.append((distance / len(form), first - last, mention))
    kept: list[Mention] = []
    used: set[int] = set()
    for _, _, mention in sorted(found, key=lambda item: item[:2]):
        if used.isdisjoint(range(mention.first, mention.last)):
            used.update(range(mention.first, mention.last))
            kept.append(mention)
    return kept


def _allowed(length: int, *, wide: bool) -> int:
    """How many letters may differ: the same as for a stated name (areas.rules.ladder), none in a short one.

    wide: one more where the text calls it a village and the kecamatan, with its dozen names, is known.
    """
    if length < 5:
        return 0
    return (1 if length < 9 else 2) + (wide and length > 7)


def _nearest(keys: Keys, names: Iterable[Near], limit: int) -> tuple[int, tuple[Entry, ...]] | None:
    form, least, best = keys.folded[0], limit, list[Entry]()
    for name in names:
        if name.marks != keys.marks or abs(len(name.folded) - len(form)) > least + 1:
            continue
        distance = name.distance(form, keys.compact, least)
        if distance > least:
            continue
        if distance < least:
            least, best = distance, []
        best.append(name.entry)
    return (least, tuple(dict.fromkeys(best))) if best else None
