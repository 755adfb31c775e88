"""What the programme's pages count beside the head's: every count fits its whole, and says by which bound it was counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.dashboards.rules.figure import Figure, Stamp, read_figure
from telusur.dashboards.rules.places import cell_of, names_a_person, written
from telusur.dashboards.rules.village import (
    LISTED,
    Bounds,
    Counts,
    Listed,
    Sessions,
    Stocked,
    Where,
    listed_figures,
    mentor_figures,
    own_figures,
    stock_figures,
    training_figures,
)
from telusur.merah_putih.rules.training import Module

ON = date(2026, 11, 2)
STAMP = Stamp(
    "Dinas",
    ON,
    datetime(2026, 11, 2, 9, tzinfo=UTC),
    "program",
    0,
    0,
    ON,
    "kkmp-1",
    "law",
    "policy",
    "Pengertian",
    "kata",
)
DAYS = Bounds(stale=180, fresh=14, keep=21, window=28)
NOBODY = Listed(is_begun=False, waits=False, is_stale=True, members=None)
FULL = Listed(is_begun=True, waits=True, is_stale=False, members=40)


def said(figures: tuple[Figure, ...]) -> dict[str, str]:
    return {figure.measure: figure.value() for figure in figures}


def test_a_list_of_kelurahan() -> None:
    found = listed_figures([NOBODY, FULL, FULL], DAYS, Where(), STAMP)
    assert tuple(figure.measure for figure in found) == LISTED
    assert said(found) == {
        "kkmp_unbegun": "1 dari 3 (33,3 %)",
        "kkmp_waiting": "2 dari 3 (66,7 %)",
        "kkmp_stale": "1 dari 3 (33,3 %)",
        "kkmp_counted": "2 dari 3 (66,7 %)",
        "kkmp_all_members": "80",
    }
    assert "180 hari" in found[2].definition


def test_shelves_training_and_mentors() -> None:
    shelves = [Stocked(True, True, 8, 3), Stocked(True, False, 0, 0), Stocked(False, False, 0, 0)]
    assert said(stock_figures(shelves, 7, DAYS, STAMP)) == {
        "stock_checked": "2 dari 3 (66,7 %)",
        "stock_fresh": "1 dari 3 (33,3 %)",
        "stock_out": "3 dari 8 (37,5 %)",
        "stock_offers": "7",
    }
    told = said(training_figures({Module.BOOKS: ["a", "b"]}, 3, Sessions(2, 30, 12), STAMP))
    assert told == {
        "training_books": "1 dari 3 (33,3 %)",
        "training_sessions": "2",
        "training_certified": "12 dari 30 (40,0 %)",
    }
    assert said(mentor_figures(3, 8, Counts(23, 34), STAMP))["mentor_alone"] == "23 dari 34 (67,6 %)"


def test_what_nobody_looked_at_has_no_figure() -> None:
    found = own_figures(
        Where("99", "Kelurahan X"),
        {
            "own_stock": Counts(0, 0),
            "own_hours": Counts(3, 4),
            "own_supply": Counts(0, 8),
            "own_training": Counts(1, 6),
        },
        DAYS,
        STAMP,
    )
    assert said(found) == {
        "own_hours": "3 dari 4 (75,0 %)",
        "own_supply": "0 dari 8 (0,0 %)",
        "own_training": "1 dari 6 (16,7 %)",
    }
    assert {figure.area_name for figure in found} == {"Kelurahan X"}


@given(st.lists(st.builds(Listed, st.booleans(), st.booleans(), st.booleans(), st.none() | st.integers(0, 10**6))))
def test_no_count_passes_its_whole_and_the_text_gives_it_back(rows: list[Listed]) -> None:
    for figure in listed_figures(rows, DAYS, Where("99.01.01", "Kecamatan X"), STAMP):
        assert figure.denominator is None or 0 <= figure.numerator <= figure.denominator == len(rows)
        assert read_figure(figure.text()) == figure


@pytest.mark.parametrize(
    ("dimension", "value", "cell", "is_closed"),
    [
        ("officer", "sari", "officer:sari", True),
        ("officer", "", "officer:", True),
        ("kind", "officer", "kind:officer", False),
    ],
    ids=["an officer", "without an officer", "a kind of that name"],
)
def test_an_officers_cell_is_the_offices_alone(dimension: str, value: str, cell: str, is_closed: bool) -> None:
    assert written(dimension, value) == cell
    assert cell_of(cell).value == value and cell_of(cell).dimension == dimension
    assert names_a_person(cell) is is_closed
