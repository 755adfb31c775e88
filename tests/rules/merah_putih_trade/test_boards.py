"""Hours promised and kept, agreements, training by places of a board, and who could mentor whom."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.merah_putih.rules.mentors import MOST_MENTEES, MentorPair, Profile, Topic, suggest, why_not
from telusur.merah_putih.rules.partners import Agreement, AgreementState, PartnerKind, lead_days_for, state_of
from telusur.merah_putih.rules.training import MODULE_SEATS, Attendance, Module, Seat, coverage, lacking_by_module
from telusur.merah_putih.rules.units import (
    SEVEN,
    HoursRefused,
    Look,
    hours_kept,
    is_promised,
    promised_hours,
    read_hours,
)

# 2026-11-02 is a Monday.
WEEK = read_hours("senin-jumat 08.00-16.00; sabtu 08.00-12.00")


def at(day: int, clock: str) -> datetime:
    """A moment of the week that begins on Monday, 2 November 2026."""
    return datetime.combine(date(2026, 11, 1 + day), time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("senin-jumat 08.00-16.00; sabtu 08.00-12.00", 44.0),
        ("Senin–Jumat 8.00 – 15.30", 37.5),
        ("minggu 09:00-10:00", 1.0),
        ("", 0.0),
    ],
)
def test_promised_hours_of_a_week(text: str, hours: float) -> None:
    assert promised_hours(read_hours(text)) == hours


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("senin 16.00-08.00", "tidak berjalan maju"),
        ("jumat-senin 08.00-16.00", "terbalik"),
        ("ahad 08.00-16.00", "tidak dikenal"),
        ("senin pagi", "tidak dapat dibaca"),
        ("senin 08.00-16.00; senin-selasa 09.00-10.00", "dua kali"),
        ("senin 25.00-26.00", "tidak dapat dibaca"),
    ],
)
def test_hours_that_cannot_be_read(text: str, says: str) -> None:
    with pytest.raises(HoursRefused, match=says):
        read_hours(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        assert promised_hours(read_hours(text)) >= 0
    except HoursRefused as refused:
        assert str(refused)


@pytest.mark.parametrize(
    ("moment", "promised"),
    [
        (at(1, "08:00"), True),
        (at(1, "16:00"), False),
        (at(6, "11:59"), True),
        (at(6, "13:00"), False),
        (at(7, "09:00"), False),
    ],
    ids=["opening minute", "closing minute", "saturday", "saturday afternoon", "sunday"],
)
def test_whether_it_was_promised(moment: datetime, promised: bool) -> None:
    assert is_promised(WEEK, moment) is promised


def test_a_look_outside_the_promise_counts_on_no_side() -> None:
    looks = [
        Look(at(1, "09:00"), True),
        Look(at(2, "09:00"), False),
        Look(at(7, "09:00"), False),
        Look(at(1, "20:00"), True),
    ]
    found = hours_kept(WEEK, looks)
    assert (found.kept, found.looked, found.share) == (1, 2, 0.5)
    assert found.hours == 44.0
    low, high = found.kept_hours
    assert 0 < low < 22 < high < 44
    assert hours_kept(WEEK, []).share is None


def test_seven_units_of_the_programme() -> None:
    assert len(SEVEN) == 7


DAY = date(2026, 11, 27)
LAW = law_on(shipped_articles(), DAY)


def agreed(number: str = "7/PKS/2026", signed: date | None = date(2026, 1, 5), ends: date | None = None,
           lead: int | None = 3, *, active: bool = True) -> Agreement:  # fmt: skip
    return Agreement(
        "99.71.01.1001", "Gudang Rekaan", PartnerKind.BUMN, "rice", number, signed, ends, lead, 5.0, active
    )


@pytest.mark.parametrize(
    ("agreement", "state", "lead"),
    [
        (agreed(), AgreementState.HOLDS, 3),
        (agreed(ends=date(2027, 11, 27)), AgreementState.HOLDS, 3),
        (agreed(ends=date(2026, 12, 20)), AgreementState.ENDS_SOON, 3),
        (agreed(ends=DAY), AgreementState.ENDS_SOON, 3),
        (agreed(ends=date(2026, 11, 26)), AgreementState.ENDED, None),
        (agreed(number="", signed=None), AgreementState.UNWRITTEN, None),
        (agreed(signed=date(2026, 12, 1)), AgreementState.NOT_YET, None),
        (agreed(active=False), AgreementState.GIVEN_UP, None),
        (agreed(lead=None), AgreementState.HOLDS, None),
    ],
    ids=["open end", "long", "soon", "last day", "over", "only a word", "next week", "given up", "no lead time"],
)
def test_agreements(agreement: Agreement, state: AgreementState, lead: int | None) -> None:
    found, why = state_of(agreement, DAY, LAW)
    assert found is state
    assert "{" not in why.sentence()
    assert lead_days_for("rice", [agreement], DAY, LAW) == lead


def test_the_shortest_lead_time_that_holds() -> None:
    rows = [agreed(lead=5), agreed(lead=2), agreed(lead=1, ends=date(2026, 2, 1))]
    assert lead_days_for("rice", rows, DAY, LAW) == 2
    assert lead_days_for("sugar", rows, DAY, LAW) is None


CODE = "99.71.01.1001"


def had(seat: Seat, module: Module, on: date = date(2026, 9, 1), *, certified: bool = True) -> Attendance:
    return Attendance(CODE, seat, module, on, certified)


@pytest.mark.parametrize(
    ("attended", "changes", "lacking", "lapsed"),
    [
        ([], {}, (Seat.CHAIR, Seat.SECRETARY), ()),
        ([had(Seat.CHAIR, Module.GOVERNANCE)], {}, (Seat.SECRETARY,), ()),
        ([had(Seat.CHAIR, Module.GOVERNANCE), had(Seat.SECRETARY, Module.GOVERNANCE)], {}, (), ()),
        ([had(Seat.MANAGER, Module.GOVERNANCE)], {}, (Seat.CHAIR, Seat.SECRETARY), ()),
        (
            [had(Seat.CHAIR, Module.GOVERNANCE), had(Seat.SECRETARY, Module.GOVERNANCE)],
            {Seat.CHAIR: date(2026, 10, 1)},
            (Seat.CHAIR,),
            (Seat.CHAIR,),
        ),
        ([had(Seat.CHAIR, Module.GOVERNANCE)], {Seat.CHAIR: date(2026, 8, 1)}, (Seat.SECRETARY,), ()),
        ([had(Seat.CHAIR, Module.GOVERNANCE)], {Seat.CHAIR: date(2026, 12, 24)}, (Seat.SECRETARY,), ()),
    ],
    ids=["nothing", "half", "whole", "another place", "went away with the chair", "changed before", "changes later"],
)
def test_training(
    attended: list[Attendance], changes: dict[Seat, date], lacking: tuple[Seat, ...], lapsed: tuple[Seat, ...]
) -> None:
    rows = {row.module: row for row in coverage(CODE, attended, changes, DAY)}
    found = rows[Module.GOVERNANCE]
    assert (found.lacking, found.lapsed) == (lacking, lapsed)
    assert found.is_whole is (not lacking)
    assert set(rows) == set(Module)


def test_who_to_invite_next() -> None:
    whole = coverage(CODE, [had(seat, Module.MEETING) for seat in MODULE_SEATS[Module.MEETING]], {}, DAY)
    none = coverage("99.71.01.1002", [had(Seat.CHAIR, Module.MEETING)], {}, DAY)
    lacking = lacking_by_module([*whole, *none])
    assert lacking[Module.MEETING] == ("99.71.01.1002",)
    assert lacking[Module.BOOKS] == (CODE, "99.71.01.1002")


def profile(code: str, stage: int = 1, kecamatan: str = "K1", **strengths: float) -> Profile:
    return Profile(code, kecamatan, stage, {Topic(name): value for name, value in strengths.items()})


GOOD = profile("A", staples=0.9, hours=0.9)


@pytest.mark.parametrize(
    ("others", "pairs"),
    [
        ([profile("B", staples=0.2)], [("A", "B", (Topic.STAPLES,))]),
        ([profile("B")], []),
        ([profile("B", staples=0.5)], []),
        ([profile("B", stage=2, staples=0.2)], []),
        ([profile("B", staples=0.3, hours=0.1)], [("A", "B", (Topic.HOURS, Topic.STAPLES))]),
        (
            [profile("B", staples=0.2), profile("C", staples=0.1), profile("D", staples=0.3)],
            [("A", "C", (Topic.STAPLES,)), ("A", "B", (Topic.STAPLES,))],
        ),
        (
            [profile("B", staples=0.2, kecamatan="K2"), profile("C", kecamatan="K2", staples=0.9)],
            [("C", "B", (Topic.STAPLES,))],
        ),
    ],
    ids=[
        "strong and weak",
        "unknown is not weak",
        "middling is not weak",
        "never behind",
        "two topics",
        "at most two",
        "near first",
    ],
)
def test_suggestions(others: list[Profile], pairs: list[tuple[str, str, tuple[Topic, ...]]]) -> None:
    found = suggest([GOOD, *others])
    assert [(each.mentor, each.mentee, each.topics) for each in found] == pairs


@pytest.mark.parametrize(
    ("pair", "standing", "why"),
    [
        (("A", "A"), [], "mentor_is_mentee"),
        (("A", "B"), [("C", "B")], "mentee_has_mentor"),
        (("A", "B"), [("A", "C"), ("A", "D")], "mentor_is_full"),
        (("A", "B"), [("B", "A")], "mentors_in_a_circle"),
        (("A", "B"), [("A", "C"), ("B", "D")], ""),
    ],
)
def test_pairs_that_cannot_be(pair: tuple[str, str], standing: list[tuple[str, str]], why: str) -> None:
    assert why_not(*pair, [MentorPair(*each) for each in standing]) == why


SOME = st.builds(
    Profile,
    st.sampled_from("ABCDEFGH"),
    st.sampled_from(["K1", "K2"]),
    st.integers(0, 3),
    st.dictionaries(st.sampled_from(list(Topic)), st.floats(0, 1)),
)


@given(st.lists(SOME, max_size=8, unique_by=lambda each: each.kelurahan_code))
def test_no_board_is_overburdened_and_order_does_not_matter(boards: list[Profile]) -> None:
    found = suggest(boards)
    stages = {each.kelurahan_code: each.stage for each in boards}
    assert len({each.mentee for each in found}) == len(found)
    for each in found:
        assert sum(other.mentor == each.mentor for other in found) <= MOST_MENTEES
        assert stages[each.mentor] >= stages[each.mentee] and each.mentor != each.mentee and each.topics
    assert suggest(boards[::-1]) == found
