"""Checks of where and when a phone was: speed, one spot, distance, invented positions, one sitting, hours, clock.

Pure; each gives flags, none a verdict. A receiver outdoors errs by metres, one between houses by a hundred: every limit is
given that much room before it speaks.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from telusur.addresses.rules.location import Precision
from telusur.oversight.rules.trace import Check, Flag, PhotoTrace, VisitTrace, metres_between
from telusur.words.reason import Reason

__all__ = ["by_officer", "place_flags"]

_FASTEST_KMH = 90
_LEAST_METRES = 500
_SPOT_METRES = 25
_APART_METRES = 200
# How far from an address's point its door may be, and how far a visit may stand from it before anybody asks.
_SLACK = {Precision.BUILDING: 50, Precision.STREET: 300}
_NEAR = {Precision.BUILDING: 300, Precision.STREET: 1_000, Precision.KELURAHAN: 5_000}
_CONSTANT_RUN = 8
_SITTING_VISITS, _SITTING_GAP = 4, timedelta(minutes=6)
_FIRST_HOUR, _LAST_HOUR = 6, 19
_PHOTO_ROOM = timedelta(minutes=30)
_OFFSET_SECONDS = 300


def by_officer(traces: Iterable[VisitTrace]) -> dict[str, list[VisitTrace]]:
    """Each officer's visits in the order in which they were made."""
    grouped: dict[str, list[VisitTrace]] = defaultdict(list)
    for trace in traces:
        grouped[trace.officer].append(trace)
    return {officer: sorted(own, key=_made) for officer, own in grouped.items()}


def _made(trace: VisitTrace) -> tuple[str, str, str]:
    started = trace.started_at.isoformat() if trace.started_at else ""
    return trace.on.isoformat(), started, trace.key


def _clock(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H.%M}"


def _far_words(metres: float) -> str:
    return f"{metres / 1000:.1f}".replace(".", ",") + " km" if metres >= 1000 else f"{metres:.0f} m"


def _speeds(own: Sequence[VisitTrace]) -> Iterator[Flag]:
    placed = sorted(
        ((trace.position_at, trace) for trace in own if trace.point is not None and trace.position_at is not None),
        key=lambda pair: (pair[0], pair[1].key),
    )
    for (before_at, before), (after_at, after) in pairwise(placed):
        if before.point is None or after.point is None:
            continue
        metres = metres_between(before.point, after.point) - (before.accuracy or 0) - (after.accuracy or 0)
        seconds = (after_at - before_at).total_seconds()
        if metres < _LEAST_METRES or metres * 3.6 <= _FASTEST_KMH * seconds:
            continue
        why = Reason(
            "flag_speed",
            "{distance} dari kunjungan sebelumnya dalam {minutes} menit, lebih cepat dari {limit} km/jam",
            {"distance": _far_words(metres), "minutes": f"{seconds / 60:.0f}", "limit": str(_FASTEST_KMH)},
        )
        yield Flag(Check.SPEED, after.key, why, 3.0)


def _spots(own: Sequence[VisitTrace]) -> Iterator[Flag]:
    """Two addresses far apart, both recorded from one spot. Only addresses whose place is known can speak."""
    known = [trace for trace in own if trace.point and trace.address and trace.precision in _SLACK]
    cells: dict[tuple[int, int], list[VisitTrace]] = defaultdict(list)
    for trace in known:
        if trace.point is not None:
            cells[int(trace.point.lat * 2000), int(trace.point.lon * 2000)].append(trace)
    for trace in known:
        if trace.point is None or trace.address is None:
            continue
        row, column = int(trace.point.lat * 2000), int(trace.point.lon * 2000)
        beside = [each for i in (-1, 0, 1) for j in (-1, 0, 1) for each in cells.get((row + i, column + j), ())]
        apart = [far for other in beside if (far := _apart_from_one_spot(trace, other))]
        if apart:
            why = Reason(
                "flag_one_spot",
                "dicatat dari titik yang sama dengan {count} koperasi lain, padahal alamatnya terpisah sampai {distance}",
                {"count": str(len(apart)), "distance": _far_words(max(apart))},
            )
            yield Flag(Check.ONE_SPOT, trace.key, why, 2.5)


def _apart_from_one_spot(one: VisitTrace, other: VisitTrace) -> float:
    """How far apart the addresses of two visits from one spot are, in metres; 0 where that can be."""
    if one.cooperative == other.cooperative or not (one.point and other.point and one.address and other.address):
        return 0.0
    if metres_between(one.point, other.point) > _SPOT_METRES:
        return 0.0
    apart = metres_between(one.address, other.address)
    return apart if apart > _APART_METRES + _SLACK[one.precision] + _SLACK[other.precision] else 0.0


def _distances(own: Sequence[VisitTrace]) -> Iterator[Flag]:
    for trace in own:
        limit = _NEAR.get(trace.precision)
        if trace.point is None or trace.address is None or limit is None:
            continue
        metres = metres_between(trace.point, trace.address) - (trace.accuracy or 0)
        if metres > limit:
            why = Reason(
                "flag_far",
                "posisi {distance} dari alamat yang tercatat; letak alamat diketahui sampai {limit}",
                {"distance": _far_words(metres), "limit": _far_words(limit)},
            )
            yield Flag(Check.FAR, trace.key, why, 1.5)


def _made_positions(own: Sequence[VisitTrace]) -> Iterator[Flag]:
    for trace in own:
        if trace.is_mock:
            why = Reason(
                "flag_mock", "ponsel menyatakan posisinya berasal dari aplikasi lain (penerima luar juga begitu)"
            )
            yield Flag(Check.POSITION_MADE, trace.key, why, 2.0)
        elif trace.point is not None and trace.accuracy == 0:
            why = Reason(
                "flag_accuracy_zero", "ketelitian posisi tepat 0 meter; penerima sungguhan tidak pernah begitu"
            )
            yield Flag(Check.POSITION_MADE, trace.key, why, 2.0)
        elif trace.position_refused:
            why = Reason("flag_no_position", "ponsel tidak memberi posisi")
            yield Flag(Check.NO_POSITION, trace.key, why, 0.5)
    placed = [trace for trace in own if trace.accuracy]
    for accuracy, run in groupby(placed, key=lambda trace: trace.accuracy):
        visits = list(run)
        if len(visits) >= _CONSTANT_RUN:
            why = Reason(
                "flag_accuracy_constant",
                "ketelitian posisi {accuracy} m sama persis pada {count} kunjungan berturut-turut",
                {"accuracy": f"{accuracy:g}".replace(".", ","), "count": str(len(visits))},
            )
            yield from (Flag(Check.POSITION_MADE, trace.key, why, 1.5) for trace in visits)


def _photo_elsewhere(trace: VisitTrace, photo: PhotoTrace) -> Flag | None:
    if photo.point is not None and trace.point is not None:
        metres = metres_between(photo.point, trace.point) - (trace.accuracy or 0)
        if metres > _LEAST_METRES:
            values = {"distance": _far_words(metres)}
            why = Reason("flag_photo_place", "foto diambil {distance} dari tempat formulir diisi", values)
            return Flag(Check.PHOTO_ELSEWHERE, trace.key, why, 1.5)
    if photo.taken_at is None or trace.started_at is None or trace.finished_at is None:
        return None
    if trace.started_at - _PHOTO_ROOM <= photo.taken_at <= trace.finished_at + _PHOTO_ROOM:
        return None
    values = {"at": _clock(photo.taken_at), "start": _clock(trace.started_at)}
    why = Reason("flag_photo_time", "foto diambil {at}, padahal kunjungan dimulai {start}", values)
    return Flag(Check.PHOTO_ELSEWHERE, trace.key, why, 1.0)


def _photos_elsewhere(own: Sequence[VisitTrace]) -> Iterator[Flag]:
    """A photo of the place that was taken far from where the form was filled in, or at another time; once a visit."""
    for trace in own:
        flags = (_photo_elsewhere(trace, photo) for photo in trace.photos if photo.is_place)
        first = next((flag for flag in flags if flag is not None), None)
        if first is not None:
            yield first


def _sittings(own: Sequence[VisitTrace]) -> Iterator[Flag]:
    timed = [(trace.started_at, trace) for trace in own if trace.started_at is not None]
    for _, day in groupby(timed, key=lambda pair: pair[0].date()):
        visits = list(day)
        if len({trace.cooperative for _, trace in visits}) < _SITTING_VISITS:
            continue
        gaps = [(after - before).total_seconds() for (before, _), (after, _) in pairwise(visits)]
        if statistics.median(gaps) < _SITTING_GAP.total_seconds():
            first, last = visits[0][0], visits[-1][0]
            why = Reason(
                "flag_one_sitting",
                "{count} kunjungan hari itu dimulai antara {first} dan {last}",
                {"count": str(len(visits)), "first": f"{first:%H.%M}", "last": f"{last:%H.%M}"},
            )
            yield from (Flag(Check.ONE_SITTING, trace.key, why, 2.0) for _, trace in visits)


def _clocks(own: Sequence[VisitTrace]) -> Iterator[Flag]:
    for trace in own:
        if trace.started_at is not None and not _FIRST_HOUR <= trace.started_at.hour < _LAST_HOUR:
            why = Reason("flag_hours", "dimulai {at}, di luar pukul 06–19", {"at": _clock(trace.started_at)})
            yield Flag(Check.HOURS, trace.key, why, 0.75)
        if trace.offset is not None and abs(trace.offset) > _OFFSET_SECONDS:
            minutes = f"{abs(trace.offset) / 60:.0f}"
            why = Reason("flag_clock", "jam ponsel menyimpang {minutes} menit dari jam kantor", {"minutes": minutes})
            yield Flag(Check.CLOCK, trace.key, why, 0.25)


def place_flags(traces: Iterable[VisitTrace]) -> list[Flag]:
    """Every flag on where and when, of all officers."""
    checks = (_speeds, _spots, _distances, _made_positions, _photos_elsewhere, _sittings, _clocks)
    return [flag for own in by_officer(traces).values() for check in checks for flag in check(own)]
