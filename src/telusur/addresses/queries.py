"""Reads of places: a survey that can place any row, the locations that are kept, the tiers' rates, what an edition sums to.

In: an edition, cooperatives. Out: frozen values; nothing here writes. A kept location older than a fact of its cooperative
is made anew while it is read, so that a position taken this morning counts at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from telusur.addresses.models import Location, Place
from telusur.addresses.rules import location as rules
from telusur.addresses.rules.named_places import PlaceIndex
from telusur.addresses.rules.placing import Known, OfficeArea, Placed, Placer, Shapes, StatedRow
from telusur.addresses.rules.points import Stood, best_stood, middle_of, stood_from
from telusur.addresses.rules.rates import TierRate, learn_rates
from telusur.areas.models import Area
from telusur.areas.queries import gazetteer
from telusur.laws.queries import current_law
from telusur.register.models import Edition, Entry, RecordedFact
from telusur.register.queries import latest_edition
from telusur.register.rules import Voice
from telusur.words.area_code import AreaLevel, CodeSystem

__all__ = [
    "AREA_FACT",
    "POINT_FACT",
    "HandMark",
    "LocatedCounts",
    "Survey",
    "find_rates",
    "hand_marks",
    "kecamatan_middles",
    "kelurahan_shapes",
    "located_counts",
    "locations",
    "open_survey",
    "stated_row",
]

POINT_FACT, AREA_FACT = "position", "kelurahan"
_PART = 500
_Stored = tuple[uuid.UUID, Mapping[str, object]]


def stated_row(normal: Mapping[str, object]) -> StatedRow:
    """What an edition's row says of its place."""
    return StatedRow(*(str(normal.get(name) or "") for name in ("address", *StatedRow._fields[1:])))


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that placing a row asks for, loaded once."""

    placer: Placer
    edition: Edition

    def place(self, rows: Iterable[_Stored]) -> Iterator[tuple[uuid.UUID, Placed, int]]:
        """Each row's place, and the newest fact that counted."""
        part: list[_Stored] = []
        for row in rows:
            part.append(row)
            if len(part) == _PART:
                yield from self._part(part)
                part = []
        yield from self._part(part)

    def _part(self, rows: Sequence[_Stored]) -> Iterator[tuple[uuid.UUID, Placed, int]]:
        known = _known([ident for ident, _ in rows])
        for ident, normal in rows:
            beside = known.get(ident, Known())
            yield ident, self.placer(stated_row(normal), beside), beside.last_fact


def open_survey(edition: Edition) -> Survey:
    """A survey of an edition as of its day: areas of the whole country, outlines of its regencies, all named places."""
    codes = Entry.objects.filter(edition=edition).order_by().values_list("kecamatan_code", flat=True).distinct()
    regencies = {code[:5] for code in codes if code}
    areas = gazetteer()
    placer = Placer(
        areas,
        shapes=Shapes(kelurahan_shapes(regencies or None)),
        places=PlaceIndex(place.as_place() for place in Place.objects.order_by("id").iterator(2000)),
        on=edition.as_of_on,
        # A list of one city often has no column that says which.
        home=edition.scope if areas.regency(edition.scope).code else "",
        field_metres=current_law(edition.as_of_on).value("house.position_metres"),
    )
    return Survey(placer, edition)


def kelurahan_shapes(codes: Collection[str] | None) -> dict[str, str]:
    """GeoJSON geometries by kelurahan code, of kelurahan themselves or all under the codes; None for every one known."""
    rows = Area.objects.filter(
        system=CodeSystem.KEMENDAGRI.value,
        level=AreaLevel.KELURAHAN.value,
        valid_to__isnull=True,
        boundary__isnull=False,
    )
    if codes is not None:
        wanted = Q(code__in=[])
        for code in codes:
            wanted |= Q(code=code) | Q(code__startswith=f"{code}.")
        rows = rows.filter(wanted)
    return {code: text for code, text in rows.order_by("code").values_list("code", "boundary") if text}


def kecamatan_middles(codes: Collection[str]) -> dict[str, rules.Point]:
    """A point inside each kecamatan whose kelurahan have outlines: for a rough route to a row without a kelurahan."""
    shapes = kelurahan_shapes({code for code in codes if code})
    grouped: dict[str, list[str]] = {}
    for code, text in shapes.items():
        grouped.setdefault(code.rpartition(".")[0], []).append(text)
    middles = {code: middle_of(texts) for code, texts in grouped.items()}
    return {code: point for code, point in middles.items() if point is not None}


def _place_facts(cooperatives: Collection[uuid.UUID]) -> QuerySet[RecordedFact]:
    """Facts that speak of places, without those that another one mended."""
    spoken = RecordedFact.objects.filter(kind__in=(POINT_FACT, AREA_FACT), superseded_by__isnull=True)
    return spoken.filter(cooperative__in=cooperatives).order_by("id")


def _known(cooperatives: Collection[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """What people set and took, for each cooperative of which anything was."""
    facts: dict[uuid.UUID, list[RecordedFact]] = {}
    for fact in _place_facts(cooperatives):
        facts.setdefault(fact.cooperative_id, []).append(fact)
    return {ident: _known_of(said) for ident, said in facts.items()}


def _known_of(facts: Sequence[RecordedFact]) -> Known:
    field: list[Stood] = []
    office: list[Stood] = []
    area: OfficeArea | None = None
    for fact in facts:
        value, by_office = fact.value, fact.voice == Voice.OFFICE.value
        if fact.kind == AREA_FACT:
            if by_office and value.get("code"):
                area = OfficeArea(str(value["code"]), str(value.get("name", "")), fact.valid_on)
        elif by_office or fact.voice == Voice.VISIT.value:
            stood = stood_from(fact.pk, value, fact.valid_on, by_office=by_office)
            if stood is not None:
                (office if by_office else field).append(stood)
    return Known(best_stood(field), best_stood(office), area, max(fact.pk for fact in facts))


def locations(
    cooperatives: Iterable[uuid.UUID] | None = None, *, edition: Edition | None = None
) -> dict[uuid.UUID, rules.Location]:
    """The locations by an edition (the newest in use), of some cooperatives or of all. Rows never located are left out."""
    edition = edition or latest_edition()
    if edition is None:
        return {}
    wanted = None if cooperatives is None else list(cooperatives)
    found: dict[uuid.UUID, rules.Location] = {}
    counted: dict[uuid.UUID, int] = {}
    for rows in _in_parts(Location.objects.filter(edition=edition), wanted):
        for row in rows:
            found[row.cooperative_id] = row.as_location()
            counted[row.cooperative_id] = row.last_fact_number
    stale = _stale(counted)
    if stale:
        entries = Entry.objects.filter(edition=edition, cooperative__in=stale).values_list("cooperative_id", "normal")
        for ident, placed, _ in open_survey(edition).place(entries):
            found[ident] = placed.location
    return found


def _in_parts(rows: QuerySet[Location], wanted: Sequence[uuid.UUID] | None) -> Iterator[Iterable[Location]]:
    if wanted is None:
        yield rows.iterator(2000)
        return
    for start in range(0, len(wanted), _PART):
        yield rows.filter(cooperative__in=wanted[start : start + _PART])


def _stale(counted: Mapping[uuid.UUID, int]) -> list[uuid.UUID]:
    """Cooperatives of which a place was said since their location was made (or what was said is mended)."""
    listed, stale = list(counted), []
    for start in range(0, len(listed), _PART):
        part = listed[start : start + _PART]
        newest = dict(_place_facts(part).order_by().values_list("cooperative_id").annotate(last=Max("id")))
        stale += [ident for ident in part if newest.get(ident, 0) != counted[ident]]
    return stale


def unread_count(edition: Edition) -> int:
    """Of how many located rows something was said of their place that the kept locations do not know yet."""
    spoken = RecordedFact.objects.filter(kind__in=(POINT_FACT, AREA_FACT))
    rows = Location.objects.filter(edition=edition, cooperative__in=spoken.values("cooperative_id"))
    return len(_stale(dict(rows.values_list("cooperative_id", "last_fact_number"))))


@dataclass(frozen=True, slots=True)
class LocatedCounts:
    """How many rows of an edition have what. rows: of the edition; located: those that were ever placed."""

    rows: int
    located: int
    resolved: int
    tiers: Mapping[rules.Tier, int]
    precisions: Mapping[rules.Precision, int]

    @property
    def unknown(self) -> int:
        """Located rows whose kelurahan is unknown."""
        return self.located - self.resolved

    @property
    def pointed(self) -> int:
        """Located rows that have any point."""
        return self.located - self.precisions[rules.Precision.NONE]


def located_counts(edition: Edition) -> LocatedCounts:
    """What the kept locations of an edition sum to."""
    rows = Location.objects.filter(edition=edition).order_by()
    tiers = dict(rows.values_list("tier").annotate(count=Count("id")))
    precisions = dict(rows.values_list("precision").annotate(count=Count("id")))
    return LocatedCounts(
        Entry.objects.filter(edition=edition).count(),
        sum(tiers.values()),
        rows.exclude(kelurahan_code="").count(),
        {tier: tiers.get(tier.value, 0) for tier in rules.Tier},
        {item: precisions.get(item.value, 0) for item in rules.Precision},
    )


def find_rates(edition: Edition, *, on: date, known_at: datetime, since: date | None = None) -> tuple[TierRate, ...]:
    """Each tier's rate as visits have it: those made from `since` to `on`, known at `known_at`, of an edition's rows.

    A round hands in its own edition, and the day on which it opened as `since`.
    """
    visits = RecordedFact.objects.filter(kind="visit", voice=Voice.VISIT.value, valid_on__lte=on)
    visits = visits.filter(recorded_at__lte=known_at).exclude(superseded_by__recorded_at__lte=known_at)
    if since is not None:
        visits = visits.filter(valid_on__gte=since)
    # Of a nation's rows a few thousand were visited: only theirs are asked for.
    rows = Location.objects.filter(edition=edition, cooperative__in=visits.values("cooperative_id"))
    tiers = dict(rows.values_list("cooperative_id", "text_tier"))
    findings: dict[uuid.UUID, list[str]] = {}
    for ident, value in visits.values_list("cooperative_id", "value").iterator(2000):
        if ident in tiers:
            findings.setdefault(ident, []).append(str(value.get("finding", "")))
    return learn_rates((rules.Tier(tiers[ident]), said) for ident, said in findings.items())


class HandMark(NamedTuple):
    """What the office set for one cooperative and holds now."""

    fact_id: int
    kind: str
    value: Mapping[str, object]
    on: date
    by: str


def hand_marks(cooperatives: Collection[uuid.UUID]) -> dict[uuid.UUID, list[HandMark]]:
    """The office's own points and kelurahan that hold, by cooperative; withdrawn ones are left out."""
    marks: dict[uuid.UUID, list[HandMark]] = {}
    for fact in _place_facts(cooperatives).filter(voice=Voice.OFFICE.value):
        if not fact.value.get("withdrawn"):
            mark = HandMark(fact.pk, fact.kind, fact.value, fact.valid_on, fact.recorded_by)
            marks.setdefault(fact.cooperative_id, []).append(mark)
    return marks
