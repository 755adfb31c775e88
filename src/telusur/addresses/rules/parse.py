"""An Indonesian address read into its parts, each with the span that it came from. Pure.

In: the text as typed, any length. Out: `Address`. Nothing raises; what no rule explains is in no part (`rest_spans`).
A word opens a part ("Jl.", "Kel.", "RT"), a comma, a bracket or the next such word closes it. Names without such a word
are read by their neighbours (see `parse_places`). Which kelurahan a name means is `resolve`'s to say, not ours; a street
without a comma behind it may therefore still hold an area's name ("Jl. Merpati Sukamaju").
Source: methods.md §4, and the shapes of the national list.
"""

from __future__ import annotations

import re
from typing import Final

from telusur.addresses.rules.address import Address, Part
from telusur.addresses.rules.parse_places import placed
from telusur.addresses.rules.parse_reader import Reader
from telusur.addresses.rules.tokens import Tokens, tokens_of

__all__ = ["parse", "rest_spans"]

_REST: Final = re.compile(r"[^\W_](?:[^,;()\[\]{}|\n]*[^\W_])?")
_TWO_WORDS: Final = {
    ("rukun", "tetangga"): "rt",
    ("rukun", "warga"): "rw",
    ("rukun", "tetanga"): "rt",
    ("kode", "pos"): "kodepos",
    ("kilo", "meter"): "km",
    ("rumah", "susun"): "rusun",
    ("n", "0"): "no",
}


def parse(text: str) -> Address:
    """The address in its parts, in the order of the text."""
    reader = Reader(_joined_pairs(tokens_of(text)))
    index, count = 0, len(reader.words)
    while index < count:
        index = reader.step(index)
    reader.close()
    parts = placed(text, reader.pieces)
    return Address(text, tuple(Part(slot, start, end, value, relation) for slot, start, end, value, relation in parts))


def rest_spans(address: Address) -> tuple[tuple[int, int], ...]:
    """What no part covers: spans in the text, cut at commas and brackets, trimmed of punctuation, in order."""
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in [*((part.start, part.end) for part in address.parts), (len(address.text), len(address.text))]:
        if start > at:
            spans += (found.span() for found in _REST.finditer(address.text, at, start))
        at = end
    return tuple(spans)


def _joined_pairs(tokens: Tokens) -> Tokens:
    """ "Rukun Tetangga" as "rt", "Kode Pos" as "kodepos": two tokens made one."""
    words = tokens.words
    if not ("rukun" in words or "kode" in words or "kilo" in words or "susun" in words or "n" in words):
        return tokens
    out = Tokens(tokens.text, [], [], [])
    index = 0
    while index < len(words):
        pair = _TWO_WORDS.get((words[index], words[index + 1])) if index + 1 < len(words) else None
        out.words.append(pair or words[index])
        out.starts.append(tokens.starts[index])
        index += 1 if pair is None else 2
        out.ends.append(tokens.ends[index - 1])
    return out
