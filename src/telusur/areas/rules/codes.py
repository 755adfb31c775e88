"""Reads area codes of other systems, and learns the registry's own from its list.

In: crosswalk lines, digits as typed; or pairs of a cooperative's number and its stated area. Out: Kemendagri codes with
the share that speaks for each. Source: BPS's table of 2021; the registry's codes are its own and follow neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from telusur.areas.rules.places import CrosswalkLine
from telusur.words.area_code import CodeSystem

__all__ = ["CodeReader", "learn_ods_crosswalk"]

_PREFIX_LENGTHS = {1: 4, 2: 7, 3: 10}
_LONGEST_CHAIN = 8
LEARNED = "dipelajari dari daftar ODS"


class CodeReader:
    """Every reading that a code allows, and what followed a Kemendagri code that ended."""

    __slots__ = ("_followers", "_other")

    def __init__(self, crosswalk: Iterable[CrosswalkLine]) -> None:
        self._followers: dict[str, list[str]] = {}
        self._other: dict[str, list[CrosswalkLine]] = {}
        for line in crosswalk:
            if line.system is CodeSystem.KEMENDAGRI:
                self._followers.setdefault(line.code, []).append(line.to_code)
            else:
                self._other.setdefault(line.code, []).append(line)

    def followers(self, code: str) -> tuple[str, ...]:
        """The codes at the end of each chain of successors; empty when nothing followed."""
        ends: list[str] = []
        open_codes, seen = [code], {code}
        for _ in range(_LONGEST_CHAIN):
            following: list[str] = []
            for current in open_codes:
                after = [nxt for nxt in self._followers.get(current, ()) if nxt not in seen]
                if not after and current != code:
                    ends.append(current)
                following.extend(after)
            seen.update(following)
            open_codes = following
        return tuple(dict.fromkeys(ends))

    def readings(self, text: str) -> list[tuple[str, str, float]]:
        """(system, Kemendagri code, share) of every way to read typed digits, narrow readings first.

        Ten digits may be a code of BPS, of the registry or of Kemendagri without its dots: all are offered. When none
        is known, the kecamatan of the first seven digits is.
        """
        stripped = "".join(text.split())
        digits = stripped.replace(".", "")
        found: list[tuple[str, str, float]] = []
        if "." in stripped or len(digits) in (6, 10):
            found.append(("Kemendagri", _dotted(digits), 1.0))
        if "." in stripped:
            return found
        for length in (len(digits), 7):
            lines = self._other.get(digits[:length], ()) if length <= len(digits) else ()
            found += [(line.system.upper(), line.to_code, line.share or 1.0) for line in lines]
        return found


def _dotted(digits: str) -> str:
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:10]) if part)


def learn_ods_crosswalk(
    pairs: Iterable[tuple[str, str]], *, least_share: float = 0.9, least_rows: int = 3
) -> tuple[CrosswalkLine, ...]:
    """The registry's area codes, learnt from (NIK koperasi of 13 digits, stated Kemendagri code) pairs.

    The stated code's level says which digits of the number are meant: a kecamatan's code pairs with the first seven.
    A code whose rows disagree (share below `least_share`) or are few is left out rather than guessed. Pairs with a
    malformed number or a blank code are passed over.
    """
    votes: dict[str, Counter[str]] = {}
    for nik_koperasi, stated in pairs:
        length = _PREFIX_LENGTHS.get(stated.count("."))
        if length is None or not re.fullmatch(r"[0-9]{13}", nik_koperasi):
            continue
        votes.setdefault(nik_koperasi[:length], Counter())[stated] += 1
    lines: list[CrosswalkLine] = []
    for code in sorted(votes):
        total = votes[code].total()
        to_code, count = min(votes[code].items(), key=lambda item: (-item[1], item[0]))
        if total >= least_rows and count / total >= least_share:
            lines.append(CrosswalkLine(CodeSystem.ODS, code, to_code, round(count / total, 4), LEARNED))
    return tuple(lines)
