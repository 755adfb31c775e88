"""Give a row its kelurahan: from the names that it states, through the gazetteer, with every doubt as a warning.

Pure. An edition has few distinct places, so each (regency, kecamatan, kelurahan) text is resolved once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import Resolution
from telusur.register.rules import ENTRY_FIELDS, EntryValues
from telusur.words.reason import Reason

__all__ = ["Place", "Placer"]

# Below this the place is only a guess: the row stays without a code, and the reason says what was read.
_SURE_FROM = 0.6


# Regency, kecamatan and kelurahan as a row states them.
_Stated = tuple[str, str, str]
_STATED = attrgetter("kabupaten_kota", "kecamatan", "kelurahan")
_STATED_AT = tuple(map(ENTRY_FIELDS.index, ("kabupaten_kota", "kecamatan", "kelurahan")))


class Place(NamedTuple):
    """Kemendagri codes ("" where unknown) and what is doubtful about them."""

    kelurahan_code: str
    kecamatan_code: str
    doubts: tuple[Reason, ...]


class _Known(dict[_Stated, Place]):
    """Stated names → place, resolved on first sight."""

    __slots__ = ("_resolve",)

    def __init__(self, resolve: Callable[[str, str, str], Place]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, stated: _Stated) -> Place:
        place = self[stated] = self._resolve(*stated)
        return place


class Placer:
    """Resolves rows of one edition as of its day. `home` is the regency of rows that name none ("" for none)."""

    def __init__(self, gazetteer: Gazetteer, on: date, home: str = "") -> None:
        self._gazetteer = gazetteer
        self._on = on
        self._home = home
        self._known = _Known(self._resolve)
        self._regencies: dict[str, Resolution] = {}
        self._kecamatan: dict[tuple[str, str], Resolution] = {}
        self._exact: dict[str, dict[tuple[str, str], Place]] = {}

    def __call__(self, values: EntryValues) -> Place:
        """The row's place."""
        return self._known[_STATED(values)]

    def many(self, columns: Sequence[Sequence[Any]]) -> list[Place]:
        """The place of each row; nine in ten are known from the rows before, and are looked up in one go.

        columns: one for each field of `EntryValues`, in its order.
        """
        return list(map(self._known.__getitem__, zip(*(columns[at] for at in _STATED_AT), strict=True)))

    def _resolve(self, regency_text: str, kecamatan_text: str, kelurahan_text: str) -> Place:
        doubts: list[Reason] = []
        regency = self._home
        if regency_text:
            named = self._regencies.get(regency_text)
            if named is None:
                named = self._regencies[regency_text] = self._gazetteer.regency(regency_text)
            doubts.extend(named.reasons)
            regency = named.code or ""
        if not regency:
            return Place("", "", tuple(doubts))
        place = self._exact_places(regency).get((kecamatan_text.casefold(), kelurahan_text.casefold()))
        if place is None:
            place = self._read(regency, kecamatan_text, kelurahan_text)
        return place._replace(doubts=(*doubts, *place.doubts)) if doubts else place

    def _read(self, regency: str, kecamatan_text: str, kelurahan_text: str) -> Place:
        """A place whose names are not written as the official ones are."""
        kelurahan = self._gazetteer.kelurahan(
            kelurahan_text, regency_code=regency, kecamatan_text=kecamatan_text, on=self._on
        )
        if kelurahan.code and kelurahan.confidence >= _SURE_FROM:
            return Place(kelurahan.code, kelurahan.code.rpartition(".")[0], kelurahan.reasons)
        stated = (regency, kecamatan_text)
        kecamatan = self._kecamatan.get(stated)
        if kecamatan is None:
            kecamatan = self._kecamatan[stated] = self._gazetteer.kecamatan(kecamatan_text, regency, on=self._on)
        sure = kecamatan.code is not None and kecamatan.confidence >= _SURE_FROM
        more = tuple(reason for reason in kecamatan.reasons if reason not in kelurahan.reasons)
        return Place("", kecamatan.code if sure and kecamatan.code else "", (*kelurahan.reasons, *more))

    def _exact_places(self, regency: str) -> dict[tuple[str, str], Place]:
        """A regency's kelurahan by the official names of kecamatan and kelurahan; doubled pairs are left to the resolver.

        Nine rows in ten of a nation's list are written just so, and the resolver's indexes are dear to build.
        """
        places = self._exact.get(regency)
        if places is None:
            places = self._exact[regency] = {}
            doubled = set()
            for kecamatan in self._gazetteer.children(regency, self._on):
                places[(kecamatan.name.casefold(), "")] = Place("", kecamatan.code, ())
                for kelurahan in self._gazetteer.children(kecamatan.code, self._on):
                    pair = (kecamatan.name.casefold(), kelurahan.name.casefold())
                    if pair in places:
                        doubled.add(pair)
                    places[pair] = Place(kelurahan.code, kecamatan.code, ())
            for pair in doubled:
                del places[pair]
        return places
