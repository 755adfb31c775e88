"""The demo's visits: eight weeks of four officers, attempt by attempt, that make exactly the code wanted for each row.

In: rows, their kelurahan and their codes. Out: the sheet's visits, in the order of days. A code is never written: each
plan shows what the rule asks for (`rounds.rules.disposition`), with failed attempts before it where life has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from telusur.demo.city import Village
from telusur.demo.coined import pick
from telusur.demo.rows import HEADER, Row
from telusur.demo.sheet_rows import SheetVisit, working_days
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import Evidence, Finding, Informant

__all__ = ["FIRST_VISIT_ON", "LAST_VISIT_ON", "OFFICERS", "Target", "make_monitoring", "make_visits"]

OFFICERS: Final = ("sari", "budi", "tono", "wati")
FIRST_VISIT_ON, LAST_VISIT_ON = date(2025, 9, 1), date(2025, 10, 23)
_HOLIDAY = date(2025, 9, 5)  # Maulid Nabi 1447 H
# Business seen in the round is never older, so that it still counts (12 months) until the monitoring has been round.
_BUSINESS_SINCE = date(2025, 7, 1)
_MONITORED_FROM, _MONITORED_UNTIL = date(2026, 4, 6), date(2026, 6, 19)
_MONITORED_BUSINESS_SINCE = date(2026, 4, 1)
# Working days between two attempts: 2 to this many.
_LONGEST_WAIT = 5
_NIK_KOPERASI, _NAME = HEADER.index("Nomor Induk Koperasi (NIK)"), HEADER.index("Koperasi")
_PARTS: Final = ((8, 10), (11, 14), (15, 17))
_MORNING, _MIDDAY, _AFTERNOON = range(3)
_WAYS_TO_BE_MISSED: Final = ("pagar terkunci", "kantor tutup", "tidak ada yang menjawab", "")


class Target(NamedTuple):
    """A row, the kelurahan in which it truly lies, and the code its visits shall lead to."""

    row: Row
    village: Village
    code: Code


@dataclass(frozen=True, slots=True)
class _Stop:
    """One attempt before it has a day: the part of the day (None: any) and what the sheet will hold."""

    finding: Finding
    part: int | None = None
    cells: dict[str, Any] = field(default_factory=dict)


def _missed(rng: Random, part: int | None = None) -> _Stop:
    return _Stop(Finding.NOBODY_PRESENT, part, {"photo": Evidence.PHOTO, "note": pick(rng, _WAYS_TO_BE_MISSED)})


def _one_of(*choices: tuple[Informant, ...]) -> Callable[[Random], tuple[Informant, ...]]:
    return lambda rng: pick(rng, choices)


_BOARD = _one_of((Informant.BOARD,), (Informant.BOARD, Informant.MEMBER))
_TWO = _one_of(
    (Informant.MEMBER, Informant.RT), (Informant.NEIGHBOUR, Informant.RT), (Informant.MEMBER, Informant.LURAH)
)
_OFFICIAL = _one_of((Informant.RT,), (Informant.LURAH,), (Informant.RT, Informant.NEIGHBOUR))
_AT_THE_DOOR = _one_of((Informant.OCCUPANT,), (Informant.OCCUPANT, Informant.RT), (Informant.RT,))
_BESIDE = _one_of((Informant.NEIGHBOUR,), (Informant.NEIGHBOUR, Informant.RT), (Informant.MEMBER,))


def _operating(rng: Random, code: Code) -> list[_Stop]:
    """In business. With RAT: minutes for book year 2024; without: none, an older year's, or only said."""
    cells: dict[str, Any] = {
        "informants": _BOARD(rng),
        "photo": Evidence.GEOTAGGED_PHOTO,
        "business": pick(rng, (Evidence.LEDGER, Evidence.TRANSACTION)),
        "business_on": 2 + int(rng.random() * 40),
    }
    if code is Code.ACTIVE_WITH_MEETING:
        held = date(2025, 1, 11) + timedelta(days=int(rng.random() * 140))
        cells |= {"meeting_year": 2024, "meeting_on": held, "minutes": True}
    else:
        cells |= pick(
            rng,
            (
                {},
                {
                    "meeting_year": 2023,
                    "meeting_on": date(2024, 3, 2) + timedelta(days=int(rng.random() * 90)),
                    "minutes": True,
                },
                {"meeting_year": 2024, "note": "RAT disebut terlaksana, notulen tidak ada"},
            ),
        )
    return [*([_missed(rng)] if rng.random() < 0.3 else []), _Stop(Finding.OPERATING, None, cells)]


def _located(rng: Random, code: Code) -> list[_Stop]:
    """Found, but not proven active."""
    photo = pick(rng, (Evidence.PHOTO, Evidence.GEOTAGGED_PHOTO))
    cells: dict[str, Any] = {"informants": _BOARD(rng), "photo": photo}
    finding = {
        Code.DORMANT_WANTS_REVIVAL: Finding.DORMANT_WITH_BOARD,
        Code.DORMANT_NO_BOARD: Finding.DORMANT_WITHOUT_BOARD,
        Code.OWN_DISSOLUTION: Finding.DISSOLVING_ITSELF,
        Code.WITHHELD: Finding.REFUSED,
        Code.PAPERS_PENDING: Finding.PAPERS_TO_FOLLOW,
    }[code]
    if code is Code.DORMANT_WANTS_REVIVAL:
        cells |= {
            "document": Evidence.SIGNED_STATEMENT,
            "note": pick(rng, ("minta pembinaan", "mau RAT tahun depan", "")),
        }
    elif code is Code.DORMANT_NO_BOARD:
        cells["informants"] = _TWO(rng)
    elif code is Code.OWN_DISSOLUTION:
        cells |= {"document": Evidence.DISSOLUTION_MINUTES, "number": f"BA-{1 + int(rng.random() * 20):02}/2025"}
    elif code is Code.PAPERS_PENDING:
        cells |= {"document": Evidence.RECEIPT, "receipt_due_on": 14}
    elif rng.random() < 0.35:
        # Says that it trades but shows nothing: the rule withholds what has no evidence.
        finding, cells["note"] = Finding.OPERATING, "mengaku berusaha, buku tidak ditunjukkan"
    return [*([_missed(rng)] if rng.random() < 0.25 else []), _Stop(finding, None, cells)]


def _unidentified(rng: Random, code: Code) -> list[_Stop]:
    """The address leads nowhere, and an RT or the lurah says so: one visit may do."""
    stop = _Stop(
        Finding.ADDRESS_UNIDENTIFIED, None, {"informants": _OFFICIAL(rng), "note": "alamat tidak dikenal warga"}
    )
    if rng.random() < 0.25:
        stop = replace(
            stop,
            cells=stop.cells | {"document": Evidence.LURAH_LETTER, "number": f"470/{100 + int(rng.random() * 300)}"},
        )
    return [_Stop(Finding.ADDRESS_UNIDENTIFIED), stop] if rng.random() < 0.35 else [stop]


def _nobody(rng: Random, code: Code) -> list[_Stop]:
    """A sign at the door and never a soul: three attempts in at least two parts of the day."""
    parts = pick(
        rng, ((_MORNING, _AFTERNOON, _MIDDAY), (_MORNING, _MORNING, _AFTERNOON), (_AFTERNOON, _MIDDAY, _MORNING))
    )
    return [_missed(rng, part) for part in parts]


def _absent(rng: Random, code: Code) -> list[_Stop]:
    """Not at the address: two attempts on different days, the last with the evidence that the code asks for."""
    ways: dict[Code, tuple[Finding, dict[str, Any]]] = {
        Code.OTHER_OCCUPANT: (Finding.OTHER_OCCUPANT, {"photo": Evidence.PHOTO, "informants": _AT_THE_DOOR(rng)}),
        Code.EMPTY_OR_DEMOLISHED: (Finding.EMPTY_OR_DEMOLISHED, {"photo": Evidence.GEOTAGGED_PHOTO}),
        Code.MOVED_UNKNOWN: (Finding.MOVED_UNKNOWN, {"informants": _BESIDE(rng)}),
        Code.UNREACHABLE: (
            Finding.UNREACHABLE,
            {"note": pick(rng, ("kompleks tertutup, izin ditolak", "jembatan putus"))},
        ),
        Code.SAID_DISSOLVED: (
            Finding.SAID_DISSOLVED,
            {"informants": _BESIDE(rng), "note": "kata tetangga sudah lama bubar"},
        ),
    }
    finding, cells = ways[code]
    first = _missed(rng, _MORNING) if rng.random() < 0.55 else _Stop(finding)
    return [first, *([_missed(rng)] if rng.random() < 0.15 else []), _Stop(finding, None, cells)]


def _plan(rng: Random, code: Code) -> list[_Stop]:
    if code is Code.NOT_ATTEMPTED:
        return []
    if code in (Code.ACTIVE_WITH_MEETING, Code.ACTIVE_MEETING_OVERDUE):
        return _operating(rng, code)
    if code is Code.ADDRESS_UNIDENTIFIED:
        return _unidentified(rng, code)
    if code is Code.NOBODY_PRESENT:
        return _nobody(rng, code)
    return _located(rng, code) if code < 300 else _absent(rng, code)


def _hour(rng: Random, part: int | None) -> time:
    first, last = _PARTS[int(rng.random() * len(_PARTS)) if part is None else part]
    return time(first + int(rng.random() * (last - first + 1)), 5 * int(rng.random() * 12))


def make_visits(rng: Random, targets: Sequence[Target]) -> list[SheetVisit]:
    """Every attempt of the eight weeks, by day and hour. Each officer has a part of the city and works through it."""
    days = working_days(FIRST_VISIT_ON, LAST_VISIT_ON, {_HOLIDAY})
    visits: list[SheetVisit] = []
    beats = _beats(targets)
    for officer in OFFICERS:
        own = [target for target in targets if beats[target.village.code] == officer]
        for rank, target in enumerate(own):
            plan = _plan(rng, target.code)
            at = int(rank / len(own) * (len(days) - _LONGEST_WAIT * (len(plan) - 1)))
            for attempt, stop in enumerate(plan, start=1):
                visits.append(_dated(rng, target, stop, days[at], officer, attempt))
                at += 2 + int(rng.random() * (_LONGEST_WAIT - 1))
    return sorted(visits, key=lambda visit: (visit.on, visit.officer, visit.at, visit.nik_koperasi))


def _beats(targets: Sequence[Target]) -> dict[str, str]:
    """Which officer goes to which kelurahan: as many rows each as whole kelurahan allow, one beside the other."""
    rows = Counter(target.village.code for target in targets)
    beats: dict[str, str] = {}
    before = 0
    for code in sorted(rows):
        beats[code] = OFFICERS[before * len(OFFICERS) // len(targets)]
        before += rows[code]
    return beats


def _dated(rng: Random, target: Target, stop: _Stop, on: date, officer: str, attempt: int) -> SheetVisit:
    cells = dict(stop.cells)
    if "business_on" in cells:
        cells["business_on"] = max(on - timedelta(days=cells["business_on"]), _BUSINESS_SINCE)
    if "receipt_due_on" in cells:
        cells["receipt_due_on"] = on + timedelta(days=cells["receipt_due_on"])
    return SheetVisit(
        nik_koperasi=target.row[_NIK_KOPERASI],
        name=target.row[_NAME],
        on=on,
        at=_hour(rng, stop.part),
        officer=officer,
        attempt=attempt,
        finding=stop.finding,
        **cells,
    )


def make_monitoring(rng: Random, targets: Sequence[Target], visits: Sequence[SheetVisit]) -> list[SheetVisit]:
    """A second look in spring 2026 at those in business: business still runs, and the same ones hold their RAT.

    Without it the codes would rightly change on 1 July 2026, when the RAT for book year 2025 falls due.
    """
    last = {visit.nik_koperasi: visit for visit in visits}
    days = working_days(_MONITORED_FROM, _MONITORED_UNTIL, ())
    seen = [target for target in targets if target.code in (Code.ACTIVE_WITH_MEETING, Code.ACTIVE_MEETING_OVERDUE)]
    monitored = []
    for rank, target in enumerate(seen):
        before = last[target.row[_NIK_KOPERASI]]
        on = days[rank * len(days) // len(seen)]
        visit = SheetVisit(
            nik_koperasi=before.nik_koperasi,
            name=before.name,
            on=on,
            at=_hour(rng, None),
            officer=before.officer,
            attempt=before.attempt + 1,
            finding=Finding.OPERATING,
            informants=_BOARD(rng),
            photo=Evidence.GEOTAGGED_PHOTO,
            business=pick(rng, (Evidence.LEDGER, Evidence.TRANSACTION)),
            business_on=max(on - timedelta(days=1 + int(rng.random() * 25)), _MONITORED_BUSINESS_SINCE),
            note="pemantauan sesudah musim RAT",
        )
        if target.code is Code.ACTIVE_WITH_MEETING:
            held = date(2026, 1, 10) + timedelta(days=int(rng.random() * 80))
            visit = replace(visit, meeting_year=2025, meeting_on=held, minutes=True)
        monitored.append(visit)
    return sorted(monitored, key=lambda visit: (visit.on, visit.officer, visit.at, visit.nik_koperasi))
