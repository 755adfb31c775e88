"""A journal that was touched shows where."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.journal.rules import GENESIS, Line, digest, first_break, first_break_among

Chain = list[tuple[Line, str]]


def chain(count: int) -> Chain:
    """A sound chain of `count` deeds."""
    lines: Chain = []
    previous = GENESIS
    for number in range(1, count + 1):
        line = Line(
            number,
            f"2025-10-{number:02}T08:00:00+00:00",
            "sari",
            "visit.recorded",
            f"round:{number}",
            None,
            {"n": number},
        )
        previous = digest(previous, line)
        lines.append((line, previous))
    return lines


def test_a_sound_chain_holds() -> None:
    assert first_break(chain(9)) is None
    assert first_break([]) is None


@settings(max_examples=100)
@given(st.integers(2, 12), st.data())
def test_any_change_is_found_at_its_place(count: int, data: st.DataObject) -> None:
    lines = chain(count)
    place = data.draw(st.integers(0, count - 1))
    line, mark = lines[place]
    field = data.draw(st.sampled_from(["by", "at", "deed", "about", "before", "after"]))
    lines[place] = (line._replace(**{field: {"n": -1} if field in ("before", "after") else "other"}), mark)
    found = first_break(lines)
    assert found is not None
    assert found.number == place + 1


@settings(max_examples=50)
@given(st.integers(3, 12), st.data())
def test_a_missing_or_swapped_line_is_found(count: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, count - 2))
    missing = chain(count)
    del missing[place]
    assert first_break(missing) is not None
    swapped = chain(count)
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    assert first_break(swapped) is not None


def test_a_cut_tail_is_not_found_by_the_chain_alone() -> None:
    """Said plainly: only a copy of the head kept elsewhere shows a tail that was cut (docs/operating.md)."""
    assert first_break(chain(9)[:5]) is None


@settings(max_examples=50)
@given(st.sets(st.integers(1, 12), min_size=1), st.data())
def test_some_lines_are_checked_each_against_the_one_before_it(shown: set[int], data: st.DataObject) -> None:
    lines = chain(12)
    marks = {line.number: mark for line, mark in lines}
    given_lines = [pair for pair in lines if pair[0].number in shown]
    before = {number - 1: marks[number - 1] for number in shown if number > 1}
    assert first_break_among(reversed(given_lines), before) is None
    touched = data.draw(st.integers(1, 12))
    forged = [(line._replace(by="other") if line.number == touched else line, mark) for line, mark in given_lines]
    found = first_break_among(forged, before)
    assert (found.number if found else None) == (touched if touched in shown else None)
    found = first_break_among([(line._replace(by="other"), mark) for line, mark in reversed(given_lines)], before)
    assert found is not None and found.number == min(shown)
    gone = data.draw(st.sampled_from(sorted(shown)))
    if gone > 1:
        found = first_break_among(given_lines, {number: mark for number, mark in before.items() if number != gone - 1})
        assert found is not None and found.number == gone - 1
