"""Ratios of ours to a peer, from runs whose ratios are known by hand."""

from bench.linking.table import medians, ratios, table


def _run(linking_s: float, f1: float, favoured: float | None, best: float, review: int) -> dict[str, float | None]:
    return {
        "normalising_s": 1.0, "linking_s": linking_s, "linking_cpu_s": linking_s, "peak_mib": 100.0, "precision": 1.0,
        "recall": f1, "f1": f1, "best_f1": best, "best_at": 0.5, "favoured_f1": favoured, "favoured_best_f1": favoured,
        "error": 0.0, "error_shown": 0.0, "review": review, "pairs": 10,
    }  # fmt: skip


def _runs(favoured: float | None) -> dict[str, list[dict[str, float | None]]]:
    ours = [_run(seconds, 0.98, favoured, 0.98, 10) for seconds in (1.0, 2.0, 4.0)]
    peer = [_run(seconds, 0.90, favoured, 0.96, 40) for seconds in (3.0, 4.0, 16.0)]
    return {
        name: [{**run, "number": at} for at, run in enumerate(done)]
        for name, done in (("telusur", ours), ("splink", peer))
    }


def test_times_are_paired_run_by_run() -> None:
    runs = _runs(0.95)
    found = ratios(runs, "splink")
    assert found["wall, splink ÷ ours"] == 3.0
    assert found["same with normalising"] == 2.0


def test_errors_and_review() -> None:
    runs = _runs(0.95)
    found = ratios(runs, "splink")
    assert round(found["errors 1-F1, ours ÷ peer, own thresholds"] or 0, 6) == 0.2
    assert round(found["same, peer at the truth's best threshold and 1:1"] or 0, 6) == 0.4
    assert round(found["same, peer at the truth's best threshold, 1:1 where that is better"] or 0, 6) == 0.5
    assert found["review pairs, ours ÷ peer"] == 0.25


def test_one_table_has_no_favour() -> None:
    runs = _runs(None)
    found = ratios(runs, "splink")
    assert round(found["same, peer at the truth's best threshold and 1:1"] or 0, 6) == 0.5
    assert "–" in table("set", medians(runs), {"recordlinkage": "more than 900 s"})


def test_an_engine_that_did_not_finish_has_no_medians() -> None:
    assert "recordlinkage" not in medians({"recordlinkage": []})


def test_a_run_that_one_did_not_finish_is_left_out_of_both() -> None:
    runs = _runs(0.95)
    del runs["splink"][1]
    found = ratios(runs, "splink")
    # 3 ÷ 1 and 16 ÷ 4: paired by their number, not by their place.
    assert found["wall, splink ÷ ours"] == 3.5
