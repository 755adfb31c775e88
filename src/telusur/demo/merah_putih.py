"""Merah Putih in the demo: every kelurahan of Kota Contoh in its own place on the way, some of them with nothing known.

In: the demo's city and rows. Out: statements from March 2025 on, through the same actions as anybody's. All is invented;
the numbers on the counted lists begin with 99 and are forgotten with the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from telusur.demo.demo import Demo
from telusur.merah_putih.actions import (
    Note,
    Terms,
    check_stage,
    count_member_lists,
    enrol,
    record_capital,
    record_denominator,
    record_financing,
    record_formation,
    record_governance,
    record_members,
    record_stage,
)
from telusur.merah_putih.rules.members import DenominatorKind, MemberSource
from telusur.merah_putih.rules.stages import STAGE_LABELS, Stage, Way
from telusur.register.models import Cooperative
from telusur.rounds.rules.codes import Code
from telusur.words.area_code import AreaLevel

__all__ = ["load_programme"]

_OFFICER, _REGISTRAR, _SECTION_HEAD = "sari", "rani", "dewi"
_BEGUN: Final = date(2025, 3, 24)
# How many steps each kelurahan has behind it, in turn: two have begun nothing, a few have come to the end.
_DEPTHS: Final = (16, 12, 0, 15, 7, 10, 1, 12, 5, 11, 3, 13, 9, 12, 0, 6, 12, 4, 10, 2)
_SOURCE: Final = "Disdukcapil Kota Contoh (rekaan), semester I 2025"


@dataclass(frozen=True, slots=True)
class _Place:
    code: str
    name: str
    depth: int
    households: int


def load_programme(demo: Demo, *, today: date) -> None:
    """Load the programme as it stands today."""
    areas = [area for area in demo.city.areas if area.level is AreaLevel.KELURAHAN]
    enrol(regency_code=areas[0].code[:5], by=_SECTION_HEAD, at=_at(_BEGUN))
    rng = Random("kkmp")
    places = [
        _Place(area.code, area.name, _DEPTHS[number % len(_DEPTHS)], rng.randrange(1_400, 7_800))
        for number, area in enumerate(areas)
    ]
    revived = _revived(demo)
    for number, place in enumerate(places):
        _denominators(place, number, today)
        if place.depth:
            _formation(place, number, revived.get(place.code), today)
            _steps(place, number, today, rng)
            _figures(place, number, today, rng)
    _lists([place for place in places if place.depth >= 7][:3], today)


def _at(on: date) -> datetime:
    return datetime.combine(on, time(3), UTC)


def _note(place: _Place, on: date, proof: str, today: date, by: str = _OFFICER) -> Note:
    return Note(place.code, on, proof, by, today, at=_at(on))


def _revived(demo: Demo) -> dict[str, str]:
    """A kelurahan whose dormant cooperative wants to live again, and that cooperative's number; the held one first."""
    held = {hold.nik_koperasi for hold in demo.holds}
    dormant = [number for number, code in demo.codes.items() if code is Code.DORMANT_WANTS_REVIVAL]
    found: dict[str, str] = {}
    for number in sorted(dormant, key=lambda each: (each not in held, each))[:4]:
        found.setdefault(demo.villages[number], number)
    return found


def _denominators(place: _Place, number: int, today: date) -> None:
    """Households nearly everywhere, residents in most, adults in a few; of every eleventh nothing is known."""
    if number % 11 == 6:
        return
    on = date(2025, 6, 30)
    counts = {DenominatorKind.HOUSEHOLDS: place.households}
    if number % 3 != 1:
        counts[DenominatorKind.RESIDENTS] = round(place.households * 3.4)
    if number % 5 == 0:
        counts[DenominatorKind.ADULTS] = round(place.households * 2.4)
    for kind, total in counts.items():
        record_denominator(_note(place, on, "", today, _REGISTRAR), kind=kind, total=total, source=_SOURCE)


def _formation(place: _Place, number: int, nik_koperasi: str | None, today: date) -> None:
    origin = Cooperative.objects.get(nik_koperasi=nik_koperasi).pk if nik_koperasi else None
    way = Way.REVIVED if origin else (Way.DEVELOPED if number % 7 == 3 else Way.NEW)
    name = f"Koperasi Kelurahan Merah Putih {place.name}"
    note = _note(place, date(2025, 5, 2), f"BA musyawarah {number + 1}/KKMP/2025", today)
    record_formation(note, way=way, name=name, cooperative_id=origin)


def _steps(place: _Place, number: int, today: date, rng: Random) -> None:
    """The steps behind it, a few weeks apart; every third last one waits for its check, some were not right."""
    on = _BEGUN + timedelta(days=rng.randrange(20))
    for position, stage in enumerate(list(Stage)[: place.depth]):
        if on > today:
            return
        said = f"{STAGE_LABELS[stage]} {place.name}, berkas {number + 1}.{position + 1}"
        record = record_stage(
            _note(place, on, said, today), stage=stage, number=f"{position + 1}/KKMP-{number + 1}/{on.year}"
        )
        is_last = position == place.depth - 1
        if not (is_last and number % 3 == 0):
            is_right = not (is_last and number % 5 == 4)
            why = "" if is_right else "nomor pada dokumen tidak sama dengan yang dicatat"
            check_stage(number=record.pk, is_right=is_right, why=why, by=_REGISTRAR, at=_at(on + timedelta(days=2)))
        on += timedelta(days=rng.randrange(6, 26))


def _figures(place: _Place, number: int, today: date, rng: Random) -> None:
    """Members over a year, capital, governance: fresh in some, old in others, missing in a few."""
    if place.depth < 3 or number % 9 == 5:
        return
    last = today - timedelta(days=(3, 40, 250, 11, 120)[number % 5])
    members, days = rng.randrange(15, 24), _spread(date(2025, 9, 20), last, 4)
    for on in days:
        note = _note(place, on, f"laporan pengurus {on:%m/%Y}", today)
        record_members(note, source=MemberSource.BOARD, count=members)
        members += rng.randrange(2, 9 + 3 * place.depth)
    if not days:
        return
    if number % 4 != 2:
        paid, due = rng.randrange(40, 100), members * 100_000
        months = max(1, (days[-1] - date(2025, 9, 1)).days // 30)
        record_capital(
            _note(place, days[-1], f"buku simpanan per {days[-1]:%d/%m/%Y}", today),
            members=members,
            principal=(due, due * paid // 100),
            mandatory=(members * 10_000 * months, members * 10_000 * months * max(20, paid - 25) // 100),
        )
    if number % 3 != 2:
        record_governance(
            _note(place, days[-1], "kunjungan pendamping", today),
            keeps_books=place.depth > 6,
            held_meeting=True if place.depth > 10 else None,
            has_supervisor=number % 4 != 0,
        )
    if place.depth >= 14:
        terms = Terms("Bank Contoh", 2_400_000_000, 480_000_000 + 40_000_000 * (number % 2), Decimal(6), 72, 6)
        record_financing(_note(place, days[-1], f"perjanjian kredit {number + 1}/2026", today), terms=terms)


def _spread(since: date, until: date, count: int) -> Sequence[date]:
    length = (until - since).days
    return [since + timedelta(days=length * step // (count - 1)) for step in range(count)] if length > count else []


def _lists(places: Sequence[_Place], today: date) -> None:
    """Three lists counted together: a number twice, one that is none, two people on two lists."""

    def cells(first: int, count: int) -> Iterable[tuple[int, str]]:
        return [(row + 2, f"9901{first + row:012d}") for row in range(count)]

    lists = {place.code: list(cells(1_000 * step, 60 + 30 * step)) for step, place in enumerate(places)}
    codes = list(lists)
    if len(codes) < 3:
        return
    lists[codes[0]] += [(62, "9901000000000001"), (63, "tidak punya")]
    lists[codes[1]] += [(92, "9901000000000004"), (93, "9901000000000005")]
    on = today - timedelta(days=5)
    count_member_lists(lists=lists, on=on, proof="daftar anggota, dihitung di kantor", by=_REGISTRAR, today=today)
