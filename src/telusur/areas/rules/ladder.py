"""Finds one typed name among official names, rung by rung: exact, spaced otherwise, short form, old spelling, misspelt.

In: the variants of a text and an index of names. Out: the entries of the first rung that holds any, never a mixture.
Source of the confidences: set below the share read rightly, rung by rung, in BPS's spellings of 81,809 desa.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import OSA

from telusur.areas.rules.places import AreaName
from telusur.areas.rules.spelling import Keys, Variant, exact_key, keys_of

__all__ = ["Entry", "Found", "NameIndex", "Rung"]


class Rung(StrEnum):
    """How a text came to be read as a name."""

    EXACT = "exact"
    ALIAS = "alias"
    SPACING = "spacing"
    AFFIX = "affix"
    SHORT_FORM = "short_form"
    FOLDED = "folded"
    MISSPELT = "misspelt"


_CONFIDENCE = {Rung.EXACT: 1.0, Rung.SPACING: 0.98, Rung.SHORT_FORM: 0.96, Rung.FOLDED: 0.93}
_DROPPED = (1.0, 0.98, 0.95)
_MISSPELT_TOP = 0.9


class Entry(NamedTuple):
    """One spelling of one area. `confidence` below 1 marks an alias or a shortened official name."""

    area: AreaName
    spelling: str
    confidence: float = 1.0
    rung: Rung = Rung.EXACT
    source: str = ""


class Found(NamedTuple):
    """The entries of one rung. `distance` counts the letters that differ (0 except for MISSPELT)."""

    entries: tuple[Entry, ...]
    rung: Rung
    confidence: float
    distance: int = 0


def _allowed(length: int) -> int:
    """How many letters may differ in a name of `length` letters."""
    if length < 5:
        return 0
    return 1 if length < 9 else 2


_Table = dict[str, list[Entry]]
# The rungs that need no guess about letters.
_STRICT = (Rung.EXACT, Rung.SPACING, Rung.SHORT_FORM, Rung.FOLDED)


class NameIndex:
    """Look-up of names in a whole area, or `within` one that lies right below it. Built once; every method is pure."""

    __slots__ = ("_keyed", "_near")

    def __init__(self, entries: Iterable[Entry]) -> None:
        exact: _Table = {}
        compact: _Table = {}
        expanded: _Table = {}
        folded: _Table = {}
        near: dict[frozenset[str], dict[str, list[tuple[str, Entry]]]] = {}
        for entry in entries:
            keys = keys_of(entry.spelling)
            exact.setdefault(keys.exact, []).append(entry)
            compact.setdefault(keys.compact, []).append(entry)
            for form in keys.expanded:
                expanded.setdefault(form, []).append(entry)
            for form in keys.folded:
                folded.setdefault(form, []).append(entry)
            near.setdefault(keys.marks, {}).setdefault(entry.area.parent, []).append((keys.folded[0], entry))
        self._keyed = (exact, compact, expanded, folded)
        # By marks, since a misspelt name is never taken for one with other marks: most names need no second look.
        self._near = near

    def strict(self, variants: Sequence[Variant], within: str | None = None) -> Found | None:
        """The first rung, of those that need no guess about letters, on which any variant is a name here.

        within: the code of the area right above the names that count; None for all.
        """
        exact = self._keyed[0]
        for text, dropped in variants:
            # As it is written: two names in three end here, and need no other key.
            hits = exact.get(exact_key(text))
            if hits and (within is None or (hits := [entry for entry in hits if entry.area.parent == within])):
                return _found(hits, Rung.EXACT, dropped)
        typed = [(keys_of(variant.text), variant.dropped) for variant in variants]
        for rung, table in zip(_STRICT[1:], self._keyed[1:], strict=True):
            for keys, dropped in typed:
                forms = _forms(keys, rung)
                hits = [entry for form in forms if form in table for entry in table[form]]
                if within is not None:
                    hits = [entry for entry in hits if entry.area.parent == within]
                if hits:
                    return _found(hits, rung, dropped)
        return None

    def misspelt(self, variants: Sequence[Variant], at_most: int = 2, within: str | None = None) -> Found | None:
        """The nearest names by swapped, missing, added or changed letters; several when they are equally near."""
        best: list[Entry] = []
        least = at_most + 1
        length = 1
        for variant in variants:
            keys = keys_of(variant.text)
            near = self._near.get(keys.marks, {})
            groups = list(near.values()) if within is None else [near.get(within, [])]
            for typed in keys.folded:
                limit = min(_allowed(len(typed)), at_most)
                if not limit:
                    continue
                for form, entry in chain.from_iterable(groups):
                    if abs(len(form) - len(typed)) > limit:
                        continue
                    distance = OSA.distance(typed, form, score_cutoff=limit)
                    if distance > limit or distance > least:
                        continue
                    if distance < least:
                        best, least, length = [], distance, len(typed)
                    best.append(entry)
        if not best:
            return None
        confidence = _MISSPELT_TOP * (1 - least / length) * min(entry.confidence for entry in best)
        return Found(_unique(best), Rung.MISSPELT, confidence, least)


def _forms(keys: Keys, rung: Rung) -> Sequence[str]:
    """The keys by which a name stands in the table of a rung of `_STRICT` behind the first."""
    if rung is Rung.SPACING:
        return (keys.compact,)
    return keys.expanded if rung is Rung.SHORT_FORM else keys.folded


def _found(hits: Sequence[Entry], rung: Rung, dropped: int) -> Found:
    """A hit's own rung: official names before aliases and shortened names; the loosest of what was done names it."""
    official = [entry for entry in hits if entry.rung is Rung.EXACT]
    chosen = _unique(official or hits)
    confidence = min(_CONFIDENCE[rung], _DROPPED[dropped], min(entry.confidence for entry in chosen))
    if not official:
        rung = chosen[0].rung
    elif rung is Rung.EXACT and dropped:
        rung = Rung.AFFIX
    return Found(chosen, rung, confidence)


def _unique(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(entries)) if len(entries) > 1 else tuple(entries)
