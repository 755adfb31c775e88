"""What people said of pairs, and what stands of it. Pure.

A pair is two subjects in the alphabet's order. Everything is a function of the words that survive: taking one back gives
exactly what there would be had it never been said.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

__all__ = [
    "VERDICT_NAMES",
    "Look",
    "Move",
    "Pair",
    "Said",
    "Standing",
    "Verdict",
    "may_carry_findings",
    "moves",
    "pair_key",
    "pair_of",
    "standing_of",
    "standings",
    "surviving",
    "values_digest",
]

Pair = tuple[str, str]


class Verdict(StrEnum):
    """What a person can say of a pair; withdrawn takes an earlier word back."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.SAME: "sama",
    Verdict.DIFFERENT: "beda",
    Verdict.UNSURE: "ragu",
    Verdict.WITHDRAWN: "ditarik",
}


class Look(IntEnum):
    """Which look at the pair: the first, the blind second of another clerk, or the one that settles two that differ."""

    FIRST = 1
    SECOND = 2
    SETTLING = 3


class Said(NamedTuple):
    """One word of one person. withdraws: the id of the word taken back. survivor: the subject to keep, "" for none."""

    id: int
    left: str
    right: str
    verdict: Verdict
    look: Look
    by: str
    at: datetime
    survivor: str = ""
    withdraws: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a pair. verdict: None while two looks differ and nobody has settled it (disputed).

    words: the surviving ones that it rests on, oldest first. people: who said what stands.
    """

    left: str
    right: str
    verdict: Verdict | None
    words: tuple[Said, ...]
    people: tuple[str, ...]
    survivor: str = ""

    @property
    def disputed(self) -> bool:
        """Whether two looks differ and nobody has settled it."""
        return self.verdict is None


def pair_of(one: str, other: str) -> Pair:
    """The two subjects in order. Raises ValueError for a subject with itself."""
    if one == other:
        raise ValueError("a subject is no pair with itself")
    return (one, other) if one < other else (other, one)


def pair_key(one: str, other: str) -> str:
    """The pair as one text."""
    return "|".join(pair_of(one, other))


def surviving(said: Iterable[Said]) -> list[Said]:
    """The words that nobody took back, oldest first; withdrawals themselves are not words."""
    said = list(said)
    gone = {word.withdraws for word in said if word.withdraws is not None}
    kept = (word for word in said if word.verdict is not Verdict.WITHDRAWN and word.id not in gone)
    return sorted(kept, key=lambda word: word.id)


def standing_of(said: Iterable[Said]) -> Standing | None:
    """What stands of one pair's words; None where none survives.

    Of each look the newest word counts. A settling word newer than both looks decides; else a second look that differs
    from the first leaves the pair disputed, and nothing follows from either.
    """
    words = surviving(said)
    if not words:
        return None
    last = {word.look: word for word in words}
    looks = [last[look] for look in (Look.FIRST, Look.SECOND) if look in last]
    settled = last.get(Look.SETTLING)
    decides = settled is not None and all(settled.id > word.id for word in looks)
    counting = [settled] if decides and settled is not None else looks
    verdicts = {word.verdict for word in counting}
    verdict = verdicts.pop() if len(verdicts) == 1 else None
    agreeing = [word for word in words if word.verdict is verdict] if decides else _last_of_one_mind(words, verdict)
    chosen = next((word.survivor for word in reversed(agreeing) if word.survivor), "")
    people = tuple(dict.fromkeys(word.by for word in agreeing))
    return Standing(words[0].left, words[0].right, verdict, tuple(counting), people, chosen)


def _last_of_one_mind(words: Sequence[Said], verdict: Verdict | None) -> list[Said]:
    """The newest words that say `verdict`, back to the last that said otherwise: a "same" that was revised is no support."""
    agreeing: list[Said] = []
    for word in reversed(words):
        if word.verdict is not verdict:
            break
        agreeing.insert(0, word)
    return agreeing


def standings(said: Iterable[Said]) -> dict[Pair, Standing]:
    """What stands of every pair that has a surviving word."""
    by_pair: dict[Pair, list[Said]] = defaultdict(list)
    for word in said:
        by_pair[pair_of(word.left, word.right)].append(word)
    found = {pair: standing_of(words) for pair, words in by_pair.items()}
    return {pair: standing for pair, standing in found.items() if standing is not None}


class Move(NamedTuple):
    """A compared field whose value is no longer what lay before the person. side: "left" or "right"; "" is not stated."""

    side: str
    field: str
    before: str
    after: str


def values_digest(values: Mapping[str, str]) -> str:
    """BLAKE2b, 128 bits, of what is stated, by the fields' names."""
    stated = "\x1e".join(f"{name}\x1f{values[name]}" for name in sorted(values) if values[name])
    return hashlib.blake2b(stated.encode(), digest_size=16).hexdigest()


def moves(seen: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]) -> Sequence[Move]:
    """The fields that have moved under a judgement. seen, now: "left" and "right", each field → value."""
    return tuple(
        Move(side, name, before.get(name, ""), after.get(name, ""))
        for side, before, after in (
            ("left", seen.get("left", {}), now.get("left", {})),
            ("right", seen.get("right", {}), now.get("right", {})),
        )
        for name in sorted(before.keys() | after.keys())
        if before.get(name, "") != after.get(name, "")
    )


def may_carry_findings(standing: Standing | None, *, has_moved: bool) -> bool:
    """Whether something against a cooperative may rest on the link: two people said "same", and the facts lie still.

    An engine's word, one person's word, a disputed or an unsure pair never does.
    """
    return standing is not None and standing.verdict is Verdict.SAME and len(standing.people) >= 2 and not has_moved
