"""Twenty deadlines that cross holidays, each counted by hand; then what holds of every period.

The comments are the hand count: days of the week were read off a printed calendar, holidays off the joint decree's list.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.laws.holidays import shipped_holidays
from telusur.laws.rules.law import Unit
from telusur.laws.rules.periods import Calendar, HolidayKind, Moves, add_period, calendar_of

SHIPPED = calendar_of(shipped_holidays(), {})
DAYS, WORKING, MONTHS, YEARS = Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS
MOVES, STAYS = Moves.NEXT, Moves.NOT

TABLE = [
    # Put up Wed 10 Sep 2025; 3 months: Wed 10 Dec 2025, a working day.
    ("pengumuman tanpa libur", "2025-09-10", 3, MONTHS, MOVES, "2025-12-10"),
    # Put up Thu 25 Sep 2025; 3 months: Thu 25 Dec, Natal; Fri 26 cuti bersama; Sat, Sun; Mon 29 Dec.
    ("pengumuman jatuh di Natal", "2025-09-25", 3, MONTHS, MOVES, "2025-12-29"),
    # Received Fri 31 Jan 2025; 2 months: Mon 31 Mar, Idul Fitri; 1 Apr second day; 2-4 cuti; 5-6 weekend; 7 cuti; Tue 8 Apr.
    ("keberatan jatuh di Idul Fitri 2025", "2025-01-31", 2, MONTHS, MOVES, "2025-04-08"),
    # Received Fri 28 Feb 2025; 1 month: Fri 28 Mar, cuti Nyepi; Sat 29 Nyepi; Sun; Mon 31 Mar to Mon 7 Apr; Tue 8 Apr.
    ("peringatan jatuh di cuti Nyepi", "2025-02-28", 1, MONTHS, MOVES, "2025-04-08"),
    # Received Tue 20 Jan 2026; 2 months: Fri 20 Mar cuti; Sat-Sun Idul Fitri; Mon-Tue cuti; Wed 25 Mar.
    ("keberatan jatuh di Idul Fitri 2026", "2026-01-20", 2, MONTHS, MOVES, "2026-03-25"),
    # Received Mon 18 Nov 2024; 3 months: Tue 18 Feb 2025, nothing in the way.
    ("melewati tahun baru", "2024-11-18", 3, MONTHS, MOVES, "2025-02-18"),
    # Received Fri 31 Oct 2025; 4 months: February 2026 has no 31st: Sat 28 Feb 2026; the office's own period stays.
    ("putusan di akhir Februari, tidak digeser", "2025-10-31", 4, MONTHS, STAYS, "2026-02-28"),
    # The same for the cooperative moves: Sat 28 Feb, Sun 1 Mar, Mon 2 Mar.
    ("akhir Februari digeser ke Senin", "2025-10-31", 4, MONTHS, MOVES, "2026-03-02"),
    # Received Thu 30 Nov 2023; 3 months: 29 Feb 2024 in a leap year, a Thursday.
    ("tahun kabisat", "2023-11-30", 3, MONTHS, MOVES, "2024-02-29"),
    # Received Wed 29 May 2024; 1 month: Sat 29 Jun; Mon 1 Jul 2024.
    ("jatuh hari Sabtu", "2024-05-29", 1, MONTHS, MOVES, "2024-07-01"),
    # Received Thu 17 Jul 2025; 1 month: Sun 17 Aug; Mon 18 Aug cuti; Tue 19 Aug.
    ("jatuh di Hari Kemerdekaan", "2025-07-17", 1, MONTHS, MOVES, "2025-08-19"),
    # Answer of the office to an objection of Mon 24 Nov 2025: Wed 24 Dec 2025, a working day in 2025.
    ("jawaban keberatan sebelum Natal", "2025-11-24", 1, MONTHS, STAYS, "2025-12-24"),
    # In 2026 the 24th of December is joint leave: the office's own period stays there.
    ("jawaban keberatan di cuti bersama", "2026-11-24", 1, MONTHS, STAYS, "2026-12-24"),
    # Summons received Wed 30 Apr 2025, 14 working days. May: 2, 5-9 (6), 14-16 (9; Mon 12, Tue 13 free), 19-23 (14): Fri 23.
    ("panggilan melewati Waisak", "2025-04-30", 14, WORKING, MOVES, "2025-05-23"),
    # Received Mon 24 Mar 2025, 14: 25, 26, 27 (3), 8-11 Apr (7), 14-17 (11; Fri 18 free), 21-23 (14): Wed 23 Apr.
    ("panggilan melewati Idul Fitri", "2025-03-24", 14, WORKING, MOVES, "2025-04-23"),
    # Received Fri 19 Dec 2025, 5: 22, 23, 24 (3); 25-26 free; weekend; 29, 30 (5): Tue 30 Dec.
    ("lima hari kerja melewati Natal", "2025-12-19", 5, WORKING, MOVES, "2025-12-30"),
    # Received Mon 29 Dec 2025, 5: 30, 31 (2); Thu 1 Jan free; Fri 2 (3); 5, 6 (5): Tue 6 Jan 2026.
    ("lima hari kerja melewati tahun baru", "2025-12-29", 5, WORKING, MOVES, "2026-01-06"),
    # Received Fri 13 Mar 2026, 10: 16, 17 (2); 18 to 24 free; 25-27 (5); 30-2 Apr (9; Fri 3 free); Mon 6 Apr (10).
    ("sepuluh hari kerja melewati Nyepi dan Idul Fitri", "2026-03-13", 10, WORKING, MOVES, "2026-04-06"),
    # Received Tue 26 May 2026, 3: 27 free, 28 free, Fri 29 (1), Sat, Sun 31, Mon 1 Jun free, Tue 2 (2), Wed 3 (3).
    ("tiga hari kerja melewati tiga libur", "2026-05-26", 3, WORKING, MOVES, "2026-06-03"),
    # 90 days from Tue 4 Nov 2025: 26 left of November, 31, 31 make 88; 2 Feb 2026, a Monday.
    ("sembilan puluh hari", "2025-11-04", 90, DAYS, MOVES, "2026-02-02"),
    # Two years from Thu 29 Feb 2024: February 2026 has no 29th: Sat 28 Feb; moved to Mon 2 Mar 2026.
    ("dua tahun dari hari kabisat", "2024-02-29", 2, YEARS, MOVES, "2026-03-02"),
]


@pytest.mark.parametrize(
    ("start", "value", "unit", "moves", "due"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_deadlines_counted_by_hand(start: str, value: int, unit: Unit, moves: Moves, due: str) -> None:
    found = add_period(date.fromisoformat(start), value, unit, SHIPPED, moves=moves)
    assert found.due_on.isoformat() == due
    assert f"{date.fromisoformat(start):%d/%m/%Y}" in found.working[0].sentence()


def test_the_working_is_written_out() -> None:
    found = add_period(date(2025, 9, 25), 3, MONTHS, SHIPPED, moves=MOVES)
    assert [reason.sentence() for reason in found.working] == [
        "dihitung sejak 25/09/2025 (Kamis); hari itu sendiri tidak dihitung",
        "3 bulan kemudian jatuh pada 25/12/2025",
        "25/12/2025 hari libur (Hari Raya Natal); digeser ke hari kerja berikutnya 29/12/2025 (Senin)",
    ]
    summons = add_period(date(2025, 12, 19), 5, WORKING, SHIPPED)
    assert summons.working[1].sentence() == (
        "5 hari kerja kemudian jatuh pada 30/12/2025; 4 hari Sabtu dan Minggu dilewati, "
        "dan hari libur 25/12/2025 Hari Raya Natal; 26/12/2025 Cuti Bersama Hari Raya Natal"
    )


def test_the_offices_own_period_says_by_when_to_act() -> None:
    found = add_period(date(2026, 11, 24), 1, MONTHS, SHIPPED)
    assert "kerjakan paling lambat 23/12/2026" in found.working[-1].sentence()


def test_a_pause_is_added_before_the_last_day_is_moved() -> None:
    found = add_period(date(2025, 9, 10), 3, MONTHS, SHIPPED, moves=MOVES, paused_days=15)
    # 10 Dec + 15 days: Natal; moved as above.
    assert found.due_on == date(2025, 12, 29)
    assert any(reason.code == "period_paused" for reason in found.working)


@pytest.mark.parametrize(
    ("start", "code"),
    [(date(2031, 1, 5), "period_calendar_missing"), (date(2027, 1, 5), "period_calendar_unverified")],
    ids=["unknown year", "year whose decree nobody has read"],
)
def test_what_is_not_known_of_a_year_is_said(start: date, code: str) -> None:
    assert code in {reason.code for reason in add_period(start, 10, WORKING, SHIPPED).working}


def test_an_office_holiday_counts_and_a_national_one_keeps_its_name() -> None:
    own = {date(2025, 12, 10): "Hari jadi kota", date(2025, 12, 25): "libur kantor"}
    mine = calendar_of(shipped_holidays(), own)
    assert add_period(date(2025, 9, 10), 3, MONTHS, mine, moves=MOVES).due_on == date(2025, 12, 11)
    assert mine.days[date(2025, 12, 25)].kind is HolidayKind.NATIONAL


@pytest.mark.parametrize(
    ("value", "unit"), [(-1, DAYS), (5000, DAYS), (3, Unit.COUNT)], ids=["below zero", "endless", "no length"]
)
def test_what_is_no_period_is_refused(value: int, unit: Unit) -> None:
    with pytest.raises(ValueError):
        add_period(date(2025, 1, 1), value, unit, SHIPPED)


STARTS = st.dates(date(2024, 1, 1), date(2027, 6, 30))
UNITS = st.sampled_from([DAYS, WORKING, MONTHS])


@given(STARTS, st.integers(0, 60), UNITS)
def test_a_moved_last_day_is_a_working_day_and_never_earlier(start: date, value: int, unit: Unit) -> None:
    stays, moved = (add_period(start, value, unit, SHIPPED, moves=moves) for moves in (STAYS, MOVES))
    assert SHIPPED.is_working(moved.due_on)
    assert moved.due_on >= stays.due_on == moved.counted_on >= start
    between = [stays.due_on + timedelta(days=step) for step in range((moved.due_on - stays.due_on).days)]
    assert not any(map(SHIPPED.is_working, between))


@given(STARTS, st.integers(0, 40), UNITS)
def test_a_longer_period_or_one_more_holiday_never_ends_earlier(start: date, value: int, unit: Unit) -> None:
    due = add_period(start, value, unit, SHIPPED, moves=MOVES).due_on
    assert add_period(start, value + 1, unit, SHIPPED, moves=MOVES).due_on >= due
    more = calendar_of(shipped_holidays(), {due: "libur baru"})
    assert add_period(start, value, unit, more, moves=MOVES).due_on >= due


@given(STARTS, st.integers(0, 40))
def test_working_days_between_are_as_many_as_asked(start: date, value: int) -> None:
    due = add_period(start, value, WORKING, SHIPPED).due_on
    passed = [start + timedelta(days=step) for step in range(1, (due - start).days + 1)]
    assert sum(map(SHIPPED.is_working, passed)) == value


def test_without_a_calendar_only_weekends_are_free() -> None:
    bare = Calendar()
    assert add_period(date(2025, 12, 19), 5, WORKING, bare).due_on == date(2025, 12, 26)
    assert bare.last_working(date(2025, 12, 28)) == date(2025, 12, 26)
