"""The ways in which lists spoil a text or a row: slips of the finger, abbreviations, letter case, joined and dropped words.

In: any text, or any row with the columns to spoil, and a random source. Out: the spoiled text or row and what was done to
it, so that a match can be measured against the truth. A corruption that does not fit a text leaves it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

__all__ = ["CORRUPTIONS", "LETTER_SLIPS", "Applied", "corrupt_row", "corrupt_text", "misspell"]

Corruption = Callable[[str, Random], str]

_BESIDE: Final = {
    "a": "sqw", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "y": "tu", "z": "x",
}  # fmt: skip
_ABBREVIATIONS: Final = (
    ("Koperasi Simpan Pinjam dan Pembiayaan Syariah", "KSPPS"),
    ("Koperasi Pegawai Republik Indonesia", "KPRI"),
    ("Koperasi Simpan Pinjam", "KSP"),
    ("Koperasi Serba Usaha", "KSU"),
    ("Koperasi Unit Desa", "KUD"),
    ("Koperasi Pegawai Negeri", "KPN"),
    ("Koperasi Karyawan", "Kopkar"),
    ("Koperasi Wanita", "Kopwan"),
    ("Koperasi Pondok Pesantren", "Koppontren"),
    ("Koperasi", "Kop."),
    ("Gunung", "Gn."),
    ("Kampung", "Kp."),
    ("Sungai", "Sei"),
    ("Tanjung", "Tj."),
    ("Karang", "Kr."),
    ("Jalan", "Jl."),
    ("Kelurahan", "Kel."),
    ("Kecamatan", "Kec."),
    ("Nomor", "No."),
    ("Gang", "Gg."),
    ("Komplek", "Komp."),
)
_VOWELS: Final = "aiueo"


def _letters(text: str) -> list[int]:
    """Places of letters that have a letter before them: a slip at the very start is rare."""
    return [place for place in range(1, len(text)) if text[place].isalpha() and text[place - 1].isalpha()]


def _any(rng: Random, places: Sequence[int]) -> int:
    return places[int(rng.random() * len(places))]


def swap_letters(text: str, rng: Random) -> str:
    """Two neighbouring, different letters change places."""
    places = [place for place in _letters(text) if text[place] != text[place - 1]]
    if not places:
        return text
    at = _any(rng, places)
    return f"{text[: at - 1]}{text[at]}{text[at - 1]}{text[at + 1 :]}"


def drop_letter(text: str, rng: Random) -> str:
    """A letter is left out."""
    places = _letters(text)
    if not places:
        return text
    at = _any(rng, places)
    return text[:at] + text[at + 1 :]


def double_letter(text: str, rng: Random) -> str:
    """A letter is struck twice."""
    places = _letters(text)
    if not places:
        return text
    at = _any(rng, places)
    return text[:at] + text[at].lower() + text[at:] if text[at].islower() else text[:at] + text[at] + text[at:]


def replace_letter(text: str, rng: Random) -> str:
    """A letter becomes one that lies beside it on the keyboard."""
    places = [place for place in _letters(text) if text[place].lower() in _BESIDE]
    if not places:
        return text
    at = _any(rng, places)
    near = _BESIDE[text[at].lower()]
    letter = near[int(rng.random() * len(near))]
    return text[:at] + (letter.upper() if text[at].isupper() else letter) + text[at + 1 :]


def change_vowel(text: str, rng: Random) -> str:
    """A vowel becomes another, as in names written by ear."""
    places = [place for place in _letters(text) if text[place].lower() in _VOWELS]
    if not places:
        return text
    at = _any(rng, places)
    others = _VOWELS.replace(text[at].lower(), "")
    letter = others[int(rng.random() * len(others))]
    return text[:at] + (letter.upper() if text[at].isupper() else letter) + text[at + 1 :]


def abbreviate(text: str, rng: Random) -> str:
    """The first long form found becomes its short one: "Koperasi Serba Usaha" is KSU, "Gunung" is Gn."""
    for long, short in _ABBREVIATIONS:
        changed = re.sub(rf"\b{long}\b", short, text, count=1, flags=re.IGNORECASE)
        if changed != text:
            return changed
    return text


def expand(text: str, rng: Random) -> str:
    """The first short form found becomes its long one."""
    for long, short in _ABBREVIATIONS:
        changed = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", long, text, count=1, flags=re.IGNORECASE)
        if changed != text:
            return changed
    return text


def change_case(text: str, rng: Random) -> str:
    """All capitals, all small, or a capital a word; one that differs from what it was."""
    forms = [form for form in (text.upper(), text.lower(), text.title()) if form != text]
    return forms[int(rng.random() * len(forms))] if forms else text


def join_words(text: str, rng: Random) -> str:
    """A blank between two words is lost, the second word goes small: "Layang Baru" is "Layangbaru"."""
    places = [found.start() for found in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)]
    if not places:
        return text
    at = _any(rng, places)
    return text[:at] + text[at + 1].lower() + text[at + 2 :]


def split_word(text: str, rng: Random) -> str:
    """A blank comes into a long word, the second half gets a capital: "Kariwangi" is "Kari Wangi"."""
    places = [
        found.start() + 3 + int(rng.random() * (len(found[0]) - 5)) for found in re.finditer(r"[^\W\d_]{6,}", text)
    ]
    if not places:
        return text
    at = _any(rng, places)
    return f"{text[:at]} {text[at].upper()}{text[at + 1 :]}"


def drop_word(text: str, rng: Random) -> str:
    """A word other than the first is left out, when two are left."""
    words = text.split()
    if len(words) < 3:
        return text
    del words[1 + int(rng.random() * (len(words) - 1))]
    return " ".join(words)


def swap_words(text: str, rng: Random) -> str:
    """Two neighbouring words change places."""
    words = text.split()
    places = [place for place in range(1, len(words)) if words[place] != words[place - 1]]
    if not places:
        return text
    at = _any(rng, places)
    words[at - 1], words[at] = words[at], words[at - 1]
    return " ".join(words)


def change_punctuation(text: str, rng: Random) -> str:
    """Full stops go, or come behind the first word."""
    if "." in text:
        return " ".join(text.replace(".", " ").split())
    first, blank, rest = text.partition(" ")
    return f"{first}.{blank}{rest}" if rest else text


def change_digit(text: str, rng: Random) -> str:
    """A digit becomes another."""
    places = [place for place, letter in enumerate(text) if letter in "0123456789"]
    if not places:
        return text
    at = _any(rng, places)
    return f"{text[:at]}{(int(text[at]) + 1 + int(rng.random() * 9)) % 10}{text[at + 1 :]}"


CORRUPTIONS: Final[Mapping[str, Corruption]] = {
    "swap_letters": swap_letters,
    "drop_letter": drop_letter,
    "double_letter": double_letter,
    "replace_letter": replace_letter,
    "change_vowel": change_vowel,
    "abbreviate": abbreviate,
    "expand": expand,
    "change_case": change_case,
    "join_words": join_words,
    "split_word": split_word,
    "drop_word": drop_word,
    "swap_words": swap_words,
    "change_punctuation": change_punctuation,
    "change_digit": change_digit,
}
LETTER_SLIPS: Final = ("swap_letters", "drop_letter", "double_letter", "replace_letter", "change_vowel")


class Applied(NamedTuple):
    """One thing that was done: to which column, by which corruption, from what to what."""

    label: str
    corruption: str
    before: str
    after: str


def corrupt_text(
    text: str, rng: Random, *, kinds: Sequence[str] = LETTER_SLIPS, count: int = 1
) -> tuple[str, tuple[str, ...]]:
    """`text` with up to `count` corruptions and their names; fewer where they do not fit the text."""
    done: list[str] = []
    for _ in range(count):
        for kind in sorted(kinds, key=lambda _: rng.random()):
            changed = CORRUPTIONS[kind](text, rng)
            if changed != text:
                text = changed
                done.append(kind)
                break
    return text, tuple(done)


def misspell(text: str, rng: Random, *, slips: int = 1) -> str:
    """`text` with `slips` slips of the finger; different from `text` wherever two letters stand together."""
    changed = text
    for _ in range(8):
        changed, _done = corrupt_text(text, rng, count=slips)
        if changed != text:
            break
    return changed


def corrupt_row(
    row: Mapping[str, str], rng: Random, columns: Mapping[str, Sequence[str]], *, count: int = 1
) -> tuple[dict[str, str], tuple[Applied, ...]]:
    """A copy of `row` with up to `count` corruptions. `columns`: which corruptions may befall which column."""
    spoiled = dict(row)
    done: list[Applied] = []
    labels = [label for label in columns if label in row]
    for _ in range(count if labels else 0):
        label = labels[int(rng.random() * len(labels))]
        before = spoiled[label]
        after, kinds = corrupt_text(before, rng, kinds=columns[label])
        if kinds:
            spoiled[label] = after
            done.append(Applied(label, kinds[0], before, after))
    return spoiled, tuple(done)
