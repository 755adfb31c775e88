"""Working days, hours of a visit, versions compared, worth of a visit: tables and properties."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.planning.rules import assumed
from telusur.planning.rules.assumed import BEST_DETECT, Chance, Weights, _decision, random_number, travel, worth
from telusur.planning.rules.calibration import LEAST_LEGS, Leg, learn_pace
from telusur.planning.rules.replan import Slot, changes_between
from telusur.planning.rules.timetable import clock, numbers, visit_window
from telusur.planning.rules.workdays import Hours, team_days, workdays

HOURS = Hours()
MONDAY = date(2026, 3, 2)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 40), st.sets(st.integers(0, 60), max_size=10))
def test_working_days_are_no_weekend_no_holiday_and_in_order(start: date, count: int, off: set[int]) -> None:
    holidays = {start + timedelta(days=number) for number in off}
    days = workdays(start, count, holidays)
    assert len(days) == count and sorted(set(days)) == list(days) and days[0] >= start
    assert all(day.weekday() < 5 and day not in holidays for day in days)


def test_a_year_of_holidays_is_said() -> None:
    with pytest.raises(ValueError, match="hari libur"):
        workdays(MONDAY, 1, {MONDAY + timedelta(days=number) for number in range(400)})


@pytest.mark.parametrize(
    ("half", "tried", "opens", "closes", "words"),
    [
        ("", set(), None, None, ""),
        ("morning", set(), 8, 12, "hanya pagi"),
        ("afternoon", set(), 12, 15.5, "hanya siang"),
        ("", {"morning"}, 11, 14.75, "bagian hari lain"),
        ("", {"midday"}, 8, 11, "bagian hari lain"),
        ("", {"morning", "midday"}, None, None, ""),
        ("afternoon", {"morning"}, 12, 14.75, "hanya siang"),
        ("morning", {"morning"}, 11, 12, "hanya pagi"),
    ],
)
def test_when_a_visit_may_begin(half: str, tried: set[str], opens: float | None, closes: float, words: str) -> None:
    window = visit_window(half, tried, HOURS)
    if opens is None:
        assert window == ((), "")
        return
    (span,) = window.windows
    assert abs(span.opens - opens * 3600) <= 1 and abs(span.closes - closes * 3600) <= 1
    assert words in window.words


@given(st.sampled_from(["", "morning", "afternoon"]), st.sets(st.sampled_from(["morning", "midday", "afternoon"])))
def test_a_window_is_never_empty(half: str, tried: set[str]) -> None:
    for span in visit_window(half, tried, HOURS).windows:
        assert HOURS.starts <= span.opens < span.closes <= HOURS.ends


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    st.sets(st.sampled_from("abcdefgh")),
)
def test_every_stop_of_either_version_is_in_one_list(old: list[str], new: list[str], done: set[str]) -> None:
    ident = {letter: uuid.uuid5(uuid.NAMESPACE_OID, letter) for letter in "abcdefgh"}
    before = {ident[each]: Slot("a", MONDAY + timedelta(days=at)) for at, each in enumerate(old)}
    after = {ident[each]: Slot("a", MONDAY + timedelta(days=2 + at)) for at, each in enumerate(new)}
    slots = {Slot("a", MONDAY + timedelta(days=2 + at)) for at in range(9)}
    made = changes_between(
        before,
        after,
        {ident[each] for each in done},
        slots,
        set(ident.values()),
    )
    lists = [*made.done, *made.missed, *made.added, *made.settled, *made.dropped, *made.displaced, *made.moved]
    assert len(lists) == len(set(lists))
    assert len(lists) + made.kept_count == len(set(before) | set(after))


@pytest.mark.parametrize(("misses", "left"), [(1, 0.167), (2, 0.057), (3, 0.018)])
def test_what_misses_leave_of_the_chance_of_life(misses: int, left: float) -> None:
    assert Chance(0.4, 0.7).after(misses).alive == pytest.approx(left, abs=0.0006)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_chance_parts_into_life_and_detection(located: float, more: float) -> None:
    at_best = located + (1 - located) * more
    chance = Chance.of(located, at_best)
    assert 0 <= chance.alive <= 1 and 0 <= chance.detect <= 1
    assert chance.alive * chance.detect == pytest.approx(located)
    assert chance.alive >= min(1, at_best / BEST_DETECT) - 1e-9
    assert chance.after(1).alive <= chance.alive + 1e-12


@pytest.mark.parametrize(
    ("alive", "detect", "visits", "worth_it"),
    [
        # methods.md §2: one step is worth nothing from alive 0.2 on, with detection to 0.75; three visits are.
        (0.2, 0.75, 1, False),
        (0.2, 0.75, 3, True),
        (0.4, 0.7, 1, False),
        (0.4, 0.7, 3, True),
        # An address that nobody can find settles nothing, however often one goes.
        (0.4, 0.1, 3, False),
    ],
)
def test_a_series_of_visits_is_worth_more_to_a_decision_than_one_that_changes_none(
    monkeypatch: pytest.MonkeyPatch, alive: float, detect: float, visits: int, worth_it: bool
) -> None:
    monkeypatch.setattr(assumed, "_MOST_VISITS", visits)
    assert (_decision(Chance(alive, detect)) > 1e-9) is worth_it


def test_a_row_that_is_nearly_given_up_is_worth_less_to_the_decision() -> None:
    row = Chance(0.4, 0.7)
    assert _decision(row.after(3)) < _decision(row.after(1))


def test_weights_count_only_their_own_part() -> None:
    row = Chance(1.0, 0.7)
    one = worth(row, 0, 50, 3, Weights(1, 0, 0))
    assert one.total == one.reach == pytest.approx(0.7)
    assert worth(row, 0, 50, 3, Weights(0, 1, 0)).total == worth(row, 0, 50, 3, Weights(0, 1, 0)).variance
    assert worth(row, 0, 50, 40, Weights()).variance < worth(row, 0, 50, 2, Weights()).variance
    # Two rows of one chance to be located: the one whose address is good settles more with each miss.
    clear, foggy = Chance(0.3, 0.9), Chance(0.9, 0.3)
    assert worth(clear, 0, 50, 3, Weights(0, 0, 1)).total > worth(foggy, 0, 50, 3, Weights(0, 0, 1)).total


@given(st.text(max_size=20), st.uuids())
def test_random_numbers_are_permanent_and_in_range(seed: str, ident: uuid.UUID) -> None:
    assert 0 <= random_number(seed, str(ident)) < 1
    assert random_number(seed, str(ident)) == random_number(seed, str(ident))


def test_random_numbers_are_the_published_ones() -> None:
    # Anybody may repeat this with sha256sum: the first 8 bytes of sha256("benih|a") over 2^64.
    assert random_number("benih", "a") != random_number("benih", "b") != random_number("benih2", "b")


def test_travel_is_the_straight_line_times_the_detour() -> None:
    seconds, metres = travel([(0.0, 0.0), (0.0, 0.01)], 36.0, 1.4)
    assert metres[0, 1] == pytest.approx(1112 * 1.4, abs=2) and seconds[0, 1] == pytest.approx(metres[0, 1] / 10, abs=1)
    assert seconds[0, 0] == 0 and (seconds == seconds.T).all()


_HERE = (-1.0, 116.0)


def leg(metres: float, seconds: float) -> Leg:
    """So many straight metres to the north."""
    return Leg(_HERE, (_HERE[0] + metres / 111_195, _HERE[1]), seconds)


def test_the_pace_is_learned_from_enough_real_legs_only() -> None:
    slow = [leg(1000, 600)] * LEAST_LEGS
    learned = learn_pace(slow)
    assert learned.is_learned and learned.speed_kmh == pytest.approx(1400 / 600 * 3.6)
    few = learn_pace([*slow[1:], *[leg(10, 600)] * 50, *[leg(1000, 90_000)] * 50])
    assert not few.is_learned and few.speed_kmh == 22.0 and few.leg_count == LEAST_LEGS - 1


def test_one_wild_leg_moves_nothing_and_the_pace_stays_human() -> None:
    legs = [leg(1000, 600)] * LEAST_LEGS
    assert learn_pace([*legs, leg(50_000, 1)]).speed_kmh == learn_pace(legs).speed_kmh
    assert learn_pace([leg(50_000, 10)] * 40).speed_kmh == 60.0
    assert learn_pace([]).leg_count == 0


def test_friday_has_a_longer_break_and_a_shift_is_within_a_day() -> None:
    days = team_days(["a"], [MONDAY, MONDAY + timedelta(days=4)], HOURS)
    assert [day.lunch_duration for day in days] == [3600, 5400]
    assert days[1].lunch is not None and clock(days[1].lunch.opens) == "11.30"
    assert Hours.from_json(Hours(7 * 3600, 16 * 3600).as_json()) == Hours(7 * 3600, 16 * 3600)
    for starts, ends in ((4, 15), (8, 13), (12, 18), (8, 21)):
        with pytest.raises(ValueError, match="jam kerja"):
            Hours(starts * 3600, ends * 3600)


@pytest.mark.parametrize(("orders", "words"), [([], ""), ([3], "3"), ([3, 4], "3–4"), ([1, 3, 4, 5, 9], "1, 3–5, 9")])
def test_orders_are_said_in_spans(orders: list[int], words: str) -> None:
    assert numbers(orders) == words
