"""The table of one set: each engine's medians, and the ratios that the issue asks. Pure.

In: engine → runs, each as `one_run` says it. Out: text, and the same as plain values.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["OURS", "medians", "ratios", "table"]

OURS = "telusur"
Run = Mapping[str, Any]
Medians = dict[str, dict[str, Any]]
_COLUMNS = (
    ("P", "precision", ".4f"), ("R", "recall", ".4f"), ("F1", "f1", ".4f"), ("best F1", "best_f1", ".4f"),
    ("1:1", "favoured_f1", ".4f"), ("1:1 best", "favoured_best_f1", ".4f"), ("link s", "linking_s", ".2f"),
    ("+norm s", "whole_s", ".2f"), ("cpu s", "linking_cpu_s", ".2f"), ("MiB", "peak_mib", ".0f"), ("ECE", "error", ".3f"),
    ("ECE≥.05", "error_shown", ".3f"), ("review", "review", ".0f"),
)  # fmt: skip


def medians(runs: Mapping[str, Sequence[Run]]) -> Medians:
    """The median of every figure of each engine that finished; memory is the largest."""
    out: Medians = {}
    for engine, done in runs.items():
        if not done:
            continue
        whole = [{**run, "whole_s": run["normalising_s"] + run["linking_s"]} for run in done]
        numbers = [key for key in whole[0] if key not in ("engine", "number")]
        out[engine] = {
            key: None if whole[0][key] is None else statistics.median(run[key] for run in whole) for key in numbers
        }
        out[engine]["peak_mib"] = max(run["peak_mib"] for run in whole)
        out[engine]["linking_s_spread"] = [
            min(run["linking_s"] for run in whole),
            max(run["linking_s"] for run in whole),
        ]
    return out


def ratios(runs: Mapping[str, Sequence[Run]], peer: str, ours: str = OURS) -> dict[str, float | None]:
    """One of our engines beside a peer, in the runs that both finished; {} without one. Errors are 1 - F1.

    Times are paired run by run, since the machine drifts.
    """
    theirs_by_run = {run["number"]: run for run in runs[peer]}
    pairs = [(run, theirs_by_run[run["number"]]) for run in runs[ours] if run["number"] in theirs_by_run]
    if not pairs:
        return {}
    middle = medians({ours: [a for a, _ in pairs], peer: [b for _, b in pairs]})
    own, other = middle[ours], middle[peer]

    def errors(key: str) -> float | None:
        theirs = other[key] if other[key] is not None else other["best_f1"]
        return _over(1 - own["f1"], 1 - theirs)

    return {
        f"wall, {peer} ÷ ours": statistics.median(b["linking_s"] / a["linking_s"] for a, b in pairs),
        "same with normalising": statistics.median(
            (b["linking_s"] + b["normalising_s"]) / (a["linking_s"] + a["normalising_s"]) for a, b in pairs
        ),
        "processor time": statistics.median(b["linking_cpu_s"] / max(a["linking_cpu_s"], 1e-6) for a, b in pairs),
        "memory, ours ÷ peer": _over(own["peak_mib"], other["peak_mib"]),
        "errors 1-F1, ours ÷ peer, own thresholds": errors("f1"),
        "same, peer at the truth's best threshold and 1:1": errors("favoured_best_f1"),
        "same, peer at the truth's best threshold": errors("best_f1"),
        # A register with double entries has two left rows for one right: there 1:1 is no favour.
        "same, peer at the truth's best threshold, 1:1 where that is better": _over(
            1 - own["f1"], 1 - max(other[key] or 0.0 for key in ("f1", "best_f1", "favoured_best_f1"))
        ),
        "review pairs, ours ÷ peer": _over(own["review"], other["review"]),
    }


def _over(one: float, other: float) -> float | None:
    return one / other if other else None


def table(name: str, middle: Medians, unfinished: Mapping[str, str]) -> str:
    """Engines as rows, then why some did not finish a run, as the last of those runs said."""
    lines = [f"\n{name}", f"{'':18}" + "".join(f"{title:>10}" for title, *_ in _COLUMNS)]
    for engine, values in middle.items():
        cells = "".join(
            f"{'–':>10}" if values[key] is None else f"{values[key]:>10{form}}" for _, key, form in _COLUMNS
        )
        lines.append(f"{engine:18}{cells}")
    lines += [f"{engine:18}  not finished: {why}" for engine, why in unfinished.items()]
    return "\n".join(lines)
