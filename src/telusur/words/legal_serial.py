"""Where the serial stands among a legal-entity number's segments: "518/16/BH/…", "518/BH/XVI.10/432/…", "KEP.50".

In: segments with the date taken off. Out: the serial, what was filed before it, and the segments that are left.
Source: the registry's public list; offices put the archive's classification code (518: cooperatives) in three places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telusur.words.legal_frame import MARKS

__all__ = ["FILING_CODES", "Serial", "find_serial"]

_CODES = "060 180 188 400 412 500 503 504 507 510 518 519 560 580"
FILING_CODES = frozenset(_CODES.split())

_FILING = re.compile(r"(?:060|1[78][0-9]|4[0-9]{2}|5[0-9]{2})(?:\.[0-9]+)*")
_PLAIN = re.compile(r"([0-9]+)(?:[ .-]?([A-Z]))?")
_DOTTED = re.compile(r"([0-9]+(?:\.[0-9]+)*)[.]([0-9]+)(?:[ .-]?([A-Z]))?")
_LEADING = re.compile(r"([0-9]+)([A-Z](?![A-Z]))?[-. ]+([A-Z]{2,}.*)")
_NAMED = re.compile(r"([A-Z][A-Z. -]*?)[-. ]*(?:([0-9]{3})\.)?([0-9]+)(?:[ .-]?([A-Z]))?(?:[- .]+([A-Z]{2,}.*))?")
_DECREES = frozenset({"KEP", "KPTS", "SK", "NO", "N", "BH", "KOP", "KPKM", "KOPTAN"})
_OF_STATE = re.compile(r"(?<![A-Z])K[WD]K(?![A-Z])")
_FIRST_YEAR_OF_FILING = 1999


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial as it stands: digits, letter, the filing code before it (or ""), and the other segments in order."""

    digits: str
    letter: str
    filing: str
    rest: list[str]

    @property
    def filed(self) -> bool:
        """Whether the filing code is one of an archive's classification."""
        return _FILING.match(self.filing) is not None


def find_serial(segments: list[str], year: int | None) -> Serial | None:
    """The serial, by what stands around it; None where no number could be one.

    Before the mark the nearest plain number is meant. A filing code that stands there alone is the serial itself,
    unless a number beside a word ("KEP.50") or, since 1999, a plain number behind the mark follows it.
    """
    mark = next((at for at, part in enumerate(segments) if part in MARKS), None)
    before = range(len(segments) if mark is None else mark)
    plain = [at for at in before if _PLAIN.fullmatch(segments[at])]
    unfiled = [at for at in plain if segments[at] not in FILING_CODES] or plain[1:]
    if unfiled:
        word = mark if mark is not None else next((at for at in before if segments[at][0].isalpha()), 0)
        return _plain(segments, max((at for at in unfiled if at < word), default=unfiled[0]))
    if mark == 1 and not segments[0].strip("I"):
        # A typewriter's 1: "III/BH/KWK.10/…" is 111, as KWK.II is KWK.11.
        return Serial("1" * len(segments[0]), "", "", segments[1:])
    found = next((hit for at in reversed(before) if (hit := _beside_word(segments, at))), None)
    if found is not None:
        return found
    if mark is not None and (year is None or year >= _FIRST_YEAR_OF_FILING or not plain):
        behind = _behind(segments, mark)
        if behind is not None:
            return behind
    dotted = next((hit for at in reversed(before) if (hit := _dotted(segments, at))), None)
    if dotted is not None:
        return dotted
    return _plain(segments, plain[0]) if plain else None


def _plain(segments: list[str], at: int) -> Serial | None:
    found = _PLAIN.fullmatch(segments[at])
    return _taken(segments, at, found[1], found[2]) if found else None


def _taken(segments: list[str], at: int, digits: str, letter: str | None, left: tuple[str, ...] = ()) -> Serial:
    """The serial at a position; numbers before it become its filing code, words before it stay in the rest."""
    filing = [part for part in segments[:at] if part[0].isdecimal()]
    words = [part for part in segments[:at] if not part[0].isdecimal()]
    return Serial(digits, letter or "", "/".join(filing), [*words, *left, *segments[at + 1 :]])


def _beside_word(segments: list[str], at: int) -> Serial | None:
    """A serial that shares its segment with a word: "06-KOP", "KEP.50-DISKOP", "KPKM.518.35"."""
    segment = segments[at]
    if found := _LEADING.fullmatch(segment):
        return _taken(segments, at, found[1], found[2], (found[3],))
    if (found := _NAMED.fullmatch(segment)) and re.split(r"[ .-]", found[1])[0] in _DECREES:
        word, code, digits, letter, behind = found.groups()
        taken = _taken(segments, at, digits, letter, tuple(part for part in (word, behind) if part))
        if code is None:
            return taken
        return Serial(digits, letter or "", "/".join(part for part in (taken.filing, code) if part), taken.rest)
    return None


def _behind(segments: list[str], mark: int) -> Serial | None:
    """The first plain number behind the mark; never where an office of state has numbers of its own there."""
    if any(_OF_STATE.search(part) for part in segments[mark:]):
        return None
    for at in range(mark + 1, len(segments)):
        if _PLAIN.fullmatch(segments[at]):
            return _plain(segments, at)
        if at == mark + 1 and (found := _LEADING.fullmatch(segments[at])):
            return _taken(segments, at, found[1], found[2], (found[3],))
    return None


def _dotted(segments: list[str], at: int) -> Serial | None:
    """ "518.048": filing code and serial; "11.180": one serial with a thousand's dot."""
    found = _DOTTED.fullmatch(segments[at])
    if found is None:
        return None
    head, digits, letter = found.groups()
    if len(digits) >= 3 and not _FILING.fullmatch(head):
        return _taken(segments, at, head.replace(".", "") + digits, letter)
    taken = _taken(segments, at, digits, letter)
    return Serial(digits, letter or "", "/".join(part for part in (taken.filing, head) if part), taken.rest)
