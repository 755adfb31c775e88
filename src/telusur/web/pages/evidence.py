"""What officers brought from the field, to be looked at: photos, where they stood, attempts in their parts of the day.

In: a cooperative's facts that hold. Out: a map, a grid, the photos of each visit; a photo's copy for a screen. A second
officer who is to check blind sees none of it before the own visit is in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from telusur.addresses.queries import kelurahan_shapes, locations
from telusur.addresses.rules.location import Location, PointSource, Precision
from telusur.areas.queries import area_names
from telusur.people.rules import Deed
from telusur.planning.queries import roads_within
from telusur.register.models import Edition
from telusur.register.queries import CooperativeRecord
from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.visit import PART_LABELS, Finding, PartOfDay, visit_from
from telusur.visits.models import PacketPhoto, Photo
from telusur.visits.photos.pictures import screen_copy
from telusur.web.pages.blind import blind_of
from telusur.web.pages.guard import deed
from telusur.web.pictures.visit_map import Stood, VisitMap, draw_visits

__all__ = [
    "Attempt",
    "GridRow",
    "Ground",
    "Shot",
    "attempts_grid",
    "ground_of_visits",
    "part_heads",
    "photo",
    "shots_of",
]

_OF = {
    "place": gettext_noop("foto lokasi"),
    "minutes": gettext_noop("foto notulen RAT"),
    "document": gettext_noop("foto berkas"),
}
_SHA256 = re.compile(r"[0-9a-f]{64}")
# How far the true door may be from the point that the address gives, for the ring on the map.
_DOUBT = {Precision.BUILDING: 0.0, Precision.STREET: 300.0, Precision.KELURAHAN: 1000.0, Precision.NONE: 0.0}
_NOBODY = frozenset({Finding.NOBODY_PRESENT, Finding.UNREACHABLE})
_ABSENT = frozenset(
    {
        Finding.ADDRESS_UNIDENTIFIED,
        Finding.OTHER_OCCUPANT,
        Finding.EMPTY_OR_DEMOLISHED,
        Finding.MOVED_UNKNOWN,
        Finding.SAID_DISSOLVED,
    }
)


class Shot(NamedTuple):
    """A photo of a visit. words: what it is of."""

    sha256: str
    words: str


class Attempt(NamedTuple):
    """A visit in the grid. tone: found | absent | nobody."""

    number: str
    tone: str
    words: str


class GridRow(NamedTuple):
    """A day with its attempts by part of the day, in the order of PartOfDay."""

    on: date
    parts: tuple[tuple[Attempt, ...], ...]


class Ground(NamedTuple):
    """The map, and its table: (number, who or what, accuracy in words). unsure: a phone could not tell mock from true."""

    drawn: VisitMap
    lines: tuple[tuple[str, str, str], ...]
    unsure: bool


def _visits(record: CooperativeRecord) -> list[Fact]:
    return [fact for fact in record.facts if fact.kind == "visit"]


def shots_of(fact: Fact) -> tuple[Shot, ...]:
    """The photos that a visit names."""
    named = fact.value.get("photos")
    if not isinstance(named, list):
        return ()
    return tuple(
        Shot(str(item["sha256"]), gettext(_OF.get(str(item.get("of")), "foto lokasi")))
        for item in named
        if isinstance(item, Mapping) and _SHA256.fullmatch(str(item.get("sha256", "")))
    )


def attempts_grid(record: CooperativeRecord) -> list[GridRow]:
    """Days newest first; attempts are numbered from the oldest, as in the table of visits."""
    days: dict[date, dict[PartOfDay, list[Attempt]]] = {}
    for number, fact in enumerate(_visits(record), 1):
        visit = visit_from(fact)
        tone = "nobody" if visit.finding in _NOBODY else "absent" if visit.finding in _ABSENT else "found"
        words = {
            "nobody": gettext("tidak bertemu"),
            "absent": gettext("tidak ada di sini"),
            "found": gettext("bertemu"),
        }
        attempt = Attempt(str(number), tone, words[tone])
        days.setdefault(visit.on, {}).setdefault(visit.part, []).append(attempt)
    return [
        GridRow(on, tuple(tuple(parts.get(part, ())) for part in PartOfDay)) for on, parts in sorted(days.items())[::-1]
    ]


def part_heads() -> tuple[str, ...]:
    """The heads of the grid's columns."""
    return tuple(gettext(PART_LABELS[part]) for part in PartOfDay)


def ground_of_visits(record: CooperativeRecord, edition: Edition) -> Ground | None:
    """Where the address is taken to be and where officers stood; None where no officer's position is known."""
    ident = record.cooperative.pk
    packets = {str(fact.value.get("packet")): number for number, fact in enumerate(_visits(record), 1)}
    stood: list[Stood] = []
    lines: list[tuple[str, str, str]] = []
    unsure = False
    for fact in record.facts:
        if fact.kind != "position" or fact.voice is not Voice.VISIT:
            continue
        number = str(packets.get(str(fact.value.get("packet")), "?"))
        suspect = fact.value.get("is_mock") is True
        unsure = unsure or fact.value.get("is_mock") is None
        lat, lon, accuracy = (float(str(fact.value.get(key) or 0)) for key in ("lat", "lon", "accuracy_m"))
        stood.append(Stood(number, lat, lon, accuracy, "suspect" if suspect else "visit"))
        who = gettext("{officer}, {day}").format(
            officer=fact.value.get("officer", "petugas"), day=date_format(fact.valid_on, "j F Y")
        )
        doubt = gettext("posisi tiruan") if suspect else gettext("± {metres} m").format(metres=round(accuracy))
        lines.append((number, who, doubt))
    if not stood:
        return None
    place = locations([ident], edition=edition).get(ident)
    if place is not None and place.point is not None and place.source is not PointSource.FIELD:
        stood.insert(0, Stood("A", place.point.lat, place.point.lon, _DOUBT[place.precision], "address"))
        lines.insert(0, ("A", gettext("alamat terdaftar"), _precise(place)))
    drawn = draw_visits(stood, _kelurahan(place), roads_within)
    return Ground(drawn, tuple(lines), unsure) if drawn is not None else None


def _precise(place: Location) -> str:
    return {
        Precision.BUILDING: gettext("letak bangunan"),
        Precision.STREET: gettext("perkiraan jalan"),
        Precision.KELURAHAN: gettext("tengah kelurahan"),
        Precision.NONE: "",
    }[place.precision]


def _kelurahan(place: Location | None) -> tuple[str, str, str] | None:
    if place is None or not place.kelurahan_code:
        return None
    shape = kelurahan_shapes({place.kelurahan_code}).get(place.kelurahan_code)
    name = area_names([place.kelurahan_code]).get(place.kelurahan_code, "")
    return (place.kelurahan_code, name, shape) if shape else None


@deed(Deed.SEE_EVIDENCE)
def photo(request: HttpRequest, sha256: str, kind: str) -> HttpResponseBase:
    """A copy without what the phone wrote into it (`layar` or `kecil`). Named by its hash, so it never changes.

    For whoever must not know what was found there, the photo is not there either: a 403 would tell that there is one.
    """
    if kind not in ("layar", "kecil") or not Photo.objects.filter(sha256=sha256).exists():
        raise Http404
    of = PacketPhoto.objects.filter(sha256=sha256).values_list("packet__cooperative_id", flat=True)
    if blind_of(request.user, {ident for ident in of if ident is not None}):
        raise Http404
    copy = screen_copy(sha256, kind)
    if copy is None:
        raise Http404
    answer = FileResponse(copy.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer
