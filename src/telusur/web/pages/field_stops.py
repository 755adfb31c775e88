"""The cards that a phone carries: today's stops with all that an officer needs at the door, and those that a search finds.

In: the day's route (planning), the round's rows, where they are (addresses), earlier attempts. Out: values for JSON, as in
docs/phone-protocol.md. A back-check is blind: it shows neither what was found before nor by whom.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import shapely
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from telusur.addresses.queries import kelurahan_shapes, locations
from telusur.addresses.rules.address import Slot
from telusur.addresses.rules.location import Location
from telusur.addresses.rules.parse import parse
from telusur.areas.queries import area_names
from telusur.journal import actions as journal
from telusur.journal.models import JournalLine
from telusur.people.models import Account
from telusur.planning.queries import day_route, next_route_on, office_point
from telusur.register.models import Entry, RecordedFact
from telusur.register.searchers.choose import name_search
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round, frozen_entries, policy_of
from telusur.rounds.rules.conflicts import visits_of
from telusur.rounds.rules.disposition import business_since
from telusur.rounds.rules.visit import FINDING_LABELS, PART_LABELS, Visit
from telusur.visits.queries import numbers_to_call
from telusur.visits.rules.ask import whom_to_ask
from telusur.visits.rules.form import form_json
from telusur.web.pages.blind import blind_of
from telusur.words.coop_name import read_coop_name

__all__ = ["day_packet", "found_stops"]

_BACK_CHECK = "back_check"
_MOST_FOUND = 20
# Degrees, some 20 m: what an outline on a phone can show.
_OUTLINE = 0.0002


class _Stop(NamedTuple):
    """A stop as planning has it; `stop` "" and order 0 for one that was searched."""

    stop: str
    order: int
    cooperative: uuid.UUID
    purpose: str = ""
    arrives: str = ""
    window: str = ""
    is_backup: bool = False


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


def _registry(entry: Entry) -> list[dict[str, str]]:
    """The registry's words about itself: no person, no phone."""
    stated: Mapping[str, object] = entry.normal
    fields = (
        ("Badan hukum", stated.get("legal_number")),
        ("Tanggal badan hukum", stated.get("legal_on")),
        ("Bentuk", stated.get("form")),
        ("Jenis", stated.get("kind")),
        ("RAT terakhir", stated.get("annual_meeting_on")),
        ("Anggota", stated.get("member_count")),
    )
    return [{"label": gettext(label), "value": _said(value)} for label, value in fields if value not in (None, "")]


def _said(value: object) -> str:
    text = str(value)
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _attempts(visits: Sequence[Visit], only: str | None) -> list[dict[str, str]]:
    """Earlier visits, newest first; `only`: those of this officer."""
    return [
        {
            "on": visit.on.isoformat(),
            "part": gettext(PART_LABELS[visit.part]),
            "finding": gettext(FINDING_LABELS[visit.finding]),
            "officer": visit.officer,
        }
        for visit in reversed(visits)
        if only is None or visit.officer == only
    ]


def _visits(cooperatives: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Visit, ...]]:
    """The visits that count of some cooperatives, in the order of their days."""
    standing = RecordedFact.objects.filter(
        cooperative_id__in=cooperatives, kind="visit", superseded_by__isnull=True
    ).order_by("id")
    facts: dict[uuid.UUID, list[RecordedFact]] = {}
    for row in standing:
        facts.setdefault(row.cooperative_id, []).append(row)
    return {ident: visits_of(row.as_fact() for row in rows) for ident, rows in facts.items()}


def _cards(round_: Round, stops: Sequence[_Stop], officer: Account, on: date | None = None) -> list[dict[str, object]]:
    """on: the day of the route, None for what was searched: nobody was sent there, so no number goes along."""
    wanted = [stop.cooperative for stop in stops]
    rows = frozen_entries(round_).filter(cooperative_id__in=wanted).select_related("cooperative")
    entries = {row.cooperative_id: row for row in rows}
    places, visits = locations(wanted), _visits(wanted)
    numbers = _numbers(round_, tuple(entries.values()), officer, on) if on is not None else {}
    codes = {row.kelurahan_code for row in entries.values()} | {row.kecamatan_code for row in entries.values()}
    codes |= {place.kelurahan_code for place in places.values()}
    names = area_names(codes)
    cards = []
    hidden = blind_of(officer, wanted)
    for stop in stops:
        entry = entries.get(stop.cooperative)
        if entry is not None:
            place = places.get(stop.cooperative)
            card = _card(stop, entry, place, names)
            cards.append(
                card | {"attempts": _shown(stop, visits, officer, hidden), "phone": numbers.get(stop.cooperative, "")}
            )
    return cards


def _numbers(round_: Round, entries: Collection[Entry], officer: Account, on: date) -> dict[uuid.UUID, str]:
    """Numbers to call for the stops of one officer's day. That they were carried out of the house stands in the journal."""
    numbers = numbers_to_call(round_.edition, entries)
    about = f"route:{officer.username}:{on.isoformat()}"
    if numbers and not JournalLine.objects.filter(deed="numbers.carried", about=about).exists():
        with transaction.atomic():
            journal.write("numbers.carried", about=about, by=officer.username, after={"cooperatives": len(numbers)})
    return numbers


def _shown(
    stop: _Stop, visits: Mapping[uuid.UUID, Sequence[Visit]], officer: Account, hidden: Collection[uuid.UUID]
) -> list[dict[str, str]]:
    # A stop of a second day goes to whoever is free: one that awaits a second person is blind under any purpose.
    if stop.purpose == _BACK_CHECK or stop.cooperative in hidden:
        return []
    # Whoever searches may be the blind second officer of tomorrow: own attempts alone.
    return _attempts(visits.get(stop.cooperative, ()), None if stop.stop else officer.username)


def _name(stated: object) -> str:
    """A stated area, but no code: an officer cannot ask for the office of a number."""
    text = str(stated or "")
    return "" if text.replace(".", "").isdigit() else text


def _card(stop: _Stop, entry: Entry, place: Location | None, names: Mapping[str, str]) -> dict[str, object]:
    stated: Mapping[str, object] = entry.normal
    code = entry.kelurahan_code or (place.kelurahan_code if place else "")
    kelurahan = names.get(code) or _name(stated.get("kelurahan"))
    address = str(stated.get("address") or "")
    return {
        "stop": stop.stop,
        "order": stop.order,
        "cooperative": str(stop.cooperative),
        "name": entry.name,
        "nik_koperasi": entry.cooperative.nik_koperasi or "",
        "address": address,
        "kelurahan": kelurahan,
        "kelurahan_code": code,
        "kecamatan": names.get(code[:8]) or str(stated.get("kecamatan") or ""),
        "tier": place.tier.value if place else "",
        "lat": place.point.lat if place and place.point else None,
        "lon": place.point.lon if place and place.point else None,
        "precision": place.precision.value if place else "none",
        "purpose": stop.purpose,
        "arrives": stop.arrives,
        "window": stop.window,
        "is_backup": stop.is_backup,
        "registry": _registry(entry),
        "ask": whom_to_ask(
            kinds=read_coop_name(entry.name).kinds,
            tier=place.tier.value if place else "",
            rt=parse(address).value(Slot.RT),
            kelurahan=kelurahan,
        ),
    }


def _shapes(cards: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    codes = {str(card["kelurahan_code"]) for card in cards} - {""}
    names = area_names(codes)
    shapes = []
    for code, text in sorted(kelurahan_shapes(codes).items() if codes else ()):
        outline = shapely.simplify(shapely.from_geojson(text), _OUTLINE, preserve_topology=True)
        shapes.append(
            {"code": code, "name": names.get(code, code), "geometry": json.loads(shapely.to_geojson(outline))}
        )
    return shapes


def day_packet(officer: Account, on: date) -> dict[str, object]:
    """All that a phone needs for a day without a network. Without a plan or a round: the form, and no stops."""
    round_, route = current_round(), day_route(officer.username, on)
    later = next_route_on(officer.username, on)
    lat, lon = office_point() or (None, None)
    cards: list[dict[str, object]] = []
    if round_ is not None and route is not None:
        stops = [
            _Stop(
                str(stop.id),
                stop.order,
                stop.cooperative_id,
                stop.purpose,
                "" if stop.is_backup else _clock(stop.arrives),
                stop.window,
                stop.is_backup,
            )
            for stop in route.stops
        ]
        cards = _cards(round_, stops, officer, on)
    return {
        "officer": officer.username,
        "on": on.isoformat(),
        "round": (
            {"id": round_.pk, "name": round_.name, "is_open": round_.closed_at is None} if round_ is not None else None
        ),
        "office": {"lat": lat, "lon": lon, "name": settings.OFFICE_NAME},
        "shift": {"starts": _clock(route.starts), "ends": _clock(route.back_at)} if route else None,
        "next_on": later.isoformat() if later else "",
        "form": form_json(business_since(on, policy_of(round_, on)) if round_ is not None else None),
        "shapes": _shapes(cards),
        "stops": cards,
    }


def found_stops(officer: Account, text: str) -> list[dict[str, object]]:
    """At most 20 of the round's cooperatives for a name or a number."""
    round_ = current_round()
    if round_ is None or not text.strip():
        return []
    hits = name_search().find(text, limit=_MOST_FOUND)
    return _cards(round_, [_Stop("", 0, hit.cooperative_id) for hit in hits], officer)
