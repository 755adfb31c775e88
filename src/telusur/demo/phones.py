"""Visits of the demo that come from phones: a few of the sheet's, as four officers' apps would send them, with photos.

In: the demo and its round. Out: the same findings by the phones' own door, so no count moves, with photos and positions.
Ids, positions and pictures are drawn from the demo's own seed.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import shapely
from django.conf import settings

from telusur.addresses.queries import kelurahan_shapes
from telusur.demo.demo import Demo
from telusur.demo.pictures import Scene, draw
from telusur.demo.sheet_rows import SheetVisit
from telusur.demo.visits import OFFICERS
from telusur.people.models import Account
from telusur.register.models import Cooperative
from telusur.rounds.models import Round
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import Evidence, Finding
from telusur.visits.actions import receive_chunk, receive_packet, register_device
from telusur.visits.models import Device
from telusur.visits.rules.form import FORM_VERSION

__all__ = ["by_phone", "load_phone_visits", "told"]

# Of every officer's rows the first of two codes that each shows something else of: who was met, and who never was.
_EACH: Final = (Code.ACTIVE_WITH_MEETING, Code.NOBODY_PRESENT)
_IN_TURN: Final = (Code.DORMANT_WANTS_REVIVAL, Code.EMPTY_OR_DEMOLISHED)
_SCENES: Final = {Finding.NOBODY_PRESENT: Scene.GATE, Finding.EMPTY_OR_DEMOLISHED: Scene.LOT}
_PHOTOS: Final = (Evidence.PHOTO, Evidence.GEOTAGGED_PHOTO)
# Some twenty metres to each side, in degrees: where one officer stood at two visits to one door.
_STEPS: Final = 0.0004


def by_phone(demo: Demo) -> frozenset[str]:
    """The NIK koperasi whose visits of the round came by phone, all of them: twelve, of each officer three."""
    officer_of = {visit.nik_koperasi: visit.officer for visit in demo.visits}
    chosen: set[str] = set()
    for place, officer in enumerate(OFFICERS):
        own = [number for number in demo.codes if officer_of.get(number) == officer]
        for code in (*_EACH, _IN_TURN[place % len(_IN_TURN)]):
            chosen.update([number for number in own if demo.codes[number] is code][:1])
    return frozenset(chosen)


def load_phone_visits(demo: Demo, round_: Round, visits: Sequence[SheetVisit]) -> int:
    """Receive these visits, photos first, as the phones' door does; how many."""
    rng = Random(f"ponsel {round_.seed}")
    known = dict(Cooperative.objects.values_list("nik_koperasi", "id"))
    points = _points(rng, {visit.nik_koperasi: demo.villages[visit.nik_koperasi] for visit in visits})
    devices: dict[str, Device] = {}
    counts: dict[str, int] = {}
    for visit in visits:
        if visit.officer not in devices:
            devices[visit.officer] = _device(rng, visit.officer)
        counts[visit.officer] = counts.get(visit.officer, 0) + 1
        said, pictures = told(rng, visit, points[visit.nik_koperasi])
        for sha256, data in pictures.items():
            receive_chunk(sha256=sha256, offset=0, size=len(data), data=data)
        packet = {
            "device": str(devices[visit.officer].device),
            "sequence": counts[visit.officer],
            "round": round_.pk,
            "cooperative": str(known[visit.nik_koperasi]),
            **said,
        }
        # As from a cable: the hour at which it was sent is not known, so no clock looks wrong.
        receive_packet(body=json.dumps(packet).encode(), device=devices[visit.officer], sent_at=None)
    return len(visits)


def _device(rng: Random, officer: str) -> Device:
    ident = _uuid(rng)
    register_device(officer=Account.objects.get(username=officer), device=ident, label="Ponsel rekaan")
    return Device.objects.get(device=ident)


def _uuid(rng: Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _points(rng: Random, villages: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """(lat, lon) of each one's door: anywhere inside its kelurahan."""
    shapes = {code: shapely.from_geojson(text) for code, text in kelurahan_shapes(set(villages.values())).items()}
    return {number: _inside(rng, shapes[code]) for number, code in sorted(villages.items())}


def _inside(rng: Random, shape: shapely.Geometry) -> tuple[float, float]:
    west, south, east, north = shape.bounds
    while True:
        lon, lat = west + rng.random() * (east - west), south + rng.random() * (north - south)
        if shape.contains(shapely.Point(lon, lat)):
            return round(lat, 6), round(lon, 6)


def _near(rng: Random, point: tuple[float, float]) -> tuple[float, float]:
    lat, lon = (round(value + (rng.random() - 0.5) * _STEPS, 6) for value in point)
    return lat, lon


def _at(visit: SheetVisit) -> datetime:
    return datetime.combine(visit.on, visit.at, ZoneInfo(settings.TIME_ZONE))


def told(rng: Random, visit: SheetVisit, point: tuple[float, float]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """(what the visit states, in the protocol's words; its photos by their SHA-256). point: (lat, lon) of the door."""
    began = _at(visit)
    minutes = 6 + int(rng.random() * 6) if visit.finding is Finding.NOBODY_PRESENT else 16 + int(rng.random() * 18)
    ended = began + timedelta(minutes=minutes)
    lat, lon = _near(rng, point)
    meeting = None
    if visit.meeting_year is not None:
        held_on = visit.meeting_on.isoformat() if visit.meeting_on else None
        meeting = {"for_book_year": visit.meeting_year, "held_on": held_on}
    photos, pictures = _photos(rng, visit, point)
    said = {
        "id": str(_uuid(rng)),
        "form": FORM_VERSION,
        "stop": "",
        "finding": visit.finding.value,
        "evidence": [kind.value for kind in (visit.business, visit.document) if kind is not None],
        "informants": [role.value for role in visit.informants],
        "note": visit.note,
        "started_at": began.isoformat(),
        "finished_at": ended.isoformat(),
        "elapsed_ms": minutes * 60_000,
        "position": {
            "lat": lat,
            "lon": lon,
            "accuracy_m": 5.0 + int(rng.random() * 12),
            "altitude_m": None,
            "is_mock": None,
            "at": ended.isoformat(),
        },
        "position_refused": False,
        "business_on": visit.business_on.isoformat() if visit.business_on else None,
        "receipt_due_on": visit.receipt_due_on.isoformat() if visit.receipt_due_on else None,
        "number": visit.number,
        "survivor": "",
        "meeting": meeting,
        "next_step": "",
        "log": {"taps": 4 + int(rng.random() * 9), "edits": int(rng.random() * 3), "opened_at": began.isoformat()},
        "photos": photos,
    }
    return said, pictures


def _photos(
    rng: Random, visit: SheetVisit, point: tuple[float, float]
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """(photos as the packet names them, their bytes)."""
    scenes: list[tuple[str, Scene]] = []
    if visit.photo in _PHOTOS:
        scenes.append(("place", _SCENES.get(visit.finding, Scene.SHOP)))
    if visit.minutes:
        scenes.append(("minutes", Scene.PAPER))
    if visit.document is not None:
        scenes.append(("document", Scene.PAPER))
    photos: list[dict[str, Any]] = []
    pictures: dict[str, bytes] = {}
    for of, scene in scenes:
        data = draw(rng, scene, visit.nik_koperasi)
        sha256 = hashlib.sha256(data).hexdigest()
        # A sheet's photo without a position stays one: what a visit proves must not change by the way it came.
        lat, lon = _near(rng, point) if of == "place" and visit.photo is Evidence.GEOTAGGED_PHOTO else (None, None)
        pictures[sha256] = data
        photos.append(
            {
                "sha256": sha256,
                "size": len(data),
                "of": of,
                "taken_at": (_at(visit) + timedelta(minutes=3)).isoformat(),
                "lat": lat,
                "lon": lon,
                "original_sha256": sha256,
                "original_size": len(data),
            }
        )
    return photos, pictures
