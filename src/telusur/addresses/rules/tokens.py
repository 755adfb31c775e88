"""An address cut into words, numbers and marks, each with its place in the text; run-together words are cut too.

In: the text as typed. Out: `Tokens`: three lists of equal length. Blanks are no tokens. The cuts do not look at capitals,
so that "JLNMERPATI", "Jlnmerpati" and "JlnMerpati" are read alike.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Tokens", "tokens_of"]

_TOKEN: Final = re.compile(r"[0-9]+|[rR]\.[tTwW](?![^\W_])|[^\W\d_]+(?:['’`][^\W\d_]+)*|\S")
# No Indonesian word begins with these, so what follows is another word ("Jlnmawar"). Longest first.
_GLUED: Final = re.compile(
    r"(kelurahan|kecamatan|kabupaten|perumahan|komplek(?=[^s])|kompleks|nomor|lorong|gang(?=[^g])|jalan|jln|jl|gg|blok)"
    r"([^\W\d_]{1,})"
)
_TITLES: Final = re.compile(r"(kapten|letjen|mayjen|brigjen|jenderal|jendral)([^\W\d_]{4,})")
# A village is called so; and words in which the opening is no anchor.
_WHOLE: Final = frozenset(("jalancagak", "jalanan", "ganggang", "gangsal", "gangsar", "lorongan", "jlan", "jlm"))
_DOTTED: Final = "r.t"
_LEAST_TAIL: Final = {"jl": 1, "jln": 1, "gg": 1, "blok": 1, "gang": 4, "jalan": 3, "lorong": 4}
_MOST_TAIL: Final = {"blok": 2}


class Tokens(NamedTuple):
    """words: in small letters, marks as they are. starts, ends: spans in the text as typed."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def glued(self, index: int) -> bool:
        """No blank stands before this token."""
        return 0 < index < len(self.starts) and self.starts[index] == self.ends[index - 1]


def tokens_of(text: str) -> Tokens:
    """Cut a text. Every character that is no blank is in exactly one token."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(text):
        word, start, end = found[0].lower(), found.start(), found.end()
        if end - start == len(_DOTTED) and word[1] == ".":
            word = word[0] + word[2]  # "R.T. 05"
        elif end - start > 2 and (word[0] in "jgbknplmc" and len(word) == end - start):
            cut = _cut(word)
            if cut:
                words += (word[:cut], word[cut:])
                starts += (start, start + cut)
                ends += (start + cut, end)
                continue
        words.append(word)
        starts.append(start)
        ends.append(end)
    return Tokens(text, words, starts, ends)


def _cut(word: str) -> int:
    """Where a second word begins inside this one; 0 for one word."""
    found = _GLUED.fullmatch(word)
    if found is None:
        found = _TITLES.fullmatch(word)
        return found.end(1) if found is not None else 0
    if word in _WHOLE:
        return 0
    tail = len(found[2])
    head = found[1]
    if head == "jl" and found[2] in ("n", "an", "m"):
        return 0
    if not _LEAST_TAIL.get(head, 3) <= tail <= _MOST_TAIL.get(head, 99):
        return 0
    return found.end(1)
