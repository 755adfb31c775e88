"""Which regency's names to look among: the stated one, the one that the address names, the one that has the kecamatan.

Pure. In: what is stated and the words of the address. Out: `Scope`s, the likeliest kind only; several when a name is
shared ("Bogor" is a city and a kabupaten) and the kelurahan must decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from telusur.addresses.rules import resolve_sentences as sentences
from telusur.addresses.rules.mention_words import Said, Word, said
from telusur.addresses.rules.resolve_values import Stated
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.areas.rules.spelling import keys_of, variants_of
from telusur.words.area_code import AreaLevel
from telusur.words.reason import Reason

__all__ = ["Scope", "other_regency", "proper_name", "scopes_of"]

# The stated city misspelt beyond this is no scope of its own.
_LEAST: Final = 0.6
_FROM_TEXT: Final = 0.97
_FROM_KECAMATAN: Final = 0.95
_MOST: Final = 12
_LONGEST: Final = 5
_KOTA_WORDS: Final = frozenset({"kota", "kodya", "kotamadya"})
_KABUPATEN_WORDS: Final = frozenset({"kabupaten", "kab"})
_ROADS: Final = frozenset({Said.ROAD, Said.PLACE, Said.HAMLET, Said.VILLAGE, Said.KECAMATAN})


@dataclass(frozen=True, slots=True)
class Scope:
    """A regency to look in, and how sure that is (factor of the confidence)."""

    code: str
    factor: float = 1.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A regency's name in the address.

    anchored: "Kota" or "Kab." stands before it. last: it ends the address. spelt: as the official name, but for blanks.
    """

    typed: str
    areas: tuple[AreaName, ...]
    said: Said
    anchored: bool
    last: bool
    spelt: bool


def proper_name(area: AreaName) -> str:
    """ "Kota Administrasi Jakarta Timur" → "Jakarta Timur"."""
    words = area.name.split()
    while len(words) > 1 and words[0] in ("Kota", "Kabupaten", "Administrasi", "Adm."):
        words = words[1:]
    return " ".join(words)


def scopes_of(gazetteer: Gazetteer, stated: Stated, words: Sequence[Word], text: str) -> list[Scope]:
    """The regencies to look in; empty when nothing says which."""
    if stated.regency.strip():
        read = gazetteer.regency(stated.regency)
        if read.code is not None and read.confidence >= _LEAST:
            return [Scope(read.code, read.confidence, read.reasons)]
    regencies = {area.code: area for area in gazetteer.regencies()}
    if len(regencies) == 1:
        return [Scope(code) for code in regencies]
    named = _best(_named(gazetteer, words, text))
    holding = _with_kecamatan(gazetteer, stated, words)
    if named is not None:
        codes = [area.code for area in named.areas]
        both = [code for code in codes if code in holding] or codes
        return [
            Scope(code, _FROM_TEXT, (sentences.city_from_text(named.typed, regencies[code].name),)) for code in both
        ]
    return [
        Scope(code, _FROM_KECAMATAN, (sentences.city_from_text(typed, regencies[code].name),))
        for code, typed in holding.items()
    ][:_MOST]


def other_regency(gazetteer: Gazetteer, words: Sequence[Word], text: str, code: str) -> str:
    """The typed name of another regency that the address calls a city or kabupaten; "" when it names none."""
    if not any(word.text in _KOTA_WORDS or word.text in _KABUPATEN_WORDS for word in words):
        return ""
    anchored = [name for name in _named(gazetteer, words, text) if name.anchored]
    if not anchored or any(area.code == code for name in anchored for area in name.areas):
        return ""
    return anchored[-1].typed


def _named(gazetteer: Gazetteer, words: Sequence[Word], text: str) -> list[_Named]:
    """The regencies that the address names, longest names first met, in the order of the text."""
    table = gazetteer.keep("regencies", lambda: _regency_table(gazetteer.regencies()))
    found: list[_Named] = []
    first = 0
    while first < len(words):
        for last in range(min(len(words), first + _LONGEST), first, -1):
            if any(word.cut for word in words[first + 1 : last]):
                continue
            areas = [area for form in _folded(words, first, last) for area in table.get(form, ())]
            if areas:
                found.append(_one(words, text, (first, last), areas))
                first = last - 1
                break
        first += 1
    return found


def _one(words: Sequence[Word], text: str, run: tuple[int, int], areas: Iterable[AreaName]) -> _Named:
    first, last = run
    how = said(words, first, last)
    before = words[first - 1].text if first and not words[first].cut else ""
    kind = "Kota" if before in _KOTA_WORDS else "Kabupaten" if before in _KABUPATEN_WORDS else ""
    fitting = tuple(dict.fromkeys(area for area in areas if area.name.startswith(kind)))
    start = words[first - 1].start if kind else words[first].start
    return _Named(
        text[start : words[last - 1].end],
        fitting or tuple(dict.fromkeys(areas)),
        how,
        bool(kind and fitting),
        last == len(words) or (last == len(words) - 1 and words[last].text.isdigit()),
        any(keys_of(proper_name(area)).compact == "".join(word.text for word in words[first:last]) for area in areas),
    )


def _best(names: Sequence[_Named]) -> _Named | None:
    """The name that is called a city, else the one that ends the address or stands alone; the last of them."""
    anchored = [name for name in names if name.anchored]
    loose = [name for name in names if name.spelt and name.said not in _ROADS]
    ending = [name for name in loose if name.last or name.said is Said.ALONE]
    best = anchored or ending or loose
    return best[-1] if best else None


def _with_kecamatan(gazetteer: Gazetteer, stated: Stated, words: Sequence[Word]) -> dict[str, str]:
    """The regencies that have the stated kecamatan, or one that the address names, and what was typed.

    A name of one word counts only after "Kec.": too many kecamatan are called as a street or a village elsewhere is.
    """
    table = gazetteer.keep("kecamatan of the country", lambda: _kecamatan_table(gazetteer))
    typed = stated.kecamatan.strip()
    if typed:
        forms = [form for variant in variants_of(typed, "kecamatan") for form in keys_of(variant.text).folded]
        return {code: typed for form in forms for code in table.get(form, ())}
    anchored, loose = dict[str, str](), dict[str, str]()
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST), first, -1):
            if any(word.cut for word in words[first + 1 : last]):
                continue
            how = said(words, first, last)
            if how is not Said.KECAMATAN and not (how in (Said.ALONE, Said.PLAIN, Said.BESIDE) and last - first > 1):
                continue
            run = " ".join(word.text for word in words[first:last])
            codes = {code: run for form in _folded(words, first, last) for code in table.get(form, ())}
            (anchored if how is Said.KECAMATAN else loose).update(codes)
            if codes:
                break
    return anchored or loose


def _folded(words: Sequence[Word], first: int, last: int) -> Sequence[str]:
    return keys_of(" ".join([word.text for word in words[first:last]])).folded


def _regency_table(regencies: Iterable[AreaName]) -> dict[str, list[AreaName]]:
    table: dict[str, list[AreaName]] = {}
    for area in regencies:
        for form in keys_of(proper_name(area)).folded:
            table.setdefault(form, []).append(area)
    return table


def _kecamatan_table(gazetteer: Gazetteer) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for regency in gazetteer.regencies():
        for entry in gazetteer.entries(AreaLevel.KECAMATAN, regency.code):
            for form in keys_of(entry.spelling).folded:
                table.setdefault(form, []).append(regency.code)
    return table
