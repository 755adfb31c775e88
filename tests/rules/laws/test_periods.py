"""Thirty-three deadlines, twenty-three of them across holidays, each counted by hand; then what holds of every period.

The comments are the hand count: days of the week were read off a printed calendar, holidays off the joint decree's list.
A row ends with the holidays between Monday and Friday that were passed over; weekends are not named.
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
    ("pengumuman tanpa libur", "2025-09-10", 3, MONTHS, MOVES, "2025-12-10", ""),
    # Put up Thu 25 Sep 2025; 3 months: Thu 25 Dec, Natal; Fri 26 cuti bersama; Sat, Sun; Mon 29 Dec.
    ("pengumuman jatuh di Natal", "2025-09-25", 3, MONTHS, MOVES, "2025-12-29", "25/12 26/12"),
    # Received Fri 31 Jan 2025; 2 months: Mon 31 Mar, Idul Fitri; 1 Apr second day; 2-4 cuti; 5-6 weekend; 7 cuti; Tue 8 Apr.
    (
        "keberatan jatuh di Idul Fitri 2025",
        "2025-01-31",
        2,
        MONTHS,
        MOVES,
        "2025-04-08",
        "31/03 01/04 02/04 03/04 04/04 07/04",
    ),
    # Received Fri 28 Feb 2025; 1 month: Fri 28 Mar, cuti Nyepi; Sat 29 Nyepi; Sun; Mon 31 Mar to Mon 7 Apr; Tue 8 Apr.
    (
        "peringatan jatuh di cuti Nyepi",
        "2025-02-28",
        1,
        MONTHS,
        MOVES,
        "2025-04-08",
        "28/03 31/03 01/04 02/04 03/04 04/04 07/04",
    ),
    # Received Tue 20 Jan 2026; 2 months: Fri 20 Mar cuti; Sat-Sun Idul Fitri; Mon-Tue cuti; Wed 25 Mar.
    ("keberatan jatuh di Idul Fitri 2026", "2026-01-20", 2, MONTHS, MOVES, "2026-03-25", "20/03 23/03 24/03"),
    # Received Mon 18 Nov 2024; 3 months: Tue 18 Feb 2025, nothing in the way.
    ("melewati tahun baru", "2024-11-18", 3, MONTHS, MOVES, "2025-02-18", ""),
    # Received Fri 31 Oct 2025; 4 months: February 2026 has no 31st: Sat 28 Feb 2026; the office's own period stays.
    ("putusan di akhir Februari, tidak digeser", "2025-10-31", 4, MONTHS, STAYS, "2026-02-28", ""),
    # The same for the cooperative moves: Sat 28 Feb, Sun 1 Mar, Mon 2 Mar.
    ("akhir Februari digeser ke Senin", "2025-10-31", 4, MONTHS, MOVES, "2026-03-02", ""),
    # Received Thu 30 Nov 2023; 3 months: 29 Feb 2024 in a leap year, a Thursday.
    ("tahun kabisat", "2023-11-30", 3, MONTHS, MOVES, "2024-02-29", ""),
    # Received Wed 29 May 2024; 1 month: Sat 29 Jun; Mon 1 Jul 2024.
    ("jatuh hari Sabtu", "2024-05-29", 1, MONTHS, MOVES, "2024-07-01", ""),
    # Received Thu 17 Jul 2025; 1 month: Sun 17 Aug; Mon 18 Aug cuti; Tue 19 Aug.
    ("jatuh di Hari Kemerdekaan", "2025-07-17", 1, MONTHS, MOVES, "2025-08-19", "18/08"),
    # Answer of the office to an objection of Mon 24 Nov 2025: Wed 24 Dec 2025, a working day in 2025.
    ("jawaban keberatan sebelum Natal", "2025-11-24", 1, MONTHS, STAYS, "2025-12-24", ""),
    # In 2026 the 24th of December is joint leave: the office's own period stays there.
    ("jawaban keberatan di cuti bersama", "2026-11-24", 1, MONTHS, STAYS, "2026-12-24", ""),
    # Summons received Wed 30 Apr 2025, 14 working days. May: 2, 5-9 (6), 14-16 (9; Mon 12, Tue 13 free), 19-23 (14): Fri 23.
    ("panggilan melewati Waisak", "2025-04-30", 14, WORKING, MOVES, "2025-05-23", "01/05 12/05 13/05"),
    # Received Mon 24 Mar 2025, 14: 25, 26, 27 (3), 8-11 Apr (7), 14-17 (11; Fri 18 free), 21-23 (14): Wed 23 Apr.
    (
        "panggilan melewati Idul Fitri",
        "2025-03-24",
        14,
        WORKING,
        MOVES,
        "2025-04-23",
        "28/03 31/03 01/04 02/04 03/04 04/04 07/04 18/04",
    ),
    # Received Fri 19 Dec 2025, 5: 22, 23, 24 (3); 25-26 free; weekend; 29, 30 (5): Tue 30 Dec.
    ("lima hari kerja melewati Natal", "2025-12-19", 5, WORKING, MOVES, "2025-12-30", "25/12 26/12"),
    # Received Mon 29 Dec 2025, 5: 30, 31 (2); Thu 1 Jan free; Fri 2 (3); 5, 6 (5): Tue 6 Jan 2026.
    ("lima hari kerja melewati tahun baru", "2025-12-29", 5, WORKING, MOVES, "2026-01-06", "01/01"),
    # Received Fri 13 Mar 2026, 10: 16, 17 (2); 18 to 24 free; 25-27 (5); 30-2 Apr (9; Fri 3 free); Mon 6 Apr (10).
    (
        "sepuluh hari kerja melewati Nyepi dan Idul Fitri",
        "2026-03-13",
        10,
        WORKING,
        MOVES,
        "2026-04-06",
        "18/03 19/03 20/03 23/03 24/03 03/04",
    ),
    # Received Tue 26 May 2026, 3: 27 free, 28 free, Fri 29 (1), Sat, Sun 31, Mon 1 Jun free, Tue 2 (2), Wed 3 (3).
    ("tiga hari kerja melewati tiga libur", "2026-05-26", 3, WORKING, MOVES, "2026-06-03", "27/05 28/05 01/06"),
    # 90 days from Tue 4 Nov 2025: 26 left of November, 31, 31 make 88; 2 Feb 2026, a Monday.
    ("sembilan puluh hari", "2025-11-04", 90, DAYS, MOVES, "2026-02-02", ""),
    # Two years from Thu 29 Feb 2024: February 2026 has no 29th: Sat 28 Feb; moved to Mon 2 Mar 2026.
    ("dua tahun dari hari kabisat", "2024-02-29", 2, YEARS, MOVES, "2026-03-02", ""),
    # Received Wed 23 Dec 2026, 7: Thu 24 cuti, Fri 25 Natal; 28-31 (4); Fri 1 Jan; Mon 4 (5); Tue 5 Isra Mikraj; 6, 7 (7).
    ("tujuh hari kerja ke tahun 2027", "2026-12-23", 7, WORKING, MOVES, "2027-01-07", "24/12 25/12 01/01 05/01"),
    # Received Fri 24 Jan 2025, 5: Mon 27 Isra Mikraj, Tue 28 cuti, Wed 29 Imlek; 30, 31 (2); 3, 4, 5 Feb (5): Wed.
    ("lima hari kerja melewati Imlek 2025", "2025-01-24", 5, WORKING, MOVES, "2025-02-05", "27/01 28/01 29/01"),
    # Received Tue 29 Apr 2025; 1 month: Thu 29 May Kenaikan; Fri 30 cuti; Sat; Sun 1 Jun; Mon 2 Jun.
    ("jatuh di Kenaikan 2025", "2025-04-29", 1, MONTHS, MOVES, "2025-06-02", "29/05 30/05"),
    # Received Tue 6 May 2025; 1 month: Fri 6 Jun Idul Adha; weekend; Mon 9 cuti; Tue 10.
    ("jatuh di Idul Adha 2025", "2025-05-06", 1, MONTHS, MOVES, "2025-06-10", "06/06 09/06"),
    # Put up Thu 27 Mar 2025; 3 months: Fri 27 Jun, 1 Muharram; weekend; Mon 30.
    ("pengumuman jatuh di 1 Muharram", "2025-03-27", 3, MONTHS, MOVES, "2025-06-30", "27/06"),
    # Put up Thu 5 Jun 2025; 3 months: Fri 5 Sep, Maulid; weekend; Mon 8.
    ("pengumuman jatuh di Maulid", "2025-06-05", 3, MONTHS, MOVES, "2025-09-08", "05/09"),
    # Summons received Mon 12 Jan 2026, 14: 13-15 (3); Fri 16 Isra Mikraj; 19-23 (8); 26-30 (13); Mon 2 Feb (14).
    ("panggilan melewati Isra Mikraj 2026", "2026-01-12", 14, WORKING, MOVES, "2026-02-02", "16/01"),
    # Put up Sun 16 Nov 2025; 3 months: Mon 16 Feb 2026, cuti; Tue 17 Imlek; Wed 18.
    ("pengumuman jatuh di Imlek 2026", "2025-11-16", 3, MONTHS, MOVES, "2026-02-18", "16/02 17/02"),
    # Received Sat 14 Mar 2026; 2 months: Thu 14 May Kenaikan; Fri 15 cuti; weekend; Mon 18.
    ("keberatan jatuh di Kenaikan 2026", "2026-03-14", 2, MONTHS, MOVES, "2026-05-18", "14/05 15/05"),
    # Put up Mon 16 Mar 2026; 3 months: Tue 16 Jun, 1 Muharram; Wed 17.
    ("pengumuman jatuh di 1 Muharram 2026", "2026-03-16", 3, MONTHS, MOVES, "2026-06-17", "16/06"),
    # 2027 by a list that nobody has held against its decree: the working says so (below).
    # Put up Wed 10 Feb 2027; 1 month: Wed 10 Mar Idul Fitri; Thu 11 second day; Fri 12 cuti; weekend; Mon 15 cuti; Tue 16.
    ("peringatan jatuh di Idul Fitri 2027", "2027-02-10", 1, MONTHS, MOVES, "2027-03-16", "10/03 11/03 12/03 15/03"),
    # Received Wed 12 May 2027, 5: 13, 14 (2); Mon 17 to Thu 20 free; Fri 21 (3); Mon 24, Tue 25 (5).
    ("lima hari kerja melewati Mei 2027", "2027-05-12", 5, WORKING, MOVES, "2027-05-25", "17/05 18/05 19/05 20/05"),
]


@pytest.mark.parametrize(
    ("start", "value", "unit", "moves", "due", "jumped"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_deadlines_counted_by_hand(start: str, value: int, unit: Unit, moves: Moves, due: str, jumped: str) -> None:
    found = add_period(date.fromisoformat(start), value, unit, SHIPPED, moves=moves)
    assert found.due_on.isoformat() == due
    assert f"{date.fromisoformat(start):%d/%m/%Y}" in found.working[0].sentence()
    # The holidays on days from Monday to Friday that were passed over, read off the list and not off the rule.
    first = date.fromisoformat(start) + timedelta(days=1) if unit is WORKING else found.counted_on
    free = {day.on for year in shipped_holidays() for day in year.days if day.on.weekday() < 5}
    passed = sorted(on for on in free if first <= on < found.due_on)
    assert [f"{on:%d/%m}" for on in passed] == jumped.split()
    # Each of them stands in the working that the letter's clock shows, where the whole way is told.
    if unit is WORKING:
        assert all(f"{on:%d/%m/%Y}" in found.working[1].sentence() for on in passed)


def test_the_table_crosses_holidays_of_three_years_twenty_times_over() -> None:
    crossing = [row for row in TABLE if row[6]]
    assert len(crossing) >= 20
    assert {row[5][:4] for row in crossing} == {"2025", "2026", "2027"}
    # Some pass weekends alone, and one of the office's own stays on the free day on which it falls.
    assert any(row[4] is STAYS for row in TABLE)


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
