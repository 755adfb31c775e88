"""Each integrity check on what it must flag and on what looks like it and is honest. Tables of examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.addresses.rules.location import Point, Precision
from telusur.oversight.rules.trace import CHECK_NAMES, Check, VisitTrace, metres_between
from telusur.rounds.rules.visit import Finding
from tests.rules.oversight.notebook import HOME, checks_of, east, photo, trace

NEXT_DAY = timedelta(days=1)


def test_metres_between_known_points() -> None:
    assert metres_between(Point(0, 0), Point(0, 1)) == pytest.approx(111_195, abs=5)
    assert metres_between(HOME, east(500)) == pytest.approx(500, abs=3)


@pytest.mark.parametrize(
    ("minutes", "metres", "accuracy", "flagged"),
    [
        pytest.param(10, 14_900, 0.5, False, id="just under ninety"),
        pytest.param(10, 15_200, 0.5, True, id="just over ninety"),
        pytest.param(0, 600, 5, True, id="two places at once"),
        pytest.param(0, 450, 5, False, id="too near to tell"),
        pytest.param(1, 2_000, 400, False, id="a receiver that does not know where it is"),
    ],
)
def test_speed(minutes: int, metres: float, accuracy: float, flagged: bool) -> None:
    one = trace(1, point=HOME, accuracy=accuracy)
    two = trace(2, f"09:{minutes:02}", point=east(metres), accuracy=accuracy)
    assert (Check.SPEED in checks_of(one, two).get("v2", set())) is flagged
    assert Check.SPEED not in checks_of(one, replace(two, officer="budi")).get("v2", set())


@pytest.mark.parametrize(
    ("apart", "precision", "stood", "flagged"),
    [
        pytest.param(1_000, Precision.BUILDING, 3, True, id="two addresses, one spot"),
        pytest.param(150, Precision.BUILDING, 3, False, id="neighbours"),
        pytest.param(1_000, Precision.BUILDING, 200, False, id="two spots"),
        pytest.param(600, Precision.STREET, 3, False, id="somewhere in two streets"),
        pytest.param(1_000, Precision.STREET, 3, True, id="streets far apart"),
        pytest.param(9_000, Precision.KELURAHAN, 3, False, id="only the kelurahan is known"),
    ],
)
def test_one_spot(apart: float, precision: Precision, stood: float, flagged: bool) -> None:
    one = trace(1, point=HOME, accuracy=4, address=HOME, precision=precision)
    two = trace(2, "11:00", point=east(stood), accuracy=5, address=east(apart), precision=precision)
    found = checks_of(one, two)
    assert [Check.ONE_SPOT in found.get(key, set()) for key in ("v1", "v2")] == [flagged, flagged]


@pytest.mark.parametrize(
    ("precision", "metres", "flagged"),
    [
        (Precision.BUILDING, 290, False),
        (Precision.BUILDING, 330, True),
        (Precision.STREET, 900, False),
        (Precision.STREET, 1_100, True),
        (Precision.KELURAHAN, 4_900, False),
        (Precision.KELURAHAN, 5_200, True),
        (Precision.NONE, 50_000, False),
    ],
)
def test_far_from_the_address_by_its_precision(precision: Precision, metres: float, flagged: bool) -> None:
    found = checks_of(trace(1, point=east(metres), accuracy=5, address=HOME, precision=precision))
    assert (Check.FAR in found.get("v1", set())) is flagged


@pytest.mark.parametrize(
    ("more", "check"),
    [
        pytest.param({"point": HOME, "accuracy": 4.0, "is_mock": True}, Check.POSITION_MADE, id="mock flag"),
        pytest.param({"point": HOME, "accuracy": 0.0}, Check.POSITION_MADE, id="accuracy of zero"),
        pytest.param({"position_refused": True, "point": None}, Check.NO_POSITION, id="no position given"),
        pytest.param({"offset": 301.0}, Check.CLOCK, id="clock five minutes off"),
        pytest.param({"offset": -86_400.0}, Check.CLOCK, id="clock a day off"),
    ],
)
def test_what_one_visit_says_of_itself(more: dict[str, object], check: Check) -> None:
    assert checks_of(trace(1, **more)) == {"v1": {check}}


@pytest.mark.parametrize(("at", "flagged"), [("05:59", True), ("06:00", False), ("18:59", False), ("19:00", True)])
def test_hours(at: str, flagged: bool) -> None:
    assert (Check.HOURS in checks_of(trace(1, at)).get("v1", set())) is flagged


def test_constant_accuracy_needs_eight_in_a_row() -> None:
    visits = [trace(n, f"{7 + n:02}:00", point=east(2_000 * n), accuracy=5.0) for n in range(8)]
    assert all(Check.POSITION_MADE in checks_of(*visits)[f"v{n}"] for n in range(8))
    assert checks_of(*visits[:7]) == {}
    visits[4] = replace(visits[4], accuracy=5.1)
    assert checks_of(*visits) == {}


@pytest.mark.parametrize(
    ("starts", "more", "flagged"),
    [
        pytest.param("10:00 10:03 10:06 10:09", {}, True, id="four forms in ten minutes"),
        pytest.param("10:00 10:03 10:06", {}, False, id="three are too few to say"),
        pytest.param("10:00 10:03 10:06 10:09", {"cooperative": "c1"}, False, id="four attempts at one door"),
        pytest.param("10:00 10:06 10:12 10:18", {}, False, id="six minutes from start to start"),
        pytest.param("10:00 10:05 10:10 10:15", {}, True, id="five minutes from start to start"),
        pytest.param("09:00 10:00 11:00 12:00", {}, False, id="a day's walk"),
        pytest.param("09:00 10:00 11:00 11:01 11:02", {}, False, id="a pair of neighbours after a long way"),
        pytest.param("09:00 11:00 11:02 11:04 11:06", {}, True, id="most of the day at one table, one visit before"),
        pytest.param("20:30 20:32 20:34 20:36", {}, True, id="typed in the evening from paper: asked, not convicted"),
    ],
)
def test_a_day_entered_in_one_sitting(starts: str, more: dict[str, str], flagged: bool) -> None:
    visits = [trace(n, at, **more) for n, at in enumerate(starts.split())]
    assert {Check.ONE_SITTING in checks_of(*visits).get(each.key, set()) for each in visits} == {flagged}
    apart = [replace(each, officer=f"p{n}") for n, each in enumerate(visits)]
    assert not any(Check.ONE_SITTING in found for found in checks_of(*apart).values()), (
        "each officer has a day of his own"
    )
    days = [
        replace(each, started_at=each.started_at + n * NEXT_DAY) for n, each in enumerate(visits) if each.started_at
    ]
    assert not any(Check.ONE_SITTING in found for found in checks_of(*days).values()), "four days are no sitting"


def test_the_same_photo_is_the_later_visits_flag() -> None:
    one = trace(1, photos=(photo("a"),))
    two = trace(2, "10:00", photos=(photo("a"), photo("b")))
    assert checks_of(two, one) == {"v2": {Check.PHOTO_AGAIN}}
    assert checks_of(one, replace(two, photos=(photo("b"),))) == {}
    assert checks_of(replace(one, photos=(photo("a"), photo("a")))) == {}
    last_year = replace(one, key="v0", on=one.on.replace(year=2024), officer="budi", cooperative="c2")
    assert checks_of(last_year, two) == {"v2": {Check.PHOTO_AGAIN}}


@pytest.mark.parametrize(
    ("bits", "is_place", "same_cooperative", "flagged"),
    [(6, True, False, True), (7, True, False, False), (2, False, False, False), (2, True, True, False)],
)
def test_a_photo_almost_alike(bits: int, is_place: bool, same_cooperative: bool, flagged: bool) -> None:
    one = trace(1, photos=(photo("a", 0x5A5A_F00D_1234_8888),))
    changed = 0x5A5A_F00D_1234_8888 ^ ((1 << bits) - 1)
    two = trace(2, "10:00", officer="budi", photos=(photo("b", changed, is_place=is_place),))
    if same_cooperative:
        two = replace(two, cooperative="c1")
    assert (checks_of(one, two) == {"v2": {Check.PHOTO_ALIKE}}) is flagged


@pytest.mark.parametrize(
    ("minutes", "metres", "is_place", "flagged"),
    [
        pytest.param(5, 20, True, False, id="at the door, during the visit"),
        pytest.param(5, 560, True, True, id="half a kilometre away"),
        pytest.param(-29, 20, True, False, id="taken on the way"),
        pytest.param(-31, 20, True, True, id="taken before"),
        pytest.param(41, 20, True, True, id="taken after"),
        pytest.param(900, 9_000, False, False, id="a paper, photographed at the office"),
    ],
)
def test_a_photo_from_another_place_or_time(minutes: int, metres: float, is_place: bool, flagged: bool) -> None:
    made = trace(1, point=HOME, accuracy=10)
    assert made.started_at is not None
    taken = photo("a", is_place=is_place)._replace(
        taken_at=made.started_at + timedelta(minutes=minutes), point=east(metres)
    )
    assert (checks_of(replace(made, photos=(taken,))) == {"v1": {Check.PHOTO_ELSEWHERE}}) is flagged


def test_many_photos_are_compared_over_the_blocks() -> None:
    many = [trace(n, photos=(photo(f"f{n}", (n * 0x9E37_79B9_7F4A_7C15) % 2**64),)) for n in range(2_100)]
    copy = trace(9_999, "23:00", photos=(photo("copy", (3 * 0x9E37_79B9_7F4A_7C15) % 2**64 ^ 0b11),))
    late = replace(copy, started_at=None, on=copy.on + NEXT_DAY)
    assert Check.PHOTO_ALIKE in checks_of(*many, late)["v9999"]


_TEXT = "sudah didatangi, tidak ada siapa-siapa"


@pytest.mark.parametrize(
    ("notes", "more", "flagged"),
    [
        pytest.param([_TEXT] * 3, {}, True, id="word for word at three doors"),
        pytest.param([_TEXT] * 2, {}, False, id="twice is no habit"),
        pytest.param(
            [f"  {_TEXT.upper()} ", _TEXT, _TEXT.replace(" ", "  ")], {}, True, id="capitals and spaces apart"
        ),
        pytest.param([_TEXT, _TEXT, f"{_TEXT} lagi"], {}, False, id="a word more is another text"),
        pytest.param(["tidak ada siapa-siapa"] * 3, {}, True, id="twenty-one letters"),
        pytest.param(["tidak ada yang buka"] * 3, {}, False, id="nineteen letters say too little"),
        pytest.param([""] * 9, {}, False, id="nothing written"),
        pytest.param([_TEXT] * 3, {"cooperative": "c1"}, False, id="three attempts at one door"),
    ],
)
def test_a_text_of_ones_own(notes: list[str], more: dict[str, str], flagged: bool) -> None:
    own = [trace(n, f"{9 + n:02}:00", note=note, **more) for n, note in enumerate(notes)]
    assert {Check.SAME_TEXT in checks_of(*own).get(each.key, set()) for each in own} == {flagged}
    phrase = trace(70, officer="budi", note=notes[0])
    assert checks_of(*own, phrase) == {}, "what two officers write alike is the office's phrase"


@pytest.mark.parametrize(
    ("others", "seconds", "finding", "flagged"),
    [
        pytest.param(40, 20.0, Finding.OTHER_OCCUPANT, True, id="a fifth of what others need"),
        pytest.param(40, 101.0, Finding.OTHER_OCCUPANT, True, id="just under the quickest twentieth"),
        pytest.param(40, 102.0, Finding.OTHER_OCCUPANT, False, id="at the quickest twentieth"),
        pytest.param(40, 110.0, Finding.OTHER_OCCUPANT, False, id="among the others"),
        pytest.param(40, 900.0, Finding.OTHER_OCCUPANT, False, id="slow is no fault"),
        pytest.param(20, 20.0, Finding.OTHER_OCCUPANT, True, id="twenty others suffice"),
        pytest.param(19, 20.0, Finding.OTHER_OCCUPANT, False, id="nineteen do not"),
        pytest.param(40, 20.0, Finding.EMPTY_OR_DEMOLISHED, True, id="another way of not being there"),
        pytest.param(40, 20.0, Finding.OPERATING, False, id="forms of another kind are no measure"),
        pytest.param(40, 20.0, Finding.NOBODY_PRESENT, False, id="nor those that claim nothing"),
        pytest.param(40, None, Finding.OTHER_OCCUPANT, False, id="a sheet knows no duration"),
    ],
)
def test_a_form_quicker_than_the_others(others: int, seconds: float | None, finding: Finding, flagged: bool) -> None:
    peers = [trace(n, f"{8 + n % 9:02}:00", officer=f"p{n % 4}", duration=100.0 + n) for n in range(others)]
    found = checks_of(*peers, trace(99, duration=seconds, finding=finding))
    assert (Check.DURATION in found.get("v99", set())) is flagged


def test_nobody_is_measured_against_himself() -> None:
    own = [trace(n, f"{8 + n % 9:02}:00", duration=float(n)) for n in range(60)]
    assert not any(Check.DURATION in found for found in checks_of(*own).values())


_SHEET = st.builds(
    VisitTrace,
    key=st.uuids().map(str),
    cooperative=st.sampled_from(["c1", "c2", "c3"]),
    officer=st.sampled_from(["sari", "budi"]),
    on=st.dates(),
    finding=st.sampled_from(list(Finding)),
)


@given(st.lists(_SHEET, max_size=30, unique_by=lambda each: each.key))
def test_a_sheets_visit_is_not_checked_on_what_it_does_not_hold(traces: list[VisitTrace]) -> None:
    assert checks_of(*traces) == {}


def test_every_check_has_a_name() -> None:
    assert set(CHECK_NAMES) == set(Check)
