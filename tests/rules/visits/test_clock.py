"""A phone's clock may be anything: measured, flagged, corrected, never a reason to refuse, never ahead of the receipt."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.visits.rules.clock import clock_is_off, clock_shown, offset_of, visit_times

ZONE = ZoneInfo("Asia/Makassar")
RECEIVED = datetime(2025, 10, 20, 8, 0, tzinfo=UTC)  # 16:00 at the office
STARTED, FINISHED = RECEIVED - timedelta(minutes=90), RECEIVED - timedelta(minutes=75)


@pytest.mark.parametrize(
    ("off", "flagged"),
    [
        (timedelta(0), False),
        (timedelta(seconds=300), False),
        (timedelta(seconds=301), True),
        (timedelta(seconds=-301), True),
        (timedelta(days=1), True),
        (timedelta(days=-1), True),
        (timedelta(days=365), True),
        (timedelta(days=-365), True),
        (timedelta(days=-55 * 365), True),
    ],
)
def test_a_wrong_clock_is_measured_flagged_and_corrected(off: timedelta, flagged: bool) -> None:
    offset = offset_of(RECEIVED + off, RECEIVED)
    assert offset == off.total_seconds()
    assert clock_is_off(offset) is flagged
    times = visit_times(STARTED + off, FINISHED + off, received_at=RECEIVED, offset_seconds=offset, zone=ZONE)
    assert times.on == date(2025, 10, 20)
    assert not times.is_doubtful
    if flagged:
        assert times.hour == time(14, 30)


@pytest.mark.parametrize("hours", [7, 8, 9], ids=["WIB", "WITA", "WIT"])
def test_another_time_zone_is_no_wrong_clock(hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    assert offset_of(RECEIVED.astimezone(zone), RECEIVED) == 0
    times = visit_times(
        STARTED.astimezone(zone), FINISHED.astimezone(zone), received_at=RECEIVED, offset_seconds=0, zone=ZONE
    )
    assert times.hour == time(14, 30)


def test_a_day_after_the_receipt_is_the_day_of_the_receipt() -> None:
    late = RECEIVED + timedelta(days=3)
    times = visit_times(late, late, received_at=RECEIVED, offset_seconds=None, zone=ZONE)
    assert times == (type(times))(date(2025, 10, 20), None, True)
    assert visit_times(None, None, received_at=RECEIVED, offset_seconds=0, zone=ZONE).is_doubtful
    assert offset_of(None, RECEIVED) is None and not clock_is_off(None)


def test_a_visit_of_yesterday_sent_today_keeps_its_day() -> None:
    before = timedelta(days=1)
    times = visit_times(STARTED - before, FINISHED - before, received_at=RECEIVED, offset_seconds=2, zone=ZONE)
    assert (times.on, times.is_doubtful) == (date(2025, 10, 19), False)


ANY_TIME = st.datetimes(timezones=st.just(UTC))


@given(ANY_TIME, ANY_TIME, ANY_TIME, st.none() | st.integers(-(2**31) + 1, 2**31 - 1))
def test_no_clock_makes_it_fall_and_no_day_is_after_the_receipt(
    started: datetime, finished: datetime, sent: datetime, offset: int | None
) -> None:
    times = visit_times(started, finished, received_at=RECEIVED, offset_seconds=offset, zone=ZONE)
    assert times.on <= RECEIVED.astimezone(ZONE).date()
    assert isinstance(offset_of(sent, RECEIVED), int)


@pytest.mark.parametrize(
    ("made", "shows"),
    [
        pytest.param(None, False, id="no time"),
        pytest.param(timedelta(0), False, id="now"),
        pytest.param(timedelta(days=-9), False, id="it may have lain long"),
        pytest.param(timedelta(days=-30, seconds=-200), False, id="the way of the registration"),
        pytest.param(timedelta(days=1), True, id="made tomorrow"),
        pytest.param(timedelta(days=-30, seconds=-301), True, id="before the phone was known"),
        pytest.param(timedelta(days=-20_000), True, id="1970"),
    ],
)
def test_what_a_file_by_cable_says_of_its_clock(made: timedelta | None, shows: bool) -> None:
    made_at = RECEIVED + made if made is not None else None
    said = clock_shown(made_at, RECEIVED - timedelta(days=30), RECEIVED)
    assert said == (made_at if shows else None)
