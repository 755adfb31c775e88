"""Two values side by side with their differences marked inside the words.

In: two texts as their rows state them. Out: pieces of each side, and the words that differ. Capital letters, punctuation
and the number of blanks are not differences: lists of the same office disagree on them in every second row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["Compared", "Piece", "compare_texts"]

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[\W_]+")
# Below this share of common letters two words are two words, not one with a slip: letter marks would be confetti.
_LIKE = 0.6
_SHORTEST = 3


class Piece(NamedTuple):
    """A run of text; `differs` where the other side has no such run."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides in pieces. state: "same", "differs", "left" or "right" (only that side states a value), "none".

    slips: whole words that stand for one another, so that the difference can also be read aloud.
    only_left, only_right: words without a counterpart.
    """

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    state: str
    slips: tuple[tuple[str, str], ...] = ()
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()


class _Word(NamedTuple):
    """A word and where it stands in its text."""

    start: int
    end: int
    key: str


def _words(text: str) -> list[_Word]:
    return [
        _Word(found.start(), found.end(), found.group().casefold())
        for found in _TOKEN.finditer(text)
        if found.group()[0].isalnum()
    ]


def _pieces(text: str, spans: list[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text cut at the spans that differ; spans with only blanks between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not any(letter.isalnum() for letter in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    pieces, at = [], 0
    for start, end in joined:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return tuple(piece for piece in pieces if piece.text)


def _letters(left: _Word, right: _Word) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The letters in which two like words differ. Where a letter is missing, only the side that has it is marked."""
    ours: list[tuple[int, int]] = []
    theirs: list[tuple[int, int]] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, left.key, right.key, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if a1 > a0:
            ours.append((left.start + a0, left.start + a1))
        if b1 > b0:
            theirs.append((right.start + b0, right.start + b1))
    return ours, theirs


def _like(left: _Word, right: _Word) -> bool:
    # casefold may lengthen a word (ß); letter places then no longer fit, and the whole word is marked.
    if len(left.key) != left.end - left.start or len(right.key) != right.end - right.start:
        return False
    if left.key.isdigit() or right.key.isdigit():
        # A number with another count of figures is another number.
        return left.key.isdigit() and right.key.isdigit() and len(left.key) == len(right.key)
    if min(len(left.key), len(right.key)) < _SHORTEST:
        return False
    return SequenceMatcher(None, left.key, right.key, autojunk=False).ratio() >= _LIKE


def _aligned(ours: list[_Word], theirs: list[_Word]) -> tuple[list[tuple[_Word, _Word]], list[_Word], list[_Word]]:
    """Like words paired in their order; what is left of each side."""
    pairs: list[tuple[_Word, _Word]] = []
    rest: list[_Word] = []
    others, alone = list(theirs), []
    for mine in ours:
        at = next((place for place, other in enumerate(others) if _like(mine, other)), None)
        if at is None:
            rest.append(mine)
            continue
        pairs.append((mine, others[at]))
        alone += others[:at]
        others = others[at + 1 :]
    return pairs, rest, alone + others


def compare_texts(left: str, right: str) -> Compared:
    """Mark what differs between two values of one field."""
    if not left or not right:
        state = "left" if left else "right" if right else "none"
        return Compared(_pieces(left, []), _pieces(right, []), state)
    ours, theirs = _words(left), _words(right)
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    slips: list[tuple[str, str]] = []
    alone: tuple[list[str], list[str]] = ([], [])
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        like, *rests = _aligned(ours[a0:a1], theirs[b0:b1])
        for mine, other in like:
            for side, found in zip(spans, _letters(mine, other), strict=True):
                side.extend(found)
            slips.append((left[mine.start : mine.end], right[other.start : other.end]))
        for side, kept, rest, text in zip(spans, alone, rests, (left, right), strict=True):
            side.extend((word.start, word.end) for word in rest)
            kept.extend(text[word.start : word.end] for word in rest)
    state = "differs" if spans[0] or spans[1] else "same"
    return Compared(
        _pieces(left, spans[0]), _pieces(right, spans[1]), state, tuple(slips), tuple(alone[0]), tuple(alone[1])
    )
