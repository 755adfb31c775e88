"""The resolver on real lists, on the half of the regencies that its weights never saw; skipped where absent."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import pytest
from bench.locating import columns, hidden, spoilt
from bench.locating_sets import DATA, Case, country, halves, misspelt_columns, part_cases, umkm_cases

from telusur.areas.rules.gazetteer import Gazetteer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data lies beside the project and is not here"),
]
SEED = 4


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return country()


def shares(pairs: Iterable[tuple[str, str]]) -> tuple[float, float]:
    counts = Counter("right" if got == code else "wrong" if got else "unknown" for got, code in pairs)
    return counts["right"] / counts.total(), counts["wrong"] / counts.total()


def named(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.kind != "not"]


def test_hidden_column_of_the_registry(gazetteer: Gazetteer) -> None:
    tune = halves(gazetteer, SEED)
    cases = [case for case in part_cases(gazetteer) if case.code[:5] not in tune]
    assert len(cases) > 25_000
    answers = [hidden(gazetteer, case).code for case in cases]
    pairs = list(zip(cases, answers, strict=True))
    right, wrong = shares((got, case.code) for case, got in pairs if case.kind != "not")
    assert right >= 0.97
    assert wrong <= 0.005
    # Over every row with an address most texts name no kelurahan; a street's name misleads one in thirty.
    _, wrong = shares((got, case.code) for case, got in pairs)
    assert wrong <= 0.04


def test_hidden_column_of_a_city(gazetteer: Gazetteer) -> None:
    cases = named(umkm_cases(gazetteer))
    right, wrong = shares((hidden(gazetteer, case).code, case.code) for case in cases)
    assert right >= 0.97
    assert wrong <= 0.006


def test_spoilt_names(gazetteer: Gazetteer) -> None:
    cases, _ = spoilt(gazetteer, halves(gazetteer, SEED), "test", SEED)
    some = random.Random(SEED).sample(cases, 6_000)
    right, wrong = shares(zip(columns(gazetteer, some), (case.code for case in some), strict=True))
    assert right >= 0.99
    assert wrong <= 0.002


def test_columns_that_hands_misspelt(gazetteer: Gazetteer) -> None:
    tune = halves(gazetteer, SEED)
    cases = [case for case in misspelt_columns(gazetteer) if case.kind == "near" and case.code[:5] not in tune]
    assert len(cases) > 300
    right, _ = shares(zip(columns(gazetteer, cases), (case.code for case in cases), strict=True))
    assert right >= 0.97
