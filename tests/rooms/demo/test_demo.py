"""The demo's visits: read and judged by the product's own rules, they make the published result exactly."""

from __future__ import annotations

import csv
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from telusur.demo.demo import AS_OF, HOLDS_UNTIL, OFFICERS, Demo, make_demo
from telusur.demo.files import write_visits
from telusur.demo.phones import by_phone, told
from telusur.demo.published import PUBLISHED
from telusur.demo.rows import HEADER
from telusur.demo.sheet_rows import SheetVisit
from telusur.register.rules import Fact, facts_known
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.disposition import RowCase, dispose
from telusur.rounds.rules.facts import facts_of
from telusur.rounds.rules.sheet import COLUMNS, VisitRow, name_fits, read_visit_row
from telusur.visits.rules.clock import visit_times
from telusur.visits.rules.facts import visit_facts
from telusur.visits.rules.packet import read_packet
from tests.rules.asked import policy

NIK, NAME, FOUNDED = (
    HEADER.index(label) for label in ("Nomor Induk Koperasi (NIK)", "Koperasi", "Tanggal Badan Hukum Pendirian")
)
RECORDED_AT = datetime(2026, 11, 24, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo() -> Demo:
    return make_demo(1)


def _read(visits: Sequence[SheetVisit]) -> list[VisitRow]:
    read = [
        read_visit_row(number, dict(zip(COLUMNS, visit.as_row(), strict=True)), TODAY)
        for number, visit in enumerate(visits, start=2)
    ]
    assert [row for row in read if not isinstance(row, VisitRow)] == []
    return [row for row in read if isinstance(row, VisitRow)]


def _facts(demo: Demo, visits: Sequence[SheetVisit]) -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = {}
    for row in _read(visits):
        if row.nik_koperasi:
            for new in facts_of(row, uuid.UUID(int=int(row.nik_koperasi)), survivor_shares_number=False):
                known = facts.setdefault(row.nik_koperasi, [])
                known.append(
                    Fact(
                        len(known),
                        new.kind,
                        new.value,
                        new.voice,
                        new.valid_on,
                        RECORDED_AT,
                        "demo",
                        tuple(new.evidence),
                    )
                )
    return facts


def _codes(demo: Demo, visits: Sequence[SheetVisit], on: date) -> dict[str, Code]:
    facts = _facts(demo, visits)
    codes = {}
    for row in demo.rows:
        day, month, year = map(int, row[FOUNDED].split("/"))
        known = facts_known(facts.get(row[NIK], []), on, RECORDED_AT)
        codes[row[NIK]] = dispose(RowCase(date(year, month, day), known), policy(), on).code
    return codes


# Boundaries: publication, new year, both sides of 30 June 2026 (RAT for 2025 falls due), the last day that holds.
DAYS = [AS_OF, date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31), HOLDS_UNTIL]


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_published_result_exactly(demo: Demo, on: date) -> None:
    codes = _codes(demo, [*demo.visits, *demo.monitoring], on)
    counts = Counter(codes.values())
    groups = Counter(code.group for code in codes.values())
    located = groups[Group.LOCATED_ACTIVE] + groups[Group.LOCATED_OTHER]
    assert (len(codes), located, groups[Group.NOT_LOCATED], counts[Code.NOT_ATTEMPTED]) == (601, 225, 338, 38)
    assert (groups[Group.LOCATED_ACTIVE], counts[Code.ACTIVE_WITH_MEETING]) == (109, 76)
    assert counts == PUBLISHED
    assert codes == demo.codes


@pytest.mark.long
@pytest.mark.long
@pytest.mark.parametrize("seed", [2, pytest.param(3, marks=pytest.mark.slow), pytest.param(40, marks=pytest.mark.slow)])
def test_the_published_result_from_any_seed(seed: int) -> None:
    demo = make_demo(seed)
    for on in (AS_OF, HOLDS_UNTIL):
        assert _codes(demo, [*demo.visits, *demo.monitoring], on) == demo.codes


@pytest.mark.long
def test_what_ages_out_and_when(demo: Demo) -> None:
    """The round alone holds until the RAT for 2025 falls due; both sheets until business was last seen a year ago."""
    assert _codes(demo, demo.visits, date(2026, 6, 30)) == demo.codes
    due = Counter(_codes(demo, demo.visits, date(2026, 7, 1)).values())
    assert due[Code.ACTIVE_WITH_MEETING] == 0
    late = date(HOLDS_UNTIL.year, HOLDS_UNTIL.month + 1, 1)
    assert _codes(demo, [*demo.visits, *demo.monitoring], late) != demo.codes


def test_before_the_round_nobody_was_visited(demo: Demo) -> None:
    assert set(_codes(demo, demo.visits, date(2025, 8, 31)).values()) == {Code.NOT_ATTEMPTED}


def test_eight_weeks_of_four_officers(demo: Demo) -> None:
    days = {visit.on for visit in demo.visits}
    assert (min(days), max(days) < AS_OF) == (date(2025, 9, 1), True)
    assert all(day.weekday() < 5 for day in days)
    assert len({day.isocalendar().week for day in days}) == 8
    assert {visit.officer for visit in demo.visits} == set(OFFICERS) == {"sari", "budi", "tono", "wati"}
    assert max(Counter((visit.officer, visit.on) for visit in demo.visits).values()) <= 18
    assert len({visit.at.hour for visit in demo.visits}) >= 9


def test_attempts_count_up_on_different_days(demo: Demo) -> None:
    seen: dict[str, list[SheetVisit]] = {}
    for visit in [*demo.visits, *demo.monitoring]:
        if visit.nik_koperasi:
            seen.setdefault(visit.nik_koperasi, []).append(visit)
    for visits in seen.values():
        assert [visit.attempt for visit in visits] == list(range(1, len(visits) + 1))
        assert len({visit.on for visit in visits}) == len(visits)
        assert len({visit.officer for visit in visits}) == 1


def test_names_fit_the_register(demo: Demo) -> None:
    names = {row[NIK]: row[NAME] for row in demo.rows}
    assert all(name_fits(visit.name, names[visit.nik_koperasi]) for visit in demo.visits if visit.nik_koperasi)


def test_four_are_outside_the_list_and_two_carry_a_hold(demo: Demo) -> None:
    outside = [visit for visit in demo.visits if not visit.nik_koperasi]
    assert len(outside) == 4
    assert all(visit.address and visit.kelurahan for visit in outside)
    assert not {visit.name for visit in outside} & {row[NAME] for row in demo.rows}
    assert len(demo.holds) == 2
    assert all(not hold.freezes and hold.nik_koperasi in demo.codes and hold.on < AS_OF for hold in demo.holds)


def test_what_came_by_phone_says_the_same_with_pictures(demo: Demo) -> None:
    """Twelve rows' visits as packets: read by the phones' own rule they make the codes that the sheet makes."""
    chosen = by_phone(demo)
    visits = [visit for visit in demo.visits if visit.nik_koperasi in chosen]
    assert Counter(
        officer for _, officer in {(visit.nik_koperasi, visit.officer) for visit in visits}
    ) == dict.fromkeys(OFFICERS, 3)
    facts: dict[str, list[Fact]] = {number: [] for number in chosen}
    shown: list[str] = []
    rng = Random(1)
    for visit in visits:
        said, pictures = told(rng, visit, (-4.5, 118.5))
        packet = {"device": str(uuid.UUID(int=13)), "sequence": 1, "round": 1, "cooperative": str(uuid.UUID(int=12))}
        sent = read_packet(json.dumps({**packet, **said}).encode())
        assert (sent.reasons, [photo.sha256 for photo in sent.photos]) == ((), list(pictures))
        assert all(hashlib.sha256(data).hexdigest() == sha256 for sha256, data in pictures.items())
        shown += pictures
        times = visit_times(
            sent.started_at,
            sent.finished_at,
            received_at=RECORDED_AT,
            offset_seconds=None,
            zone=ZoneInfo("Asia/Makassar"),
        )
        assert (times.on, times.hour) == (visit.on, visit.at)
        known = facts[visit.nik_koperasi]
        for new in visit_facts(sent, times, visit.officer, uuid.UUID(int=12), survivor_shares_number=False):
            evidence = tuple(new.evidence)
            known.append(Fact(len(known), new.kind, new.value, new.voice, new.valid_on, RECORDED_AT, "demo", evidence))
    assert len(shown) == len(set(shown)) >= 20
    for row in demo.rows:
        if row[NIK] in chosen:
            day, month, year = map(int, row[FOUNDED].split("/"))
            case = RowCase(date(year, month, day), facts_known(facts[row[NIK]], AS_OF, RECORDED_AT))
            assert dispose(case, policy(), AS_OF).code == demo.codes[row[NIK]]


def test_kelurahan_look_different(demo: Demo) -> None:
    """Small multiples need contrast: the share found differs widely, and the unvisited gather in few kelurahan."""
    rows = Counter(demo.villages.values())
    found = Counter(demo.villages[nik] for nik, code in demo.codes.items() if code < 300)
    unvisited = Counter(demo.villages[nik] for nik, code in demo.codes.items() if code is Code.NOT_ATTEMPTED)
    shares = sorted(found[village] / count for village, count in rows.items() if count >= 10)
    assert len(rows) == 34
    assert shares[-1] - shares[0] > 0.3
    assert sum(count for _, count in unvisited.most_common(5)) >= 20


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.long
def test_the_sheet_is_the_same_bytes_for_a_seed(tmp_path: Path, demo: Demo, suffix: str) -> None:
    paths = [tmp_path / f"{number}{suffix}" for number in (1, 2)]
    for path in paths:
        assert write_visits(path, (visit.as_row() for visit in make_demo(1).visits)) == len(demo.visits)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_sheet_has_the_products_columns(tmp_path: Path, demo: Demo) -> None:
    write_visits(tmp_path / "v.csv", (visit.as_row() for visit in demo.visits))
    with (tmp_path / "v.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == [column.value for column in COLUMNS]
    assert len(rows) == 1 + len(demo.visits)
