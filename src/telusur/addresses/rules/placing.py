"""A row's place: its address parsed, its kelurahan resolved, its point chosen, its tier said. One call a row, for any table.

Pure. In: what a row states, and what the office knows beside it. Out: `Placed`, with every ground as a reason.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from telusur.addresses.rules.address import Address, Slot
from telusur.addresses.rules.location import Location, Point, Tier
from telusur.addresses.rules.named_places import PlaceIndex
from telusur.addresses.rules.parse import parse
from telusur.addresses.rules.points import Shape, Stood, believable, choose_point, outside_reason
from telusur.addresses.rules.resolve import resolve
from telusur.addresses.rules.resolve_values import Stated
from telusur.addresses.rules.tier import tier_of
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.words.reason import Reason

__all__ = ["NOTHING_KNOWN", "Known", "OfficeArea", "Placed", "Placer", "Shapes", "StatedRow"]

# A named building is the finest; a complex or a street is as long as it is.
_NAMING = (Slot.LANDMARK, Slot.BUILDING, Slot.COMPLEX, Slot.STREET)
# The position is right to a hundred metres, the outlines are simplified.
_BY_POSITION = 0.9


class StatedRow(NamedTuple):
    """What a list says of one row's place; "" where it says nothing."""

    address: str
    kelurahan: str = ""
    kecamatan: str = ""
    kabupaten_kota: str = ""


class OfficeArea(NamedTuple):
    """The kelurahan that the office set by hand."""

    code: str
    name: str
    on: date


class Known(NamedTuple):
    """What is known of a row beside the list. last_fact: the newest fact that counted, 0 for none."""

    field: Stood | None = None
    office: Stood | None = None
    kelurahan: OfficeArea | None = None
    last_fact: int = 0


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's place. by_text: the tier by the address alone, on which rates are learned."""

    location: Location
    by_text: Tier
    address: Address


class Shapes:
    """Kelurahan outlines by code, read on first use: a national list has tens of thousands and asks for a few."""

    __slots__ = ("_geometries", "_read")

    def __init__(self, geometries: Mapping[str, str]) -> None:
        self._geometries = geometries
        self._read: dict[str, Shape | None] = {}

    def of(self, code: str) -> Shape | None:
        """The outline of a kelurahan; None where none is known or its file was broken."""
        if code not in self._read:
            text = self._geometries.get(code)
            self._read[code] = Shape.read(code, text) if text else None
        return self._read[code]

    def around(self, point: Point) -> Shape | None:
        """The one outline that holds the point; None for none or several (outlines of two files may overlap)."""
        shapes = (self.of(code) for code in self._geometries)
        holding = [shape for shape in shapes if shape is not None and shape.holds(point)]
        return holding[0] if len(holding) == 1 else None


class _Area(NamedTuple):
    code: str
    kecamatan: str
    name: str
    confidence: float
    reasons: tuple[Reason, ...]


class Placer:
    """Places rows as of a day. home: the name of the regency of rows that state none ("" for none).

    field_metres: how far outside the kelurahan of the address a position taken in the field may lie and still outrank it.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        shapes: Shapes,
        places: PlaceIndex,
        on: date | None = None,
        home: str = "",
        field_metres: float = math.inf,
    ) -> None:
        self._field_metres = field_metres
        self._gazetteer = gazetteer
        self._shapes = shapes
        self._places = places
        self._on = on
        self._home = home

    def __call__(self, row: StatedRow, known: Known = NOTHING_KNOWN) -> Placed:
        """The row's place. Never raises for a row's content."""
        address = parse(row.address)
        area = self._area(row, address, known)
        shape = self._shapes.of(area.code) if area.code else None
        field, far = believable(known.field, shape, area.name, self._field_metres)
        place = self._place(address, shape) if field is None and known.office is None else None
        chosen = choose_point(field=field, office=known.office, place=place, shape=shape)
        tiered = tier_of(address, chosen.precision)
        outside = outside_reason(chosen, shape, area.name)
        reasons = (*area.reasons, *tiered.reasons, *filter(None, (chosen.reason, outside, far)))
        location = Location(
            kelurahan_code=area.code,
            kelurahan_name=area.name,
            confidence=area.confidence,
            tier=tiered.tier,
            point=chosen.point,
            precision=chosen.precision,
            source=chosen.source,
            reasons=reasons,
            kecamatan_code=area.kecamatan,
        )
        return Placed(location, tiered.by_text, address)

    def _area(self, row: StatedRow, address: Address, known: Known) -> _Area:
        """The kelurahan: the office's word, else what the texts say, else where somebody stood."""
        if known.kelurahan is not None:
            says = "Kelurahan ditetapkan kantor pada {day}"
            reason = Reason("kelurahan_office", says, {"day": f"{known.kelurahan.on:%d/%m/%Y}"})
            return _Area(known.kelurahan.code, known.kelurahan.code[:8], known.kelurahan.name, 1.0, (reason,))
        stated = Stated(
            kelurahan=row.kelurahan,
            kecamatan=row.kecamatan,
            regency=row.kabupaten_kota or self._home,
        )
        resolved = resolve(address, stated, self._gazetteer, self._on)
        if resolved.code:
            return _Area(
                resolved.code, resolved.kecamatan_code, resolved.name, resolved.confidence, tuple(resolved.reasons)
            )
        stood = known.field or known.office
        around = self._shapes.around(stood.point) if stood is not None else None
        named = self._gazetteer.area(around.code, self._on) if around is not None else None
        if named is None:
            return _Area("", resolved.kecamatan_code, "", 0.0, tuple(resolved.reasons))
        reason = Reason("kelurahan_by_position", "Kelurahan {name} diambil dari posisi", {"name": named.name})
        return _Area(named.code, named.parent, named.name, _BY_POSITION, (*resolved.reasons, reason))

    def _place(self, address: Address, shape: Shape | None) -> tuple[Point, str] | None:
        """The first named place that the address mentions, finest slots first."""
        if not len(self._places) or shape is None:
            return None
        for slot in _NAMING:
            for part in address.parts:
                if part.slot is slot:
                    found = self._places.find(part.value, shape, whole=slot is Slot.STREET)
                    if found is not None:
                        return found
        return None
