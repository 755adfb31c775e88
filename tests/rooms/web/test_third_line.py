"""The waterfall of a pair that a third row speaks for: a step of its own, and the same sum as without it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from telusur.matching.models import Proposal, Run
from telusur.web.pages.matching_pair import waterfall_of


def pair(third: float) -> Proposal:
    """A pair whose fields say nothing, before which five bits speak against it and whose probability is a third row's."""
    held = SimpleNamespace(
        prior_bits=-5.0 + third,
        probability=0.4,
        run=SimpleNamespace(kind="within"),
        line_reasons=list,
        third_bits=lambda: third,
    )
    return cast("Proposal", held)


@pytest.mark.parametrize(
    ("third", "shown"),
    [
        pytest.param(2.5, True, id="a third row says much"),
        pytest.param(0.05, True, id="just enough to be written"),
        pytest.param(0.04, False, id="would be written as nothing"),
        pytest.param(0.0, False, id="there is none"),
    ],
)
def test_a_third_row_has_its_own_step(third: float, shown: bool) -> None:
    steps = waterfall_of(pair(third)).steps
    assert ("baris ketiga berbicara untuknya" in [step.words for step in steps]) is shown
    assert steps[0].bits == "−5,0", "what a third row adds is not in the beginning too"


def test_a_run_of_an_older_version_is_shown_without_a_step_of_its_own() -> None:
    older = Proposal(run=Run(model={"telusur_model": 2}), weight=3.0, probability=0.4)
    assert older.third_bits() == 0.0
