"""An invented city, honest officers and ten ways to invent visits: what bench.fabrication measures the checks on.

Seeded; every number here is made up. Honest work has its own oddities (late entry, wrong addresses, a phone whose clock is
off, a receiver between houses), since checks that never saw them would look better than they are. Simulated fakes are
easier than real ones: a person adapts to what is checked, this file does not.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from telusur.addresses.rules.location import Point, Precision
from telusur.oversight.rules.trace import PhotoTrace, VisitTrace, metres_between
from telusur.rounds.rules.visit import Finding

__all__ = ["SCENARIOS", "Simulated", "simulate"]

OFFICERS, VISITS, PER_DAY = 40, 100, 10
FAKED_SHARE = 0.5
_FIRST_ON = date(2025, 9, 1)
_KELURAHAN, _COOPERATIVES = 34, 2400
_NOT_FOUND = (Finding.OTHER_OCCUPANT, Finding.EMPTY_OR_DEMOLISHED, Finding.MOVED_UNKNOWN, Finding.NOBODY_PRESENT)
_FOUND = (Finding.OPERATING, Finding.OPERATING, Finding.DORMANT_WITHOUT_BOARD, Finding.REFUSED)
_STOCK = (
    "tidak ada orang, pagar terkunci sejak pagi",
    "kata tetangga sudah lama pindah dari sini",
    "alamat tidak dikenal warga sekitar",
    "usaha berjalan, buku kas ditunjukkan ketua",
)


class Place(NamedTuple):
    """A cooperative: where it is, where its address says it is, how precisely, and the chance that nobody finds it."""

    key: str
    area: str
    true: Point
    address: Point
    precision: Precision
    missing: float


class Simulated(NamedTuple):
    """Traces of all officers, and the keys of those that were invented."""

    traces: tuple[VisitTrace, ...]
    faked: frozenset[str]
    fakers: frozenset[str]


@dataclass(slots=True)
class Hand:
    """What one officer has at hand while inventing: chance, home, earlier photos, the visits of a partner."""

    rng: random.Random
    home: Point
    office: Point
    photos: list[PhotoTrace]
    shared: list[PhotoTrace]
    phrase: str


def _moved(rng: random.Random, point: Point, metres: float) -> Point:
    angle, far = rng.random() * 2 * math.pi, abs(rng.gauss(0, metres))
    return Point(point.lat + far * math.cos(angle) / 111_000, point.lon + far * math.sin(angle) / 111_000)


def _city(rng: random.Random) -> list[Place]:
    centres = [Point(-1.2 + rng.random() * 0.16, 116.8 + rng.random() * 0.18) for _ in range(_KELURAHAN)]
    missing = [min(0.85, max(0.25, rng.gauss(0.55, 0.12))) for _ in centres]
    places = []
    for number in range(_COOPERATIVES):
        area = rng.randrange(_KELURAHAN)
        true = _moved(rng, centres[area], 900)
        precision = rng.choices((Precision.BUILDING, Precision.STREET, Precision.KELURAHAN), (40, 40, 20))[0]
        error = {Precision.BUILDING: 50, Precision.STREET: 250, Precision.KELURAHAN: 1200}[precision]
        stated = _moved(rng, true, error if rng.random() > 0.03 else 4000)
        places.append(Place(f"coop-{number}", f"{area:02}", true, stated, precision, missing[area]))
    return places


def _photo(rng: random.Random) -> PhotoTrace:
    return PhotoTrace(frozenset({f"{rng.getrandbits(128):032x}"}), rng.getrandbits(64), True)


def _near_copy(rng: random.Random, photo: PhotoTrace, most_bits: int) -> PhotoTrace:
    flipped = photo.alike or 0
    for bit in rng.sample(range(64), rng.randint(0, most_bits)):
        flipped ^= 1 << bit
    return PhotoTrace(frozenset({f"{rng.getrandbits(128):032x}"}), flipped, True)


def _note(rng: random.Random, key: str) -> str:
    drawn = rng.random()
    if drawn < 0.55:
        return rng.choice(_STOCK)
    return "" if drawn < 0.75 else f"bertemu warga, keterangan dicatat nomor {key}"


def _duration(rng: random.Random, finding: Finding, pace: float) -> float:
    return pace * rng.lognormvariate(math.log(110 if finding in _NOT_FOUND else 260), 0.35)


def _honest(rng: random.Random, name: str, places: Sequence[Place], home: Point) -> list[VisitTrace]:
    """Ten working days of ten visits by moped, with what goes wrong in honest work."""
    pace, offset = rng.lognormvariate(0, 0.15), rng.gauss(0, 20)
    if rng.random() < 0.05:
        offset += rng.choice((-1, 1)) * rng.uniform(400, 4000)
    traces: list[VisitTrace] = []
    for day in range(VISITS // PER_DAY):
        on = _FIRST_ON + timedelta(days=day + 2 * (day // 5))
        now = datetime.combine(on, datetime.min.time()) + timedelta(hours=8, minutes=rng.uniform(0, 40))
        entered_late = rng.random() < 0.02
        here = home
        for place in places[day * PER_DAY : (day + 1) * PER_DAY]:
            now += timedelta(seconds=metres_between(here, place.true) * 1.4 / (rng.uniform(16, 26) / 3.6))
            here = place.true
            missed = rng.random() < place.missing
            finding = rng.choice(_NOT_FOUND if missed else _FOUND)
            key = f"{name}-{len(traces)}"
            stay, form = rng.lognormvariate(math.log(600 if missed else 1300), 0.4), _duration(rng, finding, pace)
            accuracy = round(rng.lognormvariate(math.log(8), 0.7), 1)
            refused = rng.random() < 0.02
            traces.append(
                VisitTrace(
                    key=key, cooperative=place.key, officer=name, on=on, finding=finding, area=place.area,
                    note=_note(rng, key), started_at=now + timedelta(seconds=stay - form),
                    finished_at=now + timedelta(seconds=stay), duration=form, offset=offset + rng.gauss(0, 2),
                    point=None if refused else _moved(rng, place.true, 15 + accuracy),
                    position_at=now + timedelta(seconds=stay * 0.8), accuracy=None if refused else accuracy,
                    is_mock=False, position_refused=refused, address=place.address, precision=place.precision,
                    photos=(_photo(rng),),
                )
            )  # fmt: skip
            now += timedelta(seconds=stay)
        if entered_late:
            traces[-PER_DAY:] = _late_entry(rng, traces[-PER_DAY:], home)
    return traces


def _late_entry(rng: random.Random, day: Sequence[VisitTrace], home: Point) -> list[VisitTrace]:
    """An honest day kept on paper and typed in the evening at home."""
    now = datetime.combine(day[0].on, datetime.min.time()) + timedelta(hours=18, minutes=rng.uniform(0, 50))
    typed = []
    for trace in day:
        end = now + timedelta(seconds=trace.duration or 100)
        typed.append(
            replace(trace, started_at=now, finished_at=end, position_at=now, point=_moved(rng, home, 15), accuracy=9.1)
        )
        now = end + timedelta(seconds=rng.uniform(20, 90))
    return typed


def _missed(rng: random.Random, share: float) -> Finding:
    return rng.choice(_NOT_FOUND if rng.random() < share else _FOUND)


def _low_effort(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """All in one go at home, in the evening, the same words, old photos."""
    start = datetime.combine(trace.on, datetime.min.time()) + timedelta(hours=20, minutes=2 * rank)
    took = hand.rng.uniform(15, 45)
    photo = hand.rng.choice(hand.photos) if hand.rng.random() < 0.5 else _photo(hand.rng)
    return replace(
        trace, finding=_missed(hand.rng, 0.7), note=hand.phrase, started_at=start, duration=took,
        finished_at=start + timedelta(seconds=took), position_at=start, point=_moved(hand.rng, hand.home, 12),
        photos=(photo,),
    )  # fmt: skip


def _uninformed(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """From one table in town, over the day, findings drawn at random, forms a little quick."""
    return replace(
        trace, finding=_missed(hand.rng, 0.5), point=_moved(hand.rng, hand.office, 10),
        duration=(trace.duration or 100) * hand.rng.uniform(0.3, 0.7), photos=(_photo(hand.rng),),
    )  # fmt: skip


def _paid_to_evade(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """Knows the checks: a jittered position at the address, honest times, new photos; only the findings lean."""
    address = trace.address or hand.home
    return replace(
        trace, finding=_missed(hand.rng, 0.75), point=_moved(hand.rng, address, 40), photos=(_photo(hand.rng),)
    )


def _realistic_timing(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """At home, but at the hours of a real day."""
    photo = hand.rng.choice(hand.photos) if hand.rng.random() < 0.3 else _photo(hand.rng)
    return replace(trace, finding=_missed(hand.rng, 0.7), point=_moved(hand.rng, hand.home, 12), photos=(photo,))


def _realistic_answers(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """Answers as often as in truth, typed in one go at home."""
    return replace(_low_effort(hand, trace, rank), finding=trace.finding, note=trace.note, photos=(_photo(hand.rng),))


def _speed(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """A position set at each address, one every three minutes."""
    start = datetime.combine(trace.on, datetime.min.time()) + timedelta(hours=9, minutes=3 * rank)
    return replace(
        _paid_to_evade(hand, trace, rank), started_at=start, position_at=start, duration=hand.rng.uniform(40, 80),
        finished_at=start + timedelta(seconds=90),
    )  # fmt: skip


def _spoofed(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """An app sets the position, jittered, accuracy as the app gives it; the mock flag shows now and then."""
    return replace(_paid_to_evade(hand, trace, rank), accuracy=5.0, is_mock=hand.rng.random() < 0.3)


def _recycled_photo(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """Somewhere in the kelurahan, never at the door; photos saved anew from older ones."""
    old = hand.rng.choice(hand.photos)
    photo = old if hand.rng.random() < 0.4 else _near_copy(hand.rng, old, 8)
    return replace(
        trace, finding=_missed(hand.rng, 0.65), point=_moved(hand.rng, trace.point or hand.home, 700), photos=(photo,)
    )


def _desk_not_found(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """ "Not found" from the office desk, mostly without a position, no photo worth the name."""
    hidden = hand.rng.random() < 0.6
    return replace(
        trace, finding=hand.rng.choice(_NOT_FOUND), duration=hand.rng.uniform(50, 110), photos=(_photo(hand.rng),),
        point=None if hidden else _moved(hand.rng, hand.office, 12), accuracy=None if hidden else 14.2,
        position_refused=hidden,
    )  # fmt: skip


def _collusion(hand: Hand, trace: VisitTrace, rank: int) -> VisitTrace:
    """Two officers hand each other photos and words; positions set at the addresses."""
    return replace(
        _paid_to_evade(hand, trace, rank),
        note=hand.phrase,
        photos=(_near_copy(hand.rng, hand.rng.choice(hand.shared), 6),),
    )


SCENARIOS: dict[str, Callable[[Hand, VisitTrace, int], VisitTrace]] = {
    "low effort": _low_effort,
    "uninformed": _uninformed,
    "realistic timing": _realistic_timing,
    "realistic answers": _realistic_answers,
    "speed": _speed,
    "spoofed position": _spoofed,
    "recycled photo": _recycled_photo,
    "not found from the desk": _desk_not_found,
    "collusion of two": _collusion,
    "paid to evade": _paid_to_evade,
}


def simulate(seed: int, fakers: Sequence[str]) -> Simulated:
    """40 officers x 100 visits. fakers: the scenario of the first officers, in turn; each invents half of his visits.

    Whole days are invented, as people do. Colluders share their photos and words.
    """
    rng = random.Random(seed)
    places, office = _city(rng), Point(-1.26, 116.84)
    shared = [_photo(rng) for _ in range(25)]
    traces: list[VisitTrace] = []
    faked: set[str] = set()
    names = [f"petugas-{number:02}" for number in range(OFFICERS)]
    for number, name in enumerate(names):
        beat = {f"{area:02}" for area in rng.sample(range(_KELURAHAN), 8)}
        own = rng.sample([place for place in places if place.area in beat], VISITS)
        home = _moved(rng, Point(-1.22, 116.88), 5000)
        honest = _honest(rng, name, own, home)
        if number >= len(fakers):
            traces += honest
            continue
        scenario = fakers[number]
        hand = Hand(
            rng,
            home,
            office,
            [trace.photos[0] for trace in honest[:30]],
            shared,
            f"sudah didatangi {scenario} tidak ada",
        )
        days = set(rng.sample(range(VISITS // PER_DAY), int(VISITS // PER_DAY * FAKED_SHARE)))
        for rank, trace in enumerate(honest):
            if rank // PER_DAY in days:
                trace = SCENARIOS[scenario](hand, trace, rank % PER_DAY)
                faked.add(trace.key)
            traces.append(trace)
    return Simulated(tuple(traces), frozenset(faked), frozenset(names[: len(fakers)]))
