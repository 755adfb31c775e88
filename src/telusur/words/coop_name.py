"""A cooperative's name: the kind words in front, and the proper name that tells it from others of its kind.

In: the name as a list writes it. Out: a `CoopName` with canonical kind codes, the proper name and its key.
Source: the words of 77,725 names (see `coop_kinds`). Only words in front are read as kinds; what stands behind, such
as "PT …", a quoted name or a trailing acronym, belongs to the proper name, as does a kind word repeated there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from telusur.words.coop_kinds import ANYWHERE, COOPERATIVE, OPEN_KINDS, STARTS, Branch

__all__ = ["CoopName", "read_coop_key", "read_coop_name"]

# A quote or a bracket is no separator: what it opens is the proper name.
_NEXT_WORD = re.compile(r"[\s.,:;/&_–-]*([^\W_]+)")
_KEY_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'`´‘’ʼ")
_EDGE = " \t\r\n\u00a0.,:;/&_–-"
_BARRIER, _STRANGE = "\1", "\0"


def _sign(sign: str) -> str:
    if sign.isalnum():
        return sign.lower()
    if sign in " \t\r\n.,:;/&_-":
        return " "
    return _BARRIER if sign.isprintable() and sign not in "'`" else _STRANGE


# Each ASCII sign as `read_coop_key` takes it: letters small, separators blank, quotes and brackets a barrier between words.
_SIGNS = "".join(map(_sign, map(chr, range(128))))


@dataclass(frozen=True, slots=True)
class CoopName:
    """A name in two parts.

    text: as it came, trimmed. kinds: canonical codes in the order of the words, without repeats ("KONSUMEN", "KPRI").
    proper: what follows the kind words, in its own spelling, quotes kept; "" where the name is kind words only.
    """

    text: str
    kinds: tuple[str, ...]
    proper: str

    @property
    def key(self) -> str:
        """The proper name's words in small letters, without accents and punctuation, one space between; "" if none."""
        plain = self.proper.translate(_APOSTROPHES).casefold()
        if not plain.isascii():
            plain = unicodedata.normalize("NFKD", plain).casefold()
            plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        return " ".join(_KEY_WORD.findall(plain))

    @property
    def lead(self) -> str:
        """The kind words in front, as they came: `text` without `proper`."""
        return self.text[: len(self.text) - len(self.proper)] if self.proper else self.text


def read_coop_name(text: str) -> CoopName:
    """The name in its two parts. Never raises; text without a kind word is all proper name.

    Behind "Koperasi" single words such as "Wanita" or "Jasa" are kinds; behind a kind that says enough ("Serba Usaha",
    "Karyawan") only plain forms such as "KSU" or "Pondok Pesantren" are, so that "Koperasi Serba Usaha Wanita Tani" keeps
    its name.
    """
    kept = text.strip()
    kinds: list[str] = []
    table = ANYWHERE
    position = 0
    while True:
        found = _NEXT_WORD.match(kept, position)
        if found is None:
            break
        word = found[1].lower()
        branch = table.get(word)
        if branch is not None:
            codes, end = _longest(kept, branch, found.end())
            if codes:
                position = end
                table = STARTS if codes[-1] in OPEN_KINDS else ANYWHERE
                kinds.extend(code for code in codes if code not in kinds)
                continue
        if word not in COOPERATIVE or (kinds and table is ANYWHERE):
            break
        position, table = found.end(), STARTS
    proper = kept[position:].lstrip(_EDGE) if position else kept
    return CoopName(kept, tuple(kinds), proper)


def read_coop_key(text: str) -> str:
    """The `key` of `read_coop_name(text)`, without building the rest of it: a third of the time.

    In ASCII a name is its words, and no pattern is needed to find them. All else, and names with apostrophes, go the
    long way.
    """
    signs = text.translate(_SIGNS) if text.isascii() else _STRANGE
    if _STRANGE in signs:
        return read_coop_name(text).key
    words = (signs.replace(_BARRIER, f" {_BARRIER} ") if _BARRIER in signs else signs).split()
    position, table, has_kind = 0, ANYWHERE, False
    for _ in words:
        if position == len(words):
            break
        word = words[position]
        branch = table.get(word)
        if branch is not None:
            codes, end = _longest_words(words, branch, position + 1)
            if codes:
                position, has_kind = end, True
                table = STARTS if codes[-1] in OPEN_KINDS else ANYWHERE
                continue
        if word not in COOPERATIVE or (has_kind and table is ANYWHERE):
            break
        position, table = position + 1, STARTS
    proper = words[position:]
    return " ".join(proper if _BARRIER not in signs else [word for word in proper if word != _BARRIER])


def _longest_words(words: Sequence[str], branch: Branch, position: int) -> tuple[tuple[str, ...], int]:
    """`_longest` over words instead of a text."""
    codes, end = branch.codes, position
    while branch and position < len(words):
        following = branch.get(words[position])
        if following is None:
            break
        branch, position = following, position + 1
        if branch.codes:
            codes, end = branch.codes, position
    return codes, end


def _longest(text: str, branch: Branch, position: int) -> tuple[tuple[str, ...], int]:
    """The codes of the longest phrase that goes on from a word, and where it ends."""
    codes, end = branch.codes, position
    while branch:
        found = _NEXT_WORD.match(text, position)
        following = branch.get(found[1].lower()) if found is not None else None
        if found is None or following is None:
            break
        branch, position = following, found.end()
        if branch.codes:
            codes, end = branch.codes, position
    return codes, end
