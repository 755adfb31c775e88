"""Four keys of a name, from strict to loose, and the variants of a typed text worth looking up.

In: text as people type it. Out: keys for exact look-up; two texts with one key are the same name at that strictness.
Source: the spellings of the registry's public list (domain.md §1.6) and the spelling reforms of 1947 and 1972.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

__all__ = ["Keys", "Variant", "alternates_of", "exact_key", "keys_of", "tokens_of", "variants_of"]

# A short form may stand for several words; every reading is tried.
_SHORT_FORMS: dict[str, tuple[str, ...]] = {
    "bdr": ("bandar",),
    "bkt": ("bukit",),
    "gg": ("gunung",),
    "gn": ("gunung",),
    "gng": ("gunung",),
    "gp": ("gampong",),
    "jt": ("jati",),
    "kb": ("kebon", "kubu"),
    "kp": ("kampung",),
    "kpg": ("kampung",),
    "kr": ("krueng", "karang"),
    "krg": ("karang",),
    "lb": ("lubuk",),
    "lbk": ("lubuk",),
    "lt": ("lorong",),
    "ma": ("muara",),
    "mns": ("meunasah",),
    "mr": ("muara",),
    "p": ("pulau",),
    "pd": ("padang", "pondok"),
    "pdg": ("padang",),
    "pdk": ("pondok",),
    "perk": ("perkebunan",),
    "pkl": ("pangkalan",),
    "ps": ("pasar", "pasir"),
    "psr": ("pasar", "pasir"),
    "sb": ("sumber",),
    "sbr": ("sumber",),
    "sei": ("sungai",),
    "sp": ("simpang",),
    "spg": ("simpang",),
    "sui": ("sungai",),
    "tbg": ("tumbang",),
    "tg": ("tanjung",),
    "tj": ("tanjung",),
    "tjg": ("tanjung",),
    "tl": ("teluk",),
    "tlg": ("talang",),
    "tlk": ("teluk",),
}
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"), start=1
    )
}
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_APOSTROPHES = re.compile(r"['`´‘’ʼ]")
_FOLDS = (
    ("oe", "u"),
    ("tj", "c"),
    ("dj", "j"),
    ("nj", "ny"),
    ("kh", "k"),
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("gh", "g"),
    ("uw", "u"),
    ("iy", "i"),
    ("q", "k"),
    ("v", "f"),
    ("z", "s"),
)
# Every old spelling has one of these letters: a name with none of them, one in three, is looked at once and not 14 times.
_FOLDED_LETTERS = frozenset("hjqvwyz") | {"e"}
_DOUBLED = re.compile(r"([a-z])\1+")
_BRACKETS = re.compile(r"\([^)]*\)?")
_TAIL = re.compile(
    r"[,;/(]|\s-+\s?|(?<=\S)\s*\b(?:rt|rw|kec|kecamatan|kab|kabupaten|prov|provinsi|jl|jln|jalan|dusun|dsn|kode\s?pos)\b",
    re.IGNORECASE,
)
# The words of `_TAIL`: a text of letters and single blanks with none of them has no tail.
_TAILS = "rt rw kec kecamatan kab kabupaten prov provinsi jl jln jalan dusun dsn kode kodepos"
_TAIL_WORDS = frozenset(_TAILS.split())
_PLAIN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")

_PREFIXES = {
    "kelurahan": frozenset({"kel", "kelurahan", "ds", "desa"}),
    "kecamatan": frozenset({"kec", "kecamatan", "distrik", "kapanewon", "kemantren"}),
}
# "DesaTirtomarto": the word of kind without its blank, told by the capital letter of the name.
_GLUED = re.compile(r"\s*(?i:kelurahan|desa|kel|ds|kecamatan|kec|distrik)(?<=[a-z])(?=[A-Z][a-z])")
_GENERIC = {
    "kelurahan": frozenset({"kampung", "gampong", "nagari", "pekon", "tiyuh", "lembang", "kp", "gp", "negeri"}),
    "kecamatan": frozenset({"kota"}),
    "kabupaten_kota": frozenset({"kepulauan"}),
}
_MARKS = frozenset(
    [
        "timur",
        "barat",
        "utara",
        "selatan",
        "tengah",
        "ulu",
        "hulu",
        "ilir",
        "hilir",
        "udik",
        "baru",
        "lama",
        "dalam",
        "luar",
        "atas",
        "bawah",
        "kulon",
        "wetan",
        "kidul",
        "lor",
        "kaler",
        "girang",
        "besar",
        "kecil",
        "tonggoh",
        "kota",
        "jaya",
        "raya",
        "indah",
    ]
)
_SAME_MARK = {"hulu": "ulu", "hilir": "ilir"}


class Keys(NamedTuple):
    """The keys of one name. A NamedTuple, as a country's 84,000 names are keyed where a national list is read.

    exact: case and blanks levelled. compact: letters and digits only. expanded: short forms and numerals written out,
    one key a reading. folded: old and doubled spellings levelled, one key a reading.
    marks: numerals, single letters and words such as "Ulu" or "Baru" that tell neighbours apart: a misspelt name is
    never taken for one with other marks.
    """

    exact: str
    compact: str
    expanded: tuple[str, ...]
    folded: tuple[str, ...]
    marks: frozenset[str]


class Variant(NamedTuple):
    """A typed text, whole or with something left out. `dropped`: 0 nothing, 1 a word before, 2 words behind."""

    text: str
    dropped: int


@lru_cache(maxsize=65536)
def tokens_of(text: str) -> tuple[str, ...]:
    """Runs of letters or of digits, in lower case, without accents and apostrophes. Remembered: names come again."""
    if text.isascii():
        lower = text.lower()
        words = lower.split()
        if "".join(words).isalpha():
            return tuple(words)
        return tuple(_TOKEN.findall(_APOSTROPHES.sub("", lower)))
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    return tuple(_TOKEN.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


@lru_cache(maxsize=16384)
def _numbered(token: str) -> tuple[str, str]:
    """A token with numerals as digits; and the same where it is a mark (see `Keys`), else ""."""
    number = _numeral(token)
    is_mark = number.isdigit() or len(number) == 1 or number in _MARKS
    return number, _SAME_MARK.get(number, number) if is_mark else ""


def _numeral(token: str) -> str:
    if token in _NUMBER_WORDS:
        return _NUMBER_WORDS[token]
    if not _ROMAN.fullmatch(token):
        return token.lstrip("0") or token
    values = [_ROMAN_VALUES[letter] for letter in token]
    after = [*values[1:], 0]
    return str(sum(-value if value < following else value for value, following in zip(values, after, strict=True)))


def _fold(compact: str) -> str:
    if not _FOLDED_LETTERS.isdisjoint(compact):
        for old, new in _FOLDS:
            compact = compact.replace(old, new)
    return _DOUBLED.sub(r"\1", compact)


@lru_cache(maxsize=65536)
def keys_of(text: str) -> Keys:
    """The keys of a name. Pure; remembered, since lists repeat names."""
    tokens = tokens_of(text)
    numbered = [_numbered(token) for token in tokens]
    words = [number for number, _ in numbered]
    if _SHORT_FORMS.keys().isdisjoint(words):
        whole = "".join(words)
        expanded: tuple[str, ...] = (whole,)
        folded: tuple[str, ...] = (_fold(whole),)
    else:
        readings = islice(product(*(_SHORT_FORMS.get(word, (word,)) for word in words)), 8)
        expanded = tuple("".join(reading) for reading in readings)
        folded = tuple(map(_fold, expanded))
    marks = frozenset([mark for _, mark in numbered if mark])
    return Keys(exact_key(text), "".join(tokens), expanded, folded, marks)


def exact_key(text: str) -> str:
    """The strictest key alone, see `Keys`."""
    return " ".join(text.casefold().split())


def alternates_of(name: str, level: str, wider: Sequence[str] = ()) -> tuple[str, ...]:
    """Shorter forms under which people know an official name: without brackets, a word of kind, the wider area's name.

    "Gampong Drien" → "Drien"; "Kota Kudus" in Kudus → "Kota"; "Kurau (Timur)" → "Kurau". Never the name itself.
    """
    words = (_BRACKETS.sub(" ", name) if "(" in name else name).split()
    bare = " ".join(words)
    found = [bare]
    if len(words) > 1 and words[0].casefold() in _GENERIC.get(level, frozenset()):
        found.append(" ".join(words[1:]))
    for area in wider:
        around = area.casefold().split()
        folded = [word.casefold() for word in words]
        if len(words) > len(around) and around:
            if folded[: len(around)] == around:
                found.append(" ".join(words[len(around) :]))
            if folded[-len(around) :] == around:
                found.append(" ".join(words[: -len(around)]))
    whole = " ".join(name.split())
    return tuple(dict.fromkeys(form for form in found if form and form != whole))


def _without_leading(text: str, words: frozenset[str]) -> str:
    while True:
        lead = re.match(r"[\W_]*([^\W\d_]+)[\W_]*", text)
        if lead is None or lead.group(1).casefold() not in words:
            return text
        text = text[lead.end() :]


def _without_trailing(text: str, area: str) -> str:
    words, around = text.split(), area.casefold().split()
    if around and len(words) > len(around) and [word.casefold() for word in words[-len(around) :]] == around:
        return " ".join(words[: -len(around)])
    return text


@lru_cache(maxsize=65536)
def _strippable(level: str, wider: tuple[str, ...]) -> frozenset[str]:
    """The words that `variants_of` may leave out, or before which it may cut, casefolded."""
    around = {word for area in wider for word in area.casefold().split()}
    return _TAIL_WORDS | _PREFIXES.get(level, frozenset()) | _GENERIC.get(level, frozenset()) | around


def variants_of(text: str, level: str, wider: tuple[str, ...] = ()) -> tuple[Variant, ...]:
    """The text, then shorter readings of it: without a word of kind before, without what follows the name.

    `wider`: names of the areas around; one that trails the text ("Ketegan Taman" in kecamatan Taman) is left out.
    An empty tuple when only words of kind stand there.
    """
    glued = _GLUED.match(text)
    if glued is not None:
        return (Variant(text.strip(), 0), *variants_of(f"{glued[0]} {text[glued.end() :]}", level, wider)[1:])
    if _PLAIN.fullmatch(text) and _strippable(level, wider).isdisjoint(text.casefold().split()):
        # Four texts in five: a name and nothing else. Looking for each thing to leave out took a tenth of a large import.
        return (Variant(text, 0),)
    trimmed = text.strip().strip("-.,;:/ ")
    bare = _without_leading(trimmed, _PREFIXES.get(level, frozenset()))
    if not tokens_of(bare):
        return ()
    cut = _TAIL.search(bare)
    head = bare[: cut.start()] if cut else bare
    shorter = [head, _without_leading(head, _GENERIC.get(level, frozenset()))]
    shorter += [_without_trailing(head, area) for area in wider]
    if level == "kecamatan":
        shorter += alternates_of(head, level, wider)
    found = [Variant(text.strip(), 0), Variant(trimmed, 1), Variant(bare, 1)]
    found += [Variant(part, 2) for part in shorter if tokens_of(part)]
    kept: dict[str, Variant] = {}
    for variant in found:
        kept.setdefault(variant.text, variant)
    return tuple(kept.values())
