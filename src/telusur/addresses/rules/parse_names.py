"""The canonical form of a name in an address: short forms written out, capitals by rule. Pure.

In: the words of a name in small letters. Out: one string; the same for any capitals, blanks and dots as typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telusur.addresses.rules.parse_known_names import ACRONYMS, COMPLETE_NAMES, EXPANSIONS, MONTHS, ROMAN
from telusur.addresses.rules.shortforms import QUALIFIERS

__all__ = ["name_value", "opens_street", "street_is_whole", "street_value"]

_VOWELS: Final = frozenset("aeiouy")
_LONGEST: Final = max(map(len, COMPLETE_NAMES))
_SHORT: Final = 4
_TWO: Final = 2
_LONGEST_STREET: Final = 8
_TITLES: Final = frozenset(
    ("jenderal", "letjen", "mayjen", "brigjen", "kolonel", "kapten", "mayor", "letnan", "marsma", "marsda", "laksamana")
)
_TRUNK_ROADS: Final = frozenset(("poros", "lintas", "trans", "ringroad"))


def _capital(word: str) -> str:
    """One word with its capitals by rule. Letters whose capital is another word are left alone."""
    if not word.isascii():
        raised = word[0].upper() + word[1:]
        return raised if raised.lower() == word else word
    if word in ROMAN or word in ACRONYMS or len(word) == 1:
        return word.upper()
    if len(word) <= _SHORT and _VOWELS.isdisjoint(word) and word not in ("dr", "ir", "hj", "drs"):
        return word.upper()
    return word[0].upper() + word[1:]


def _written_out(words: Sequence[str]) -> list[str]:
    """The words with their short forms written out, still in small letters."""
    out: list[str] = []
    for word in words:
        if len(word) == 1 and out and len(out[-1]) == 1 and out[-1] + word in ACRONYMS:
            out[-1] += word  # "K.H." is "KH"
            continue
        full = EXPANSIONS.get(word)
        if full is None:
            out.append(word)
        else:
            out += full.lower().split()
    return out


def _whole_length(words: Sequence[str]) -> int:
    """How many of the written-out words from the first on are a street name that is whole; 0 if none."""
    for length in range(min(len(words), _LONGEST), 0, -1):
        if tuple(words[:length]) in COMPLETE_NAMES:
            return length
    if len(words) > 1 and words[0].isdigit() and words[1] in MONTHS:
        return 2
    return 0


def name_value(words: Sequence[str]) -> str:
    """The name as this project writes it. "" for no words."""
    return " ".join(word if word.isdigit() else _capital(word) for word in _written_out(words))


def street_value(words: Sequence[str]) -> str:
    """A street's name: as `name_value`, and names that are whole in their usual spelling ("a yani" is "Ahmad Yani")."""
    full = _written_out(words)
    length = _whole_length(full)
    shown = [COMPLETE_NAMES[tuple(full[:length])]] if length and not full[0].isdigit() else []
    shown += [word if word.isdigit() else _capital(word) for word in full[length if shown else 0 :]]
    return " ".join(shown)


def street_is_whole(names: Sequence[str], word: str) -> bool:
    """A street called by these words cannot go on with this one: it ends in a numeral, or is a whole name."""
    if word in QUALIFIERS:
        return False
    if len(names) > 1 and names[-1] in ROMAN and len(names[-2]) > 1:
        return True
    if len(names) > _LONGEST_STREET:
        return False
    full = _written_out(names)
    length = _whole_length(full)
    if not length or not QUALIFIERS.issuperset(full[length:]):
        return False
    # "Ahmad" alone is no name, "Juanda" may be the begin of another.
    return _whole_length([*full, *_written_out([word])]) <= length


def opens_street(words: Sequence[str]) -> bool:
    """A text that begins so names a street without saying "Jalan": "Jendral Sudirman", "Trans Sulawesi"."""
    names: list[str] = []
    for word in words:
        if word[0].isalnum():
            names.append(word)
        elif word != ".":
            break
    if len(names) < _TWO or not (names[1].isalpha() or names[1] in MONTHS):
        return False
    full = _written_out(names)
    return full[0] in _TITLES or full[0] in _TRUNK_ROADS or _whole_length(full) >= _TWO
