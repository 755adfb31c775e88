"""What a figure says, worked out by hand on a few pairs."""

from __future__ import annotations

import numpy as np
import pytest
from bench.linking.answers import answer
from bench.linking.measures import known, quality
from bench.linking.table import medians, ratios, table


def _said(pairs, truth, *, at=0.5, width=10, itself=False, touching=False):
    left, right, chance = zip(*pairs, strict=True)
    return quality(answer(left, right, chance, at=at), known(truth, width, itself=itself, touching=touching))


def test_precision_recall_and_f1_count_the_engine_s_own_matches():
    said = _said([(0, 0, 0.9), (1, 1, 0.8), (2, 3, 0.7), (4, 4, 0.3)], {(0, 0), (1, 1), (2, 2), (4, 4)})
    assert (said.precision, said.recall) == (pytest.approx(2 / 3), 0.5)
    assert said.f1 == pytest.approx(4 / 7)


def test_the_best_threshold_is_the_one_that_the_truth_would_choose():
    said = _said([(0, 0, 0.9), (1, 2, 0.8), (1, 1, 0.3), (2, 3, 0.2)], {(0, 0), (1, 1)})
    assert (said.best_f1, said.best_at) == (pytest.approx(0.8), pytest.approx(0.3))


def test_pairs_of_equal_probability_stand_or_fall_together():
    assert _said([(0, 0, 0.9), (0, 1, 0.9)], {(0, 0)}).best_f1 == pytest.approx(2 / 3)


def test_the_favour_keeps_one_left_row_for_each_right_one():
    said = _said([(0, 0, 0.9), (1, 0, 0.8), (2, 2, 0.7)], {(0, 0), (2, 2)})
    assert said.f1 == pytest.approx(0.8)
    assert (said.favoured_f1, said.favoured_best_f1) == (1.0, 1.0)


def test_of_one_table_both_orders_are_one_pair_and_there_is_no_favour():
    said = _said([(3, 1, 0.9), (1, 3, 0.9)], {(1, 3)}, itself=True)
    assert (said.precision, said.recall, said.pairs, said.favoured_f1) == (1.0, 1.0, 1, None)


def test_where_the_truth_is_known_in_part_only_pairs_that_touch_it_are_judged():
    said = _said([(0, 0, 0.9), (5, 6, 0.9), (0, 7, 0.9)], {(0, 0)}, touching=True)
    assert (said.pairs, said.precision) == (2, 0.5)


def test_calibration_error_is_the_gap_of_each_bin_by_its_pairs():
    pairs = [(at, at, 0.85) for at in range(4)]
    said = _said(pairs, {(0, 0), (1, 1), (2, 2)})
    assert said.error == pytest.approx(0.10)
    assert _said(pairs, {(at, at) for at in range(4)}).error == pytest.approx(0.15)


def test_review_pairs_lie_from_five_below_ninety_five_in_a_hundred():
    said = _said([(0, 0, 0.95), (1, 1, 0.949), (2, 2, 0.05), (3, 3, 0.049)], {(0, 0)})
    assert said.review == 2


def _run(f1, seconds, review, number=0):
    return {
        "engine": "x", "normalising_s": 1.0, "linking_s": seconds, "linking_cpu_s": seconds, "peak_mib": 100.0,
        "precision": f1, "recall": f1, "f1": f1,
        "best_f1": f1 + 0.02, "best_at": 0.5, "favoured_f1": f1, "favoured_best_f1": f1 + 0.01,
        "error": 0.01, "error_shown": 0.01, "review": review, "pairs": 10, "seed": 101, "number": number,
    }  # fmt: skip


def test_ratios_are_of_medians_and_times_of_pairs_of_runs():
    runs = {
        "telusur": [_run(0.96, seconds, 10, number) for number, seconds in enumerate((1.0, 2.0, 1.0))],
        "splink": [_run(0.90, seconds, 40, number) for number, seconds in enumerate((4.0, 8.0, 5.0))],
    }
    middle = medians(runs)
    said = ratios(runs, "splink")
    assert said["wall, splink ÷ ours"] == 4.0
    assert said["same with normalising"] == pytest.approx(3.0)
    assert said["errors 1-F1, ours ÷ peer, own thresholds"] == pytest.approx(0.4)
    assert said["review pairs, ours ÷ peer"] == 0.25
    assert "not finished: too long" in table("x", middle, {"recordlinkage": "too long"})


def test_the_peer_gets_the_better_of_both_favours():
    runs = {"telusur": [_run(0.96, 1.0, 10)], "splink": [_run(0.90, 4.0, 40)]}
    said = ratios(runs, "splink")
    # One left row a right one would cost it here: 0.91 against 0.92.
    assert said["same, peer at the truth's best threshold, 1:1 where that is better"] == pytest.approx(0.04 / 0.08)


def test_an_answer_without_pairs_has_no_figures_but_zeros():
    empty = np.zeros(0)
    said = quality(answer(empty, empty, empty, at=0.5), known({(0, 0)}, 3, itself=False, touching=False))
    assert (said.precision, said.recall, said.f1, said.best_f1, said.error, said.pairs) == (0.0, 0.0, 0.0, 0.0, 0.0, 0)
