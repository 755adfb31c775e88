"""Of a place's figure, no count by code from which one cooperative could be named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.dashboards.rules.discreet import FigureRefused, discreet
from telusur.dashboards.rules.figure import Stamp
from telusur.dashboards.rules.measures import MEASURES, Place, measured
from telusur.dashboards.rules.places import cell_of
from telusur.opendata.rules.suppression import LEAST, MANY
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code

ON = date(2025, 10, 24)
STAMP = Stamp("Dinas", ON, datetime(2025, 10, 24, tzinfo=UTC), "putaran 1", 1, 1, ON, "1", "1", "a", "a", "a")
ONE, OTHER, THIRD = "99.01.01.1001", "99.01.01.1002", "99.01.01.1003"


def tally(**codes: int) -> Tally:
    held = {Code(int(name[1:])): count for name, count in codes.items()}
    return Tally(sum(held.values()), held)


@pytest.mark.parametrize(
    ("measure", "here", "beside", "shown"),
    [
        ("not_located", tally(c310=4, c320=5), tally(c310=6, c320=7), ["310", "320"]),
        ("not_located", tally(c310=1, c320=5), tally(c310=6, c320=7), []),
        ("not_located", tally(c310=5), tally(c310=6, c320=7), []),
        ("located", tally(c110=4, c120=5, c210=1, c220=8), tally(c110=4, c120=5, c210=9, c220=8), ["110", "120"]),
        ("not_located", tally(c310=2, c320=40), tally(c310=6, c320=40), ["310", "320"]),
        ("not_located", tally(c310=4, c320=5), tally(c310=1, c320=7), []),
    ],
    ids=["enough", "one of a code", "all of one code", "only the small group", "two among many", "what the other hides"],
)  # fmt: skip
def test_codes_of_a_place(measure: str, here: Tally, beside: Tally, shown: list[str]) -> None:
    figure = measured(MEASURES[measure], here, Place(ONE, "Kelurahan A"), STAMP)
    told = discreet(figure, {ONE: here, OTHER: beside}, cell_of(ONE))
    assert [code for code, _, _ in told.codes] == shown
    assert (told.numerator, told.denominator) == (figure.numerator, figure.denominator)


def test_a_small_codes_own_figure_is_refused() -> None:
    places = {ONE: tally(c310=1, c320=5), OTHER: tally(c310=6, c320=7), THIRD: tally(c310=8, c320=7)}
    figure = measured(MEASURES["code_310"], places[ONE], Place(ONE, "Kelurahan A"), STAMP)
    with pytest.raises(FigureRefused, match="di Kelurahan A menyangkut") as refused:
        discreet(figure, places, cell_of(ONE))
    assert refused.value.reason.code == "figure_names_one"
    third = measured(MEASURES["code_310"], places[THIRD], Place(THIRD, "Kelurahan C"), STAMP)
    assert discreet(third, places, cell_of(THIRD)) == third


@pytest.mark.parametrize("measure", ["meeting", "active_bounds", "code_110"])
def test_what_counts_a_part_of_a_group_is_refused_where_it_names_somebody(measure: str) -> None:
    few, enough = tally(c110=1, c120=2, c240=1, c210=5), tally(c110=9, c120=8, c240=7, c210=5, c250=4)
    for here, is_told in ((few, False), (enough, True)):
        places = {ONE: here, OTHER: enough, THIRD: enough, "99.01.02.1001": enough, "99.01.02.1002": enough}
        figure = measured(MEASURES[measure], here, Place(ONE, "Kelurahan A"), STAMP)
        if is_told:
            assert discreet(figure, places, cell_of(ONE)).numerator == figure.numerator
        else:
            with pytest.raises(FigureRefused):
                discreet(figure, places, cell_of(ONE))


_SMALL = st.dictionaries(st.sampled_from([Code(310), Code(320), Code(330)]), st.integers(0, 6), max_size=3)


@given(st.lists(_SMALL, min_size=1, max_size=4))
def test_no_shown_code_names_one(held: list[dict[Code, int]]) -> None:
    places = {f"99.01.01.{1001 + at}": Tally(sum(codes.values()), codes) for at, codes in enumerate(held)}
    for area, counted in places.items():
        told = discreet(measured(MEASURES["not_located"], counted, Place(area, area), STAMP), places, cell_of(area))
        for _, _, count in told.codes:
            assert count >= LEAST or told.numerator >= MANY
            assert count < told.numerator
