"""A change's way through the office: approval by two, endings, repeats, and the rates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.corrections.rules.again import Course, Earlier, again, ground_mark
from telusur.corrections.rules.approval import STATE_LABELS, ChangeState, Say, Word, objection, state_of
from telusur.corrections.rules.columns import Column, Value
from telusur.corrections.rules.difference import Difference
from telusur.corrections.rules.fate import Fate
from telusur.corrections.rules.held import Ground
from telusur.corrections.rules.rates import Followed, age_days, rate_by_column, rate_by_days
from telusur.register.rules import Voice
from telusur.words.reason import Reason

YES_A, YES_B = Word(Say.APPROVED, "dewi"), Word(Say.APPROVED, "hadi")
STATES = [
    ("just proposed", (), False, False, ChangeState.PROPOSED),
    ("one yes", (YES_A,), False, False, ChangeState.ONCE),
    ("the same person twice", (YES_A, YES_A), False, False, ChangeState.ONCE),
    ("two people", (YES_A, YES_B), False, False, ChangeState.READY),
    ("on a sheet", (YES_A, YES_B), True, False, ChangeState.ON_SHEET),
    ("sent", (YES_A, YES_B), True, True, ChangeState.SENT),
    ("rejected after one yes", (YES_A, Word(Say.REJECTED, "hadi")), False, False, ChangeState.REJECTED),
    ("withdrawn after sending", (YES_A, YES_B, Word(Say.WITHDRAWN, "rani")), True, True, ChangeState.WITHDRAWN),
    ("its sheet was discarded", (YES_A, YES_B, Word(Say.LAPSED, "rani")), True, False, ChangeState.LAPSED),
]


@pytest.mark.parametrize(
    ("words", "on_sheet", "is_sent", "expected"), [case[1:] for case in STATES], ids=[case[0] for case in STATES]
)
def test_states(words: tuple[Word, ...], on_sheet: bool, is_sent: bool, expected: ChangeState) -> None:
    assert state_of(words, on_sheet=on_sheet, is_sent=is_sent) is expected
    assert expected in STATE_LABELS


OBJECTIONS = [
    ("a first yes", ChangeState.PROPOSED, (), Say.APPROVED, "dewi", None),
    ("a second yes by another", ChangeState.ONCE, (YES_A,), Say.APPROVED, "hadi", None),
    ("a second yes by the same", ChangeState.ONCE, (YES_A,), Say.APPROVED, "dewi", "correction_same_person"),
    ("a third yes", ChangeState.READY, (YES_A, YES_B), Say.APPROVED, "rani", "correction_not_waiting"),
    ("a yes to what was rejected", ChangeState.REJECTED, (), Say.APPROVED, "dewi", "correction_not_waiting"),
    ("a no before sending", ChangeState.READY, (YES_A, YES_B), Say.REJECTED, "dewi", None),
    ("a no on a sheet", ChangeState.ON_SHEET, (YES_A, YES_B), Say.REJECTED, "dewi", "correction_on_sheet"),
    ("a no after sending", ChangeState.SENT, (YES_A, YES_B), Say.REJECTED, "dewi", "correction_ended"),
    ("taken back after sending", ChangeState.SENT, (YES_A, YES_B), Say.WITHDRAWN, "rani", None),
    ("taken back twice", ChangeState.WITHDRAWN, (), Say.WITHDRAWN, "rani", "correction_ended"),
    ("a lapsed one rejected", ChangeState.LAPSED, (), Say.REJECTED, "dewi", "correction_ended"),
]


@pytest.mark.parametrize(
    ("state", "words", "say", "by", "code"), [case[1:] for case in OBJECTIONS], ids=[case[0] for case in OBJECTIONS]
)
def test_objections(state: ChangeState, words: tuple[Word, ...], say: Say, by: str, code: str | None) -> None:
    found = objection(7, state, words, say, by)
    assert (found.code if found else None) == code


@given(st.lists(st.tuples(st.sampled_from(list(Say)), st.sampled_from(["dewi", "hadi", "rani"])), max_size=7))
def test_nothing_is_ready_without_two_people(said: list[tuple[Say, str]]) -> None:
    """Whatever is tried in whatever order: what the rule lets pass never makes a change ready by one person."""
    words: list[Word] = []
    for say, by in said:
        state = state_of(words, on_sheet=False, is_sent=False)
        if objection(7, state, words, say, by) is None:
            words.append(Word(say, by))
    people = {word.by for word in words if word.say is Say.APPROVED}
    endings = [word for word in words if word.say is not Say.APPROVED]
    assert len(endings) <= 1
    ready = state_of(words, on_sheet=False, is_sent=False) is ChangeState.READY
    assert ready is (len(people) == 2 and not endings)


GROUND = Ground(Voice.BOARD, date(2026, 5, 1), Reason("why", "sebab"), (7,))
FOUND = Difference(Column.ADDRESS, Value("Lama", "lama"), Value("Baru", "baru"), GROUND)
MARK = ground_mark(FOUND)


def earlier(
    state: ChangeState, fate: Fate | None = None, *, after: str = "baru", before: str = "lama", mark: str = MARK,
    number: int = 1, repeats: int = 0,
) -> Earlier:  # fmt: skip
    return Earlier(number, before, after, mark, state, fate, repeats)


S = ChangeState
COURSES = [
    ("never proposed", [], Course.NEW, None, ()),
    ("it waits already", [earlier(S.PROPOSED)], Course.SILENT, None, ()),
    ("it was approved and waits for a sheet", [earlier(S.READY)], Course.SILENT, None, ()),
    ("an open one says another value", [earlier(S.ONCE, after="lain")], Course.NEW, None, (1,)),
    ("the registry writes another value by now", [earlier(S.PROPOSED, before="lain")], Course.NEW, None, (1,)),
    ("it lies on a sheet that is not sent", [earlier(S.ON_SHEET)], Course.SILENT, None, ()),
    ("sent, no edition yet", [earlier(S.SENT, Fate.WAITING)], Course.SILENT, None, ()),
    ("sent and ignored", [earlier(S.SENT, Fate.IGNORED)], Course.REPEAT, 1, ()),
    ("sent and reverted", [earlier(S.SENT, Fate.REVERTED)], Course.REPEAT, 1, ()),
    ("sent and landed differently", [earlier(S.SENT, Fate.LANDED_DIFFERENTLY)], Course.REPEAT, 1, ()),
    ("the repeat was ignored too", [earlier(S.SENT, Fate.IGNORED), earlier(S.SENT, Fate.IGNORED, number=2, repeats=1)],
     Course.REPEAT, 2, ()),
    ("the repeat waits", [earlier(S.SENT, Fate.IGNORED), earlier(S.PROPOSED, number=2, repeats=1)], Course.SILENT, None, ()),
    ("we hold another value since", [earlier(S.SENT, Fate.IGNORED, after="lain")], Course.NEW, None, ()),
    ("a person said no", [earlier(S.REJECTED)], Course.SILENT, None, ()),
    ("a person said no, the registry changed meanwhile", [earlier(S.REJECTED, before="lain")], Course.SILENT, None, ()),
    ("a person said no, a fact came since", [earlier(S.REJECTED, mark="why|3|")], Course.NEW, None, ()),
    ("withdrawn after sending", [earlier(S.WITHDRAWN, Fate.IGNORED)], Course.SILENT, None, ()),
    ("it lapsed", [earlier(S.LAPSED)], Course.NEW, None, ()),
    ("a repeat lapsed with its sheet", [earlier(S.SENT, Fate.IGNORED), earlier(S.LAPSED, number=2, repeats=1)],
     Course.REPEAT, 1, ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "course", "repeats", "outdated"), [case[1:] for case in COURSES], ids=[case[0] for case in COURSES]
)
def test_courses(before: list[Earlier], course: Course, repeats: int | None, outdated: tuple[int, ...]) -> None:
    found = again(FOUND, before)
    assert (found.course, found.repeats, found.outdated) == (course, repeats, outdated)
    assert (found.repeats_count > 0) is (course is Course.REPEAT)


@st.composite
def histories(draw: st.DrawFn) -> list[Earlier]:
    rows = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        state = draw(st.sampled_from(list(ChangeState)))
        fate = draw(st.sampled_from(list(Fate))) if state in (S.SENT, S.WITHDRAWN) else None
        rows.append(earlier(state, fate, after=draw(st.sampled_from(["baru", "lain"])), number=number))
    return rows


@given(histories())
def test_a_proposal_is_never_made_beside_one_that_waits_or_is_on_its_way(before: list[Earlier]) -> None:
    found = again(FOUND, before)
    if found.course is Course.SILENT:
        return
    same = [each for each in before if each.after_key == "baru" and each.number not in found.outdated]
    assert not [each for each in same if each.state in (S.PROPOSED, S.ONCE, S.READY, S.ON_SHEET)]
    if found.course is Course.REPEAT:
        (repeated,) = [each for each in before if each.number == found.repeats]
        assert repeated.state is S.SENT and repeated.fate not in (Fate.LANDED, Fate.WAITING)


DAY = date(2026, 1, 1)


def followed(
    fate: Fate, landed: int | None = None, seen: int | None = 200, column: Column = Column.ADDRESS
) -> Followed:
    return Followed(
        column, fate, DAY, 1, DAY + timedelta(seen) if seen is not None else None,
        DAY + timedelta(landed) if landed is not None else None,
    )  # fmt: skip


def test_rates_name_their_base() -> None:
    rows = [
        followed(Fate.LANDED, 40),
        followed(Fate.LANDED, 120),
        followed(Fate.IGNORED),
        followed(Fate.REVERTED, 40),
        followed(Fate.WAITING, seen=None),
        followed(Fate.VANISHED, seen=60, column=Column.ROW),
    ]
    address, row, whole = rate_by_column(rows)
    assert (address.column, address.sent, address.answered, address.share) == (Column.ADDRESS, 5, 4, 0.5)
    assert (row.column, row.sent, row.share) == (Column.ROW, 1, 0.0)
    assert (whole.column, whole.sent, whole.answered) == (None, 6, 5)
    assert [(each.days, each.landed, each.base) for each in rate_by_days(rows)] == [
        (30, 0, 5), (90, 2, 4), (180, 3, 4), (365, 0, 0),
    ]  # fmt: skip


def test_without_a_sending_there_is_no_rate() -> None:
    assert rate_by_column([]) == ()
    assert [each.share for each in rate_by_days([])] == [None] * 4


def test_age_stops_at_the_landing() -> None:
    on = DAY + timedelta(300)
    assert age_days(followed(Fate.LANDED, 40), on) == 40
    assert age_days(followed(Fate.REVERTED, 40), on) == 300
    assert age_days(followed(Fate.WAITING, seen=None), DAY) == 0


@given(st.lists(st.builds(followed, st.sampled_from(list(Fate)), st.none() | st.integers(1, 400), st.integers(1, 400))))
def test_shares_lie_between_nothing_and_all(rows: list[Followed]) -> None:
    lines = rate_by_column(rows)
    assert sum(line.sent for line in lines if line.column) == len(rows)
    for line in lines:
        assert line.share is None or 0 <= line.share <= 1
    bases = rate_by_days(rows)
    for day in bases:
        assert 0 <= day.landed <= day.base <= len(rows)
    assert [day.base for day in bases] == sorted((day.base for day in bases), reverse=True)


def test_what_landed_quickly_does_not_count_before_its_time() -> None:
    """Half landed after forty days, and no list is older than two hundred: a year's share is not 100 % but unknown."""
    rows = [followed(Fate.LANDED, 40)] * 5 + [followed(Fate.IGNORED)] * 5
    assert [(rate.days, rate.share) for rate in rate_by_days(rows)] == [(30, 0.0), (90, 0.5), (180, 0.5), (365, None)]
