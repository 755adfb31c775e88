"""Named places with coordinates: read from a list's rows, and found again by what an address mentions.

Pure. In: rows of a file (OpenStreetMap extracts, an office's own lists), then texts. Out: places or refusals; a point for a
text, or none where several places far apart have the name. Unknown rather than a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.addresses.rules.location import Point
from telusur.addresses.rules.points import Shape, metres_between, read_point
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["NamedPlace", "PlaceIndex", "PlaceReading", "place_words", "read_places"]

_NAME_LABELS = ("nama", "nama_tempat", "name")
_KIND_LABELS = ("jenis", "kategori", "kind", "type")
_LAT_LABELS = ("lat", "latitude", "lintang", "y")
_LON_LABELS = ("lon", "lng", "long", "longitude", "bujur", "x")
LONGEST_NAME = 200
# Places of one name this near to each other are one place (gates, buildings, segments of a street).
_ONE_PLACE_METRES = 400.0
# A landmark beside the border still serves the kelurahan next to it.
_NEAR_METRES = 300.0
# A text's beginning is looked for by so many words at least.
_LEAST_BEGINNING = 2
_WORD = re.compile(r"[0-9a-z]+")
_WRITTEN_OUT: Mapping[str, str] = {
    "jl": "jalan",
    "jln": "jalan",
    "gg": "gang",
    "mesjid": "masjid",
    "musholla": "mushola",
    "musala": "mushola",
    "mushalla": "mushola",
    "sdn": "sd negeri",
    "smpn": "smp negeri",
    "sman": "sma negeri",
    "smun": "sma negeri",
    "smu": "sma",
    "smkn": "smk negeri",
    "rsud": "rumah sakit umum daerah",
    "rs": "rumah sakit",
    "kel": "kelurahan",
    "ktr": "kantor",
    "plaza": "plasa",
}
# These say what kind of thing is meant and never which one.
_KIND_WORDS = frozenset(
    {
        "al", "apotek", "atm", "balai", "bandara", "bank", "barat", "baru", "belakang", "besar", "blok", "cabang",
        "camat", "daerah", "dekat", "depan", "gang", "gedung", "gereja", "hotel", "islam", "jalan", "kantor",
        "kecamatan", "kelurahan", "klinik", "kompleks", "kota", "lama", "lurah", "makan", "mal", "mall", "masjid",
        "mushola", "negeri", "pasar", "pelabuhan", "perum", "perumahan", "plasa", "polisi", "pos", "posyandu",
        "pura", "puskesmas", "raya", "restoran", "ruko", "rumah", "sakit", "samping", "sd", "sebelah", "seberang",
        "sekolah", "selatan", "sma", "smk", "smp", "spbu", "swasta", "taman", "tengah", "terminal", "timur", "tk",
        "toko", "umum", "unit", "universitas", "utara", "vihara", "warung",
    }
)  # fmt: skip

_NO_NAME = Reason("place_unnamed", "Nama tempat kosong")
_NO_POINT = Reason("place_point", "Koordinat tidak dapat dibaca sebagai lintang dan bujur dalam derajat")
_NO_COLUMNS = Reason("place_columns", "Kolom nama, lintang, atau bujur tidak ada")


class NamedPlace(NamedTuple):
    """A place with a name. kind: in the list's own words."""

    name: str
    kind: str
    point: Point


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Everything that a list holds: rows in = places + refusals, unless columns are missing."""

    places: tuple[NamedPlace, ...]
    refusals: tuple[Refusal, ...]


def read_places(columns: Mapping[str, Sequence[str]], numbers: Sequence[int]) -> PlaceReading:
    """The places of a table. numbers: each row's number as a spreadsheet shows it."""
    labels = {label.strip().casefold().replace(" ", "_"): label for label in columns}
    found = [
        next((labels[name] for name in names if name in labels), None)
        for names in (_NAME_LABELS, _LAT_LABELS, _LON_LABELS, _KIND_LABELS)
    ]
    name_label, lat_label, lon_label, kind_label = found
    if name_label is None or lat_label is None or lon_label is None:
        mend = "beri judul kolom «nama», «lat», dan «lon»"
        return PlaceReading((), (Refusal(None, "", "", _NO_COLUMNS, mend),))
    kinds = columns[kind_label] if kind_label else [""] * len(numbers)
    places: list[NamedPlace] = []
    refusals: list[Refusal] = []
    for at, number in enumerate(numbers):
        name = " ".join(columns[name_label][at].split())[:LONGEST_NAME]
        point = read_point(columns[lat_label][at], columns[lon_label][at])
        if not name:
            refusals.append(Refusal(number, name_label, "", _NO_NAME, "isi namanya atau hapus barisnya"))
        elif point is None:
            value = f"{columns[lat_label][at]}, {columns[lon_label][at]}"[:60]
            refusals.append(Refusal(number, lat_label, value, _NO_POINT, "tulis misalnya -1.2345 dan 116.8345"))
        else:
            places.append(NamedPlace(name, " ".join(kinds[at].split())[:80], point))
    return PlaceReading(tuple(places), tuple(refusals))


def place_words(name: str) -> str:
    """The name's words in small letters, common short forms written out, numbers without leading zeros."""
    written = (_WRITTEN_OUT.get(word, word) for word in _WORD.findall(name.casefold()))
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in written)


def _tells(words: Sequence[str]) -> bool:
    """Whether words say which place is meant, and not only what kind of place."""
    own = [word for word in words if word not in _KIND_WORDS]
    numbered = any(word.isdigit() for word in own) and len(words) > 1
    return numbered or any(len(word) > 2 and not word.isdigit() for word in own)


class PlaceIndex:
    """Places by their words. Immutable in effect; same places in, same answers out."""

    __slots__ = ("_by_word", "_places")

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._places: list[tuple[NamedPlace, tuple[str, ...]]] = []
        self._by_word: dict[str, set[int]] = {}
        for place in places:
            words = tuple(place_words(place.name).split())
            if _tells(words):
                for word in words:
                    self._by_word.setdefault(word, set()).add(len(self._places))
                self._places.append((place, words))

    def __len__(self) -> int:
        return len(self._places)

    def find(self, text: str, shape: Shape, *, whole: bool = False) -> tuple[Point, str] | None:
        """The place that a text names, in the kelurahan's shape or beside it; None without one, or where it is not clear.

        Each of the text's words must stand in the place's name ("SMK 2" finds "SMK Negeri 2 Contoh"); whole: the names must
        be equal. A text that goes on ("Pasar Contoh lantai 2") finds by its beginning. Only in a known outline: every city
        has a market, a bank and a mosque of the same name.
        """
        words = place_words(text).split()
        for length in range(len(words), 0, -1):
            sought = words[:length]
            if (length < len(words) and length < _LEAST_BEGINNING) or not _tells(sought):
                return None
            near = [
                place
                for place, named in self._holding(sought)
                if (not whole or list(named) == sought) and shape.metres_to(place.point) <= _NEAR_METRES
            ]
            if near:
                return _as_one(near)
        return None

    def _holding(self, sought: Sequence[str]) -> list[tuple[NamedPlace, tuple[str, ...]]]:
        """The places whose names hold all of the words, in the list's order."""
        found = set.intersection(*(self._by_word.get(word, set()) for word in sought))
        return [self._places[at] for at in sorted(found)]


def _as_one(places: Sequence[NamedPlace]) -> tuple[Point, str] | None:
    """The middle of places that lie together; None for places apart."""
    middle = Point(
        sum(place.point.lat for place in places) / len(places), sum(place.point.lon for place in places) / len(places)
    )
    if any(metres_between(place.point, middle) > _ONE_PLACE_METRES for place in places):
        return None
    return middle, places[0].name
