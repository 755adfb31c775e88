"""The numbered slots of an address: RT, RW, house number, block, kilometre, floor, postcode. Pure.

Every reader takes the tokens and the index of its anchor word, and answers the pieces that it found and the index behind
them. A piece without a value ("RT  No 38", "No. -") keeps its span and says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from telusur.addresses.rules.address import Slot
from telusur.addresses.rules.parse_known_names import ROMAN
from telusur.addresses.rules.shortforms import ANCHORS, Mode
from telusur.addresses.rules.tokens import Tokens

__all__ = ["NUMBERED", "Piece", "Reading", "bare_block", "house_number", "looks_numbered", "unit_pair"]

_MARKS: Final = frozenset(".:,;-=/\\_")
_INNER: Final = frozenset("-/&")
_LARGEST_UNIT: Final = 3
_MOST_LETTERS: Final = 2
_POSTCODE_LENGTH: Final = 5
_FLOORS: Final = {
    "dasar": "Dasar",
    "satu": "1",
    "dua": "2",
    "tiga": "3",
    "empat": "4",
    "lima": "5",
    "atas": "Atas",
    "mezzanine": "Mezzanine",
}


class Piece(NamedTuple):
    """A slot that was read. start, end: the span in the text. slot None: words that no anchor explains."""

    slot: Slot | None
    start: int
    end: int
    value: str
    relation: str = ""
    words: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What a reader found, and the index of the first token behind it; `after` 0 where it is no anchor after all."""

    pieces: tuple[Piece, ...]
    after: int


_NOTHING: Final = Reading((), 0)


def _skip(tokens: Tokens, index: int) -> int:
    """Past the marks between an anchor and its number."""
    words = tokens.words
    while index < len(words) and words[index] in _MARKS:
        index += 1
    return index


def _word(tokens: Tokens, index: int) -> str:
    return tokens.words[index] if 0 <= index < len(tokens.words) else ""


def _plain(digits: str) -> str:
    return digits.lstrip("0")


def _unit(word: str) -> str:
    """Three digits for an RT or RW; "" for none and for zero."""
    if word.isascii() and word.isdigit():
        plain = word.lstrip("0")
        return plain.zfill(_LARGEST_UNIT) if plain else ""
    return f"{ROMAN[word]:03d}" if word in ROMAN else ""


def _is_unit(word: str) -> bool:
    if not (word.isascii() and word.isdigit()):
        return word in ROMAN
    # "RT 0011" is a zero too many, "RT 0102" is RT and RW.
    return len(word) <= _LARGEST_UNIT or (len(word) == _LARGEST_UNIT + 1 and word.startswith("00"))


def _halves(tokens: Tokens, anchor: int, index: int) -> Reading:
    """ "RT 0102" and "RT 001002": RT and RW in one number."""
    word, start = tokens.words[index], tokens.starts[index]
    half = len(word) // 2
    first = Piece(Slot.RT, tokens.starts[anchor], start + half, _unit(word[:half]))
    return Reading((first, Piece(Slot.RW, start + half, tokens.ends[index], _unit(word[half:]))), index + 1)


def _near(tokens: Tokens, anchor: int, index: int) -> bool:
    """Nothing, or one dot, stands between."""
    return index == anchor + 1 or (index == anchor + 2 and tokens.words[anchor + 1] == ".")


def _past_letter(tokens: Tokens, index: int) -> int:
    """Past a letter O in a zero's place ("RT O4")."""
    digits = _word(tokens, index) in ("o", "oo") and _word(tokens, index + 1).isdigit() and tokens.glued(index + 1)
    return index + 1 if digits else index


def _rt(tokens: Tokens, anchor: int) -> Reading:
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    index, span = _skip(tokens, anchor + 1), anchor
    double = words[anchor] == "rtrw"
    short = _word(tokens, index) == "w" and words[index - 1] == "/"  # "RT/W"
    if (_word(tokens, index) == "rw" or short) and not double:
        double, span = True, index
        index = _skip(tokens, index + 1)
    index = _past_letter(tokens, index)
    word = _word(tokens, index)
    if not _is_unit(word):
        if word.isascii() and word.isdigit() and len(word) in (4, 6):
            return _halves(tokens, anchor, index)
        if word and word.isalpha() and word not in ANCHORS and span == anchor and _near(tokens, anchor, index):
            return _NOTHING  # "Jl. RT Suryo": initials
        pieces: tuple[Piece, ...] = (Piece(Slot.RT, starts[anchor], ends[anchor], ""),)
        if span != anchor:
            pieces += (Piece(Slot.RW, starts[span], ends[span], ""),)
        return Reading(pieces, span + 1)
    value, end = _unit(word), index
    if word == "0" and _word(tokens, index + 1).isdigit() and len(words[index + 1]) <= 2 and not double:
        end = index + 1  # "Rt. 0 1"
        value = _unit(words[end])
    elif value and len(_word(tokens, end + 1)) == 1 and words[end + 1].isalpha() and tokens.glued(end + 1):
        end += 1
        value += words[end].upper()
    first = Piece(Slot.RT, starts[anchor], ends[end], value)
    behind = _skip_pair(tokens, end + 1, double)
    other = _word(tokens, behind)
    if behind and _is_unit(other) and not (other in ROMAN and not double and words[behind - 1] != "/"):
        return Reading((first, Piece(Slot.RW, starts[behind], ends[behind], _unit(other))), behind + 1)
    return Reading((first,), end + 1)


def _skip_pair(tokens: Tokens, index: int, double: bool) -> int:
    """The index of the RW's number behind an RT's; 0 where what follows is no RW."""
    word = _word(tokens, index)
    if double or word in ("/", "-", "\\"):
        return _skip(tokens, index)
    before = tokens.words[index - 1]
    pair = (
        len(word) == _LARGEST_UNIT and len(before) == _LARGEST_UNIT and word.isdigit() and word[0] == "0" == before[0]
    )
    return index if pair else 0


def _rw(tokens: Tokens, anchor: int) -> Reading:
    index = _past_letter(tokens, _skip(tokens, anchor + 1))
    word = _word(tokens, index)
    if not _is_unit(word):
        if word and word.isalpha() and word not in ANCHORS and _near(tokens, anchor, index):
            return _NOTHING
        return Reading((Piece(Slot.RW, tokens.starts[anchor], tokens.ends[anchor], ""),), anchor + 1)
    if word == "0" and _word(tokens, index + 1).isdigit() and len(tokens.words[index + 1]) <= 2:
        index += 1
    return Reading((Piece(Slot.RW, tokens.starts[anchor], tokens.ends[index], _unit(tokens.words[index])),), index + 1)


def unit_pair(tokens: Tokens, index: int) -> Reading:
    """ "002/010" without a word: RT and RW, where both look it (a zero in front, three digits at most)."""
    words = tokens.words
    if index + 2 >= len(words) or words[index + 1] != "/":
        return _NOTHING
    first, second = words[index], words[index + 2]
    if not (_is_unit(first) and _is_unit(second) and first.isdigit() and second.isdigit()):
        return _NOTHING
    if first[0] != "0" or not (second[0] == "0" or len(first) == _LARGEST_UNIT) or _word(tokens, index + 3) == "/":
        return _NOTHING
    rt = Piece(Slot.RT, tokens.starts[index], tokens.ends[index], _unit(first))
    return Reading((rt, Piece(Slot.RW, tokens.starts[index + 2], tokens.ends[index + 2], _unit(second))), index + 3)


def _suffix(tokens: Tokens, index: int) -> int:
    """Past a letter behind a house number ("12 A", "17.A", "99 G"); the same index without one."""
    at = index + 1 if _word(tokens, index) == "." else index
    word = _word(tokens, at)
    if len(word) != 1 or not word.isalpha():
        return index
    if at > index and not tokens.glued(at):
        return index
    # "12 A. Yani" and "12 A Yani" are improbable; "12 H. Umar" is a person.
    if _word(tokens, at + 1) == "." and tokens.glued(at + 2) and _word(tokens, at + 2).isalpha():
        return index
    return at + 1


def house_number(tokens: Tokens, start: int) -> tuple[str, int]:
    """A house number that begins at a token: "12A", "14/69", "1-5". Returns the value and the index behind; ("", start)."""
    words = tokens.words
    index, out, mark = start, "", ""
    while _word(tokens, index).isdigit() and words[index].isascii():
        digits = _plain(words[index])
        behind = _suffix(tokens, index + 1)
        letter = words[behind - 1].upper() if behind > index + 1 else ""
        if digits:
            out += (mark if out else "") + digits + letter
        index = behind
        mark = _word(tokens, index)
        listed = mark == "," and tokens.glued(index) and tokens.glued(index + 1)
        following = _word(tokens, index + 1)
        if not (mark in _INNER or listed):
            break
        if out and len(following) == 1 and following.isalpha() and mark == "-" and tokens.glued(index + 1):
            return f"{out}-{following.upper()}", index + 2
        if not following.isdigit() or unit_pair(tokens, index + 1).after:
            break
        index += 1
    return out, index


def _number(tokens: Tokens, anchor: int) -> Reading:
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    index = _skip(tokens, anchor + 1)
    word = _word(tokens, index)
    value, after = house_number(tokens, index)
    if after == index and word.isalpha() and len(word) <= 4 and (word not in ANCHORS or len(word) == 1):
        # "No. A-12", "No.C3", "No I A".
        behind = _skip(tokens, index + 1) if _word(tokens, index + 1) in ("-", "/", ".") else index + 1
        value, after = house_number(tokens, behind)
        if value and after > behind and (len(word) <= 2 or word in ROMAN):
            value = f"{word.upper()}-{value}" if word in ROMAN else word.upper() + value
        elif len(word) <= 2 or word in ROMAN:
            value, after = word.upper(), index + 1
            if len(word) == 1 and _lone_letter(tokens, after):
                value, after = value + words[after].upper(), after + 1
        else:
            value, after = "", index
    if after > index:
        return Reading((Piece(Slot.NUMBER, starts[anchor], ends[after - 1], value),), after)
    if word and word.isalpha() and word not in ANCHORS and index <= anchor + 1:
        return _NOTHING
    return Reading((Piece(Slot.NUMBER, starts[anchor], ends[anchor], ""),), anchor + 1)


def looks_numbered(tokens: Tokens, index: int) -> bool:
    """An explicit "No. 5" stands next, marks aside: so digits before it belong to a name or block."""
    index = _skip(tokens, index)
    anchor = ANCHORS.get(_word(tokens, index))
    return (
        anchor is not None
        and anchor.mode == Mode.NUMBER
        and _plain(_word(tokens, _skip(tokens, index + 1)))[:1].isdigit()
    )


def _block(tokens: Tokens, anchor: int) -> Reading:
    return _block_at(tokens, anchor, _skip(tokens, anchor + 1), ANCHORS[tokens.words[anchor]].kind)


def bare_block(tokens: Tokens, index: int, *, within_complex: bool) -> Reading:
    """A block without its word: "Griya Permai B1 No. 2", "Griya Permai B1/2"."""
    word, digits = tokens.words[index], _word(tokens, index + 1)
    if len(word) > _MOST_LETTERS or word in ANCHORS or not digits.isdigit() or not tokens.glued(index + 1):
        return _NOTHING
    after = index + 2
    after += tokens.glued(after) and _lone_letter(tokens, after)
    split = _word(tokens, after) in ("/", "-") and _word(tokens, after + 1).isdigit()
    if not (within_complex or split or looks_numbered(tokens, after)):
        return _NOTHING
    return _block_at(tokens, index, index, "")


def _block_at(tokens: Tokens, first: int, index: int, kind: str) -> Reading:
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    word = _word(tokens, index)
    code, number = "", ""
    after = index
    if word.isdigit():
        code, after = _plain(word), index + 1
        behind = _suffix(tokens, after)
        code += words[behind - 1].upper() if behind > after else ""
        after = behind
    elif word.isalpha() and (len(word) <= _MOST_LETTERS or word in ROMAN) and word not in ANCHORS:
        code, after = word.upper(), index + 1
        if _word(tokens, after).isdigit() and tokens.glued(after):
            code += _plain(words[after])
            after += 1
            if tokens.glued(after) and _lone_letter(tokens, after):
                code += words[after].upper()
                after += 1
        elif _word(tokens, after) == "." and tokens.glued(after + 1) and _word(tokens, after + 1).isdigit():
            code += _plain(words[after + 1])
            after += 2
        elif _word(tokens, after) in ("-", "/", ".") and _lone_letter(tokens, after + 1):
            code += "-" + words[after + 1].upper()
            after += 2
    if not code:
        return _NOTHING
    end = after
    mark = _word(tokens, after)
    inner = mark in ("-", "/", ".") or (mark == "," and tokens.glued(after) and tokens.glued(after + 1))
    at = _skip(tokens, after) if inner else after
    number, after = house_number(tokens, at)
    pieces: tuple[Piece, ...] = ()
    shown = f"{kind} {code}".strip()
    if after > at and number and looks_numbered(tokens, after):
        shown, end = (shown if code[-1].isalpha() and not kind else f"{shown}-") + number, after  # "Blok C-11 No. 5"
    elif kind and after > at and number and mark in _INNER:
        shown, end = f"{shown}-{number}", after  # "Kav. 52-53"
    elif after > at and number and at > end - 1 and not unit_pair(tokens, at).after:
        pieces = (Piece(Slot.NUMBER, starts[at], ends[after - 1], number),)
    else:
        after = end
    return Reading((Piece(Slot.BLOCK, starts[first], ends[end - 1], shown), *pieces), after)


def _lone_letter(tokens: Tokens, index: int) -> bool:
    word = _word(tokens, index)
    return len(word) == 1 and word.isalpha() and not _word(tokens, index + 1).isdigit()


def _kilometre(tokens: Tokens, anchor: int) -> Reading:
    words = tokens.words
    index = _skip(tokens, anchor + 1)
    word = _word(tokens, index)
    if word in ROMAN:
        return Reading((Piece(Slot.KILOMETRE, tokens.starts[anchor], tokens.ends[index], str(ROMAN[word])),), index + 1)
    if not (word.isdigit() and word.isascii()):
        return _NOTHING
    value, end = _plain(word) or "0", index
    if _word(tokens, end + 1) in (".", ",") and tokens.glued(end + 1) and tokens.glued(end + 2):
        behind = _word(tokens, end + 2)
        if behind.isdigit() and behind.isascii() and len(behind) <= 2:
            value, end = f"{value},{words[end + 2]}", end + 2
    return Reading((Piece(Slot.KILOMETRE, tokens.starts[anchor], tokens.ends[end], value),), end + 1)


def _floor(tokens: Tokens, anchor: int) -> Reading:
    index = _skip(tokens, anchor + 1)
    word = _word(tokens, index)
    value = _FLOORS.get(word) or (str(ROMAN[word]) if word in ROMAN else _plain(word) if word.isdigit() else "")
    if not value:
        return _NOTHING
    return Reading((Piece(Slot.FLOOR, tokens.starts[anchor], tokens.ends[index], value),), index + 1)


def _postcode(tokens: Tokens, anchor: int) -> Reading:
    index = _skip(tokens, anchor + 1)
    word = _word(tokens, index)
    if not (word.isdigit() and word.isascii() and len(word) == _POSTCODE_LENGTH):
        return _NOTHING
    return Reading((Piece(Slot.POSTCODE, tokens.starts[anchor], tokens.ends[index], word),), index + 1)


NUMBERED: Final[dict[str, Callable[[Tokens, int], Reading]]] = {
    Mode.RT: _rt,
    Mode.RW: _rw,
    Mode.NUMBER: _number,
    Mode.BLOCK: _block,
    Mode.KILOMETRE: _kilometre,
    Mode.FLOOR: _floor,
    Mode.POSTCODE: _postcode,
}
