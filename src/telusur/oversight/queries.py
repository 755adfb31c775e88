"""Reads for the section head's desk: what is in dispute, what a second officer must see, what may leave the house.

All from the facts themselves on a day, as known at an instant; nothing is stored. Only rows that somebody visited are
read, so the cost grows with the visits and not with the register.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from telusur.addresses.queries import POINT_FACT, hand_marks, open_survey, stated_row
from telusur.addresses.rules.location import Point, Precision
from telusur.addresses.rules.points import read_point
from telusur.oversight.rules.backchecks import BackCheck, Cause, RowFound, back_checks
from telusur.oversight.rules.protocol import Leave, claimants, may_leave, same_person
from telusur.oversight.rules.trace import PhotoTrace, VisitTrace
from telusur.oversight.rules.trust import Review, review
from telusur.oversight.rules.trust_officer import AskedCheck
from telusur.planning.models import Plan, PlanStop
from telusur.planning.queries import due_now, officers
from telusur.planning.rules.draft import Due
from telusur.planning.rules.problem import Purpose
from telusur.register.models import Cooperative, Entry, RecordedFact
from telusur.register.rules import Fact, facts_known
from telusur.rounds.models import Round
from telusur.rounds.queries import frozen_entries, policy_of, round_duplicates
from telusur.rounds.rules.codes import Group
from telusur.rounds.rules.conflicts import Conflict, Weighed, visits_of, weigh
from telusur.rounds.rules.disposition import Disposition, RowCase, dispose
from telusur.rounds.rules.visit import Visit, visit_from
from telusur.visits.models import Packet, Photo
from telusur.visits.rules.clock import clock_is_off
from telusur.words.reason import Reason

__all__ = [
    "CheckDue",
    "ConflictRow",
    "LeavingCount",
    "OverdueStop",
    "SeenRow",
    "back_checks_due",
    "checks_due",
    "conflict_of",
    "conflicts",
    "due_list",
    "facts_now",
    "leaving",
    "past_stops",
    "reviewed",
    "seen_rows",
    "traces",
]


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row of the round that somebody visited: its facts that hold, what they weigh, its code, and whether it may leave."""

    entry: Entry
    case: RowCase
    weighed: Weighed
    disposition: Disposition
    leave: Leave


class ConflictRow(NamedTuple):
    """A cooperative in dispute, by the row that names it."""

    entry: Entry
    conflict: Conflict


class CheckDue(NamedTuple):
    """A back-check for planning and for the desk. not_officer: who must not make it, as names are compared (lower case)."""

    cooperative_id: uuid.UUID
    entry: Entry
    cause: Cause
    not_officer: frozenset[str]
    first_on: date
    due_on: date
    is_early: bool
    is_done: bool
    reason: Reason


class LeavingCount(NamedTuple):
    """How many rows are "not found", and how many of them may leave the house as such."""

    not_located: int
    may: int
    lacks: tuple[tuple[Entry, Leave], ...]


def _visited(round_: Round, on: date, known_at: datetime) -> dict[uuid.UUID, tuple[Fact, ...]]:
    """The facts that hold, of every cooperative of the round with a visit among them."""
    recorded = RecordedFact.objects.filter(
        recorded_at__lte=known_at,
        cooperative__in=RecordedFact.objects.filter(
            kind="visit", cooperative__entries__edition_id=round_.edition_id
        ).values("cooperative"),
    )
    grouped: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    for row in recorded.iterator(5000):
        grouped[row.cooperative_id].append(row.as_fact())
    return {ident: facts_known(facts, on, known_at) for ident, facts in grouped.items()}


def seen_rows(round_: Round, on: date, known_at: datetime) -> list[SeenRow]:
    """Every visited row of the round with its code on `on`, as known at `known_at`, in the order of the edition."""
    facts, duplicates, policy = (
        _visited(round_, on, known_at),
        round_duplicates(round_, known_at),
        policy_of(round_, on, known_at),
    )
    entries = (
        frozen_entries(round_)
        .filter(cooperative_id__in=RecordedFact.objects.filter(kind="visit").values("cooperative"))
        .select_related("cooperative")
        .only("id", "name", "kelurahan_code", "kecamatan_code", "kind", "normal", "cooperative__nik_koperasi")
        .order_by("id")
    )
    seen = []
    for entry in entries.iterator(2000):
        legal_on = entry.normal.get("legal_on")
        case = RowCase(
            date.fromisoformat(legal_on) if legal_on else None,
            facts.get(entry.cooperative_id, ()),
            duplicates.get(entry.cooperative_id),
        )
        weighed = weigh(case.facts, policy.conflict_days)
        seen.append(SeenRow(entry, case, weighed, dispose(case, policy, on), may_leave(case, policy, on)))
    return seen


def conflicts(rows: list[SeenRow]) -> list[ConflictRow]:
    """The rows in dispute, each once: those that nobody decided first, then those that wait for one more visit."""
    found = [ConflictRow(row.entry, row.weighed.conflict) for row in rows if row.weighed.conflict is not None]
    return sorted(found, key=lambda row: (row.conflict.awaits is not None, row.conflict.visits[-1].on, row.entry.pk))


def checks_due(rows: list[SeenRow], seed: str) -> list[CheckDue]:
    """The back-checks of the rows, those that were made included (`is_done`), the longest due first."""
    by_key = {str(row.entry.cooperative_id): row.entry for row in rows}
    found = [
        RowFound(str(row.entry.cooperative_id), row.leave, row.weighed.visits) for row in rows if row.weighed.visits
    ]
    return [_due(by_key[check.cooperative], check) for check in back_checks(found, seed)]


def _due(entry: Entry, check: BackCheck) -> CheckDue:
    return CheckDue(
        entry.cooperative_id,
        entry,
        check.cause,
        frozenset(check.not_officers),
        check.first_on,
        check.due_on,
        check.is_early,
        check.is_done,
        check.reason,
    )


def back_checks_due(round_: Round, on: date, known_at: datetime | None = None) -> list[CheckDue]:
    """What planning must send a second officer to: every "not found" without one, and the actives that were drawn."""
    rows = seen_rows(round_, on, known_at or datetime.now(UTC))
    return [check for check in checks_due(rows, round_.sealed_seed) if not check.is_done]


def due_list(round_: Round, on: date, known_at: datetime) -> list[Due]:
    """Everybody who needs a visit, once each: a back-check outranks a revisit, since not everybody may make it."""
    accounts = {name: {same_person(name), same_person(full)} for name, full in officers().items()}
    checks = {
        check.cooperative_id: Due(
            check.cooperative_id,
            Purpose.BACK_CHECK,
            why=check.reason.sentence(),
            due_on=check.due_on,
            not_officers=frozenset(name for name, known in accounts.items() if known & check.not_officer),
        )
        for check in back_checks_due(round_, on, known_at)
    }
    return [*checks.values(), *(due for due in due_now(round_, on, known_at) if due.cooperative_id not in checks)]


def leaving(rows: list[SeenRow]) -> LeavingCount:
    """How many negative findings may leave the house, and what the others lack."""
    asked = [(row.entry, row.leave) for row in rows if row.disposition.code.group is Group.NOT_LOCATED]
    lacks = tuple((entry, leave) for entry, leave in asked if not leave.may)
    return LeavingCount(len(asked), len(asked) - len(lacks), lacks)


def _sheet_trace(fact: Fact, cooperative: str, area: str) -> VisitTrace:
    """What is known of how a visit was made when only its fact is: who, when, what, the note."""
    visit = visit_from(fact)
    return VisitTrace(
        key=f"fact:{fact.id}",
        cooperative=cooperative,
        officer=visit.officer,
        on=visit.on,
        finding=visit.finding,
        area=area,
        note=visit.note,
    )


def _by_office_clock(at: datetime | None, offset: int | None) -> datetime | None:
    """An instant of a phone's clock as the office's clock had it, in local time; a clock that is about right is believed."""
    if at is None:
        return None
    try:
        right = at - timedelta(seconds=offset) if offset is not None and clock_is_off(offset) else at
        return timezone.localtime(right)
    except OverflowError:
        return None


def _phone_trace(trace: VisitTrace, packet: Packet, hashes: Mapping[str, str], place: Place | None) -> VisitTrace:
    """The same with all that the phone told: clock, position, photos. hashes: perceptual ones by SHA-256."""
    sent, offset = packet.visit(), packet.offset_seconds
    position = sent.position
    return replace(
        trace,
        key=str(packet.pk),
        started_at=_by_office_clock(sent.started_at, offset),
        finished_at=_by_office_clock(sent.finished_at, offset),
        duration=sent.elapsed_ms / 1000 if sent.elapsed_ms is not None else None,
        offset=offset,
        point=Point(position.lat, position.lon) if position else None,
        position_at=_by_office_clock(position.at if position else None, offset),
        accuracy=position.accuracy_m if position else None,
        is_mock=position.is_mock if position else None,
        position_refused=sent.position_refused,
        address=place.point if place else None,
        precision=place.precision if place else Precision.NONE,
        photos=tuple(
            PhotoTrace(
                frozenset(filter(None, (photo.sha256, photo.original_sha256))),
                int(hashes[photo.sha256], 16) if hashes.get(photo.sha256) else None,
                photo.of == "place",
                _by_office_clock(photo.taken_at, offset),
                Point(photo.lat, photo.lon) if photo.lat is not None and photo.lon is not None else None,
            )
            for photo in sent.photos
        ),
    )


class Place(NamedTuple):
    """Where an address lies, and how precisely that is known."""

    point: Point
    precision: Precision


def _places(round_: Round, cooperatives: Collection[uuid.UUID]) -> dict[uuid.UUID, Place]:
    """Where addresses lie, by their text or by the office's own point. What visits taught would prove those very visits."""
    found: dict[uuid.UUID, Place] = {}
    if not cooperatives:
        return found
    place_of, marks = open_survey(round_.edition).placer, hand_marks(cooperatives)
    rows = frozen_entries(round_).filter(cooperative_id__in=cooperatives).values_list("cooperative_id", "normal")
    for ident, normal in rows:
        office = [mark.value for mark in marks.get(ident, ()) if mark.kind == POINT_FACT]
        point = read_point(office[-1].get("lat"), office[-1].get("lon")) if office else None
        if point is not None:
            found[ident] = Place(point, Precision.BUILDING)
            continue
        location = place_of(stated_row(normal)).location
        if location.point is not None:
            found[ident] = Place(location.point, location.precision)
    return found


def traces(round_: Round, on: date, known_at: datetime) -> list[VisitTrace]:
    """How each visit of the round was made, as far as it is known. A visit without an officer's name is left out."""
    facts = _visited(round_, on, known_at)
    areas = dict(
        frozen_entries(round_).filter(cooperative_id__in=facts).values_list("cooperative_id", "kelurahan_code")
    )
    stated = {
        fact.id: _sheet_trace(fact, str(ident), areas.get(ident, ""))
        for ident, known in facts.items()
        for fact in known
        if fact.kind == "visit" and fact.value.get("withdrawn") is not True and fact.value.get("officer")
    }
    packets = [packet for packet in Packet.objects.filter(fact__isnull=False) if packet.fact_id in stated]
    places = _places(round_, {packet.cooperative_id for packet in packets if packet.cooperative_id})
    hashes = dict(Photo.objects.exclude(phash="").values_list("sha256", "phash")) if packets else {}
    for packet in packets:
        if packet.fact_id is not None:
            place = places.get(packet.cooperative_id) if packet.cooperative_id else None
            stated[packet.fact_id] = _phone_trace(stated[packet.fact_id], packet, hashes, place)
    return list(stated.values())


class OverdueStop(NamedTuple):
    """A planned stop of a day that has passed. is_done: whether a visit was made there on that day or since.

    visited_by: everybody whose visit claimed something of the cooperative before that, as names are compared.
    """

    cooperative_id: uuid.UUID
    on: date
    officer: str
    purpose: str
    visited_by: tuple[str, ...]
    is_done: bool


def past_stops(round_: Round, today: date) -> list[OverdueStop]:
    """The stops of every day before `today`, by the version of the plan that held for the day, the oldest first.

    A back-check is done by its own officer alone; any other stop by whoever went. Backups are nobody's duty.
    """
    holding: dict[date, int] = {}
    for plan, starts_on, ends_on in (
        Plan.objects.filter(round=round_).order_by("number").values_list("id", "starts_on", "ends_on")
    ):
        days = range((min(ends_on, today - timedelta(days=1)) - starts_on).days + 1)
        holding |= {starts_on + timedelta(days=day): plan for day in days}
    stops = PlanStop.objects.filter(team_day__plan__in=set(holding.values()), is_backup=False, team_day__on__lt=today)
    rows = stops.select_related("team_day").order_by("team_day__on", "team_day__officer", "order")
    due = [stop for stop in rows if holding.get(stop.team_day.on) == stop.team_day.plan_id]
    visits = _visits_of({stop.cooperative_id for stop in due}, today)
    return [_past_stop(stop, visits.get(stop.cooperative_id, ())) for stop in due]


def _visits_of(cooperatives: Collection[uuid.UUID], on: date) -> dict[uuid.UUID, tuple[Visit, ...]]:
    recorded = RecordedFact.objects.filter(kind="visit", cooperative__in=cooperatives)
    grouped: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    for row in recorded.iterator(5000):
        grouped[row.cooperative_id].append(row.as_fact())
    return {ident: visits_of(facts_known(facts, on, datetime.now(UTC))) for ident, facts in grouped.items()}


def _past_stop(stop: PlanStop, visits: Sequence[Visit]) -> OverdueStop:
    day, officer = stop.team_day.on, same_person(stop.team_day.officer)
    since = {same_person(visit.officer) for visit in visits if visit.on >= day}
    is_own = stop.purpose == Purpose.BACK_CHECK.value
    before = claimants(visit for visit in visits if visit.on <= day) - {officer, ""}
    done = officer in since if is_own else bool(since)
    return OverdueStop(stop.cooperative_id, day, stop.team_day.officer, stop.purpose, tuple(sorted(before)), done)


def reviewed(round_: Round, on: date, stops: Sequence[OverdueStop] = ()) -> Review:
    """The visits of the round in the order in which they are worth a second look, and what stands out of officers.

    stops: `past_stops`, of which the back-checks that nobody made speak too.
    """
    asked = [
        AskedCheck(stop.officer, stop.visited_by, stop.is_done)
        for stop in stops
        if stop.purpose == Purpose.BACK_CHECK.value
    ]
    return review(traces(round_, on, datetime.now(UTC)), asked)


def facts_now(cooperative: Cooperative, on: date, known_at: datetime) -> tuple[Fact, ...]:
    """The facts of one cooperative that hold on a day."""
    recorded = RecordedFact.objects.filter(cooperative=cooperative, recorded_at__lte=known_at)
    return facts_known((row.as_fact() for row in recorded), on, known_at)


def conflict_of(round_: Round, cooperative: Cooperative, on: date, known_at: datetime) -> Conflict | None:
    """What is in dispute about one cooperative; None where nothing is."""
    return weigh(facts_now(cooperative, on, known_at), policy_of(round_, on, known_at).conflict_days).conflict
