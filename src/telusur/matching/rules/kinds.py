"""What a value of each kind is compared by: one normal text, and the parts that are told apart before letters are compared.

In: texts as a table states them. Out: normal texts, "" where nothing is stated, and parts (a number's serial and year, a
name's digits). Equal cells are read once. Source of the word lists: common knowledge of the forms in use, not a data set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

from telusur.intake.rules.cells import read_date
from telusur.words.coop_name import read_coop_name
from telusur.words.legal_number import Act, read_legal_number

__all__ = [
    "BLANKS",
    "Legal",
    "Worded",
    "fold",
    "read_code",
    "read_day",
    "read_legal",
    "read_number",
    "read_place",
    "worded_reader",
]

BLANKS: Final = frozenset(
    {"", "-", "--", "0", "n/a", "na", "nan", "none", "null", "tidak ada", "tdk ada", "unknown", "."}
)
_PLAIN: Final = {code: (chr(code).lower() if chr(code).isalnum() else " ") for code in range(128)} | {
    ord("'"): None,
    ord("`"): None,
}
_ROMAN: Final = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_SHORT: Final = {
    "gn": "gunung", "gng": "gunung", "kp": "kampung", "kmp": "kampung", "sei": "sungai", "sui": "sungai", "tj": "tanjung",
    "tg": "tanjung", "tjg": "tanjung", "kr": "karang", "pd": "pondok", "ds": "desa", "kel": "kelurahan", "kec": "kecamatan",
    "kab": "kabupaten", "jl": "jalan", "jln": "jalan", "gg": "gang", "no": "nomor", "komp": "komplek", "kompleks": "komplek",
    "perum": "perumahan", "blk": "blok", "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "blvd": "boulevard",
}  # fmt: skip
_FORMS: Final = frozenset(
    [
        "pt",
        "cv",
        "ud",
        "tbk",
        "persero",
        "perum",
        "yayasan",
        "firma",
        "fa",
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "llc",
        "llp",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "sarl",
        "spa",
        "srl",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "kg",
        "pty",
    ]
)
_TITLES: Final = frozenset(
    [
        "h",
        "hj",
        "haji",
        "hajah",
        "dr",
        "drs",
        "dra",
        "ir",
        "prof",
        "se",
        "sh",
        "st",
        "mm",
        "msi",
        "mpd",
        "spd",
        "skom",
        "sos",
        "sag",
        "mr",
        "mrs",
        "ms",
        "bin",
        "binti",
    ]
)
_PLACE_WORDS: Final = frozenset(
    ["kelurahan", "desa", "kecamatan", "kabupaten", "kota", "kotamadya", "provinsi", "propinsi", "adm", "administrasi"]
)
# Kinds whose proper name is the village: one cooperative in each.
_OF_VILLAGES: Final = frozenset(["KDMP", "KKMP", "KDKMP"])
# What follows says in which larger area the village lies.
_LARGER_AREAS: Final = frozenset(["kecamatan", "kabupaten", "provinsi", "propinsi"])
_STREET_FILLERS: Final = frozenset(["jalan", "street", "road", "avenue", "nomor", "alamat"])
_DAY: Final = re.compile(r"\s*(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[ T].*)?\s*")
_MONTH_FIRST: Final = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_COMPACT_DAY: Final = re.compile(r"(?:19|20)\d{6}")
_MARKED: Final = re.compile(r"[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)+")
_FEWEST_CODE_SIGNS: Final = 3
_FEWEST_INITIALS: Final = 3
_AMOUNT: Final = re.compile(r"[^\d.,-]")


class Worded(NamedTuple):
    """A text of words. words: normal words in their order; sorted_words: in the alphabet's. digits: the numbers that stand
    in it, apart. kind: its kind or legal form, "" where none. acronym: first letters of three words or more, else "".
    codes: words in which letters and digits are mixed, such as a model's mark, as "LC-37D64U": "lc37d64u". by_place: 1 where
    the name is a village's and nothing else, as a Merah Putih cooperative's is: another word is another cooperative."""

    words: str
    sorted_words: str
    digits: str
    kind: str
    acronym: str
    codes: str = ""
    by_place: int = 0


_NOTHING: Final = Worded("", "", "", "", "")


class Legal(NamedTuple):
    """A number of legal entity, structured; serial 0 where it could not be read. year 0 where not stated.
    family: its series, as "kwk" or "ahu"."""

    key: str
    serial: int
    year: int
    office: str
    amends: bool
    family: str = ""


def fold(text: str) -> str:
    """Small letters without accents; every other sign but letters and digits a single blank."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
        text = "".join(c if c.isalnum() else " " for c in text.translate(_PLAIN))
        return " ".join(text.split())
    return " ".join(text.translate(_PLAIN).split())


def _worded(words: Sequence[str], kind: str, apart: bool) -> Worded:
    digits = " ".join(word for word in words if word.isdigit())
    said = [word for word in words if not word.isdigit()] if apart and len(digits) else list(words)
    if not said:
        said = list(words)
    acronym = "".join(word[0] for word in said) if len(said) >= _FEWEST_INITIALS else ""
    return Worded(" ".join(said), " ".join(sorted(set(said))), digits, kind, acronym)


def _cooperative(text: str) -> Worded:
    named = read_coop_name(text)
    words = [_SHORT.get(word, word) for word in fold(named.proper or named.text).split()]
    words = [words[0], *(_ROMAN.get(word, word) for word in words[1:])] if words else []
    if not _OF_VILLAGES.isdisjoint(named.kinds):
        return _worded(_village(words), " ".join(named.kinds), True)._replace(by_place=1)
    return _worded(words, " ".join(named.kinds), True)


def _village(words: list[str]) -> list[str]:
    """The village's own words: without "Desa" in front, and without the larger area behind."""
    while len(words) > 1 and words[0] in ("desa", "kelurahan"):
        words = words[1:]
    end = next((at for at, word in enumerate(words) if at and word in _LARGER_AREAS), len(words))
    return words[:end]


def _organisation(text: str) -> Worded:
    words = fold(text).split()
    forms = [word for word in words if word in _FORMS]
    return _worded([word for word in words if word not in _FORMS] or words, " ".join(forms), True)


def _name(text: str) -> Worded:
    words = fold(text).split()
    return _worded([word for word in words if word not in _TITLES] or words, "", False)


def _joined(found: re.Match[str]) -> str:
    """Parts of a mark without what parts them; a date or "1/2" stays as it is."""
    whole = found[0]
    return re.sub(r"[-/.]", "", whole) if any(s.isdigit() for s in whole) and any(s.isalpha() for s in whole) else whole


def _text(text: str) -> Worded:
    text = _MARKED.sub(_joined, text)
    words = [_SHORT.get(word, word) for word in fold(text).split()]
    codes = [w for w in words if len(w) >= _FEWEST_CODE_SIGNS and not w.isalpha() and not w.isdigit()]
    plain = _worded([word for word in words if word not in _STREET_FILLERS] or words, "", False)
    return plain._replace(codes=" ".join(dict.fromkeys(codes))) if codes else plain


def worded_reader(kind: str, left_out: frozenset[str] = frozenset()) -> Callable[[str], Worded]:
    """The reader of texts of words of a kind: "cooperative", "organisation", "name" or "text". left_out: words that are not
    read, unless a text has no others. Never raises."""
    read = {"cooperative": _cooperative, "organisation": _organisation, "name": _name, "text": _text}[kind]

    def read_words(text: str) -> Worded:
        return _NOTHING if text.strip().lower() in BLANKS else read(text)

    return (lambda text: _without(read_words(text), left_out)) if left_out else read_words


def _without(seen: Worded, left_out: frozenset[str]) -> Worded:
    words = seen.words.split(" ")
    if left_out.isdisjoint(words):
        return seen
    kept = [word for word in words if word not in left_out] or words
    acronym = "".join(word[0] for word in kept) if len(kept) >= _FEWEST_INITIALS else ""
    return seen._replace(words=" ".join(kept), sorted_words=" ".join(sorted(set(kept))), acronym=acronym)


def read_legal(text: str) -> Legal:
    """The number of legal entity as structure. Never raises."""
    number = read_legal_number(text)
    if number is None:
        return Legal("", 0, 0, "", False)
    if not number.serial:
        return Legal(fold(text), 0, number.year or 0, "", False)
    return Legal(
        number.key,
        int(number.serial) if len(number.serial) < 18 else 0,
        number.year or 0,
        number.office,
        number.act is Act.AMENDMENT,
        number.family.value,
    )


def read_code(text: str) -> str:
    """A code's letters and digits in capitals, "" for blanks and for zeros alone."""
    code = "".join(sign for sign in text.upper() if sign.isalnum())
    return "" if not code.strip("0") or text.strip().lower() in BLANKS else code


def read_place(text: str) -> str:
    """A place's proper words, without "Kelurahan", "Kec." and the like."""
    if text.strip().lower() in BLANKS:
        return ""
    words = [_SHORT.get(word, word) for word in fold(text).split()]
    return " ".join([word for word in words if word not in _PLACE_WORDS] or words)


def read_day(text: str) -> int:
    """A day as its proleptic ordinal (`date.toordinal`), 0 where none is stated or it is no day. Of numbers the
    day comes before the month; a month may have its name."""
    found = _DAY.fullmatch(text)
    if found is not None:
        first, second, third = (int(part) for part in found.groups())
        year, month, day = (first, second, third) if first > 31 else (third, second, first)
    elif _COMPACT_DAY.fullmatch(text.strip()):
        plain = text.strip()
        year, month, day = int(plain[:4]), int(plain[4:6]), int(plain[6:])
    else:
        return _named_day(text)
    if month > 12:
        day, month = month, day
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return 0


def _named_day(text: str) -> int:
    """A day whose month has a name: "12 Januari 2010", "1-Jun-14", "June 1, 2014"."""
    trimmed = text.strip()
    if not any(map(str.isalpha, trimmed)) or not any(map(str.isdigit, trimmed)):
        return 0
    turned = _MONTH_FIRST.fullmatch(trimmed)
    day = read_date(trimmed if turned is None else "{1} {0} {2}".format(*turned.groups())).value
    return 0 if day is None else day.toordinal()


def read_number(text: str) -> float:
    """A number; NaN where none is stated. "1.234,5" and "1,234.5" are both read: the last mark with one or two digits
    behind it, or the only one with other than three, is the decimal one."""
    plain = _AMOUNT.sub("", text)
    if not any(sign.isdigit() for sign in plain):
        return float("nan")
    mark = max(plain.rfind("."), plain.rfind(","))
    whole, part = (plain[:mark], plain[mark + 1 :]) if mark >= 0 else (plain, "")
    if mark >= 0 and len(part) == 3 and plain.count(plain[mark]) >= 1 and not (set(".,") - {plain[mark]}) & set(whole):
        whole, part = whole + part, ""
    digits = "".join(sign for sign in whole if sign.isdigit())
    sign = -1.0 if plain.startswith("-") else 1.0
    return sign * float(f"{digits or '0'}.{''.join(s for s in part if s.isdigit()) or '0'}")
