"""How well the integrity checks rank invented visits: precision and recall at 5, 10 and 20 % review, per scenario.

    python -m bench.fabrication [--seeds 8] [--first-seed 1]

40 simulated officers x 100 visits (bench/field_simulation.py); six of them invent half of their visits in one way, or one
officer in each of ten ways (`all mixed`), or nobody does (`all honest`). Intervals: 95 % over the seeds. Beside each
figure the floor of a blind draw (the base rate) is in the same run. Simulated fakes are easier than real ones: the figures
say that the checks see what they are made for, not how much is invented in any office.

Required: lift >= 2.5 at 10 % over all ways, recall >= 80 % of low-effort fakes at 10 %, <= 5 % of honest officers named.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from bench.field_simulation import OFFICERS, SCENARIOS, simulate
from bench.measure import machine
from telusur.oversight.rules.trust import review

_REVIEWED = (5, 10, 20)
_FAKERS = 6


class Outcome(NamedTuple):
    """One seed: precision and recall by share reviewed, base rate, officers named among the honest and the others."""

    precision: tuple[float, ...]
    recall: tuple[float, ...]
    base: float
    honest_named: float
    fakers_named: float


def outcome(seed: int, fakers: Sequence[str]) -> Outcome:
    """Simulate, review, and compare with what was invented."""
    made = simulate(seed, fakers)
    found = review(made.traces)
    total, fakes = len(made.traces), len(made.faked)
    precision, recall = [], []
    for percent in _REVIEWED:
        looked = total * percent // 100
        hits = sum(each.trace.key in made.faked for each in found.visits[:looked])
        # Where fewer visits have a flag than are reviewed, the rest of the list is a blind draw.
        unlisted = max(0, looked - len(found.visits))
        left = fakes - sum(each.trace.key in made.faked for each in found.visits)
        rest = total - len(found.visits)
        expected = hits + (unlisted * left / rest if rest and unlisted else 0.0)
        precision.append(expected / looked)
        recall.append(expected / fakes if fakes else math.nan)
    named = {each.officer for each in found.officers if each.reasons}
    honest = OFFICERS - len(made.fakers)
    return Outcome(
        tuple(precision),
        tuple(recall),
        fakes / total,
        len(named - made.fakers) / honest,
        len(named & made.fakers) / len(made.fakers) if made.fakers else math.nan,
    )


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Mean and half the width of its 95 % interval over seeds (Student's t)."""
    if len(values) < 2 or any(map(math.isnan, values)):
        return values[0], math.nan
    quantile = {1: 12.71, 2: 4.30, 3: 3.18, 4: 2.78, 5: 2.57, 6: 2.45, 7: 2.36, 8: 2.31, 9: 2.26}
    wide = quantile.get(len(values) - 1, 2.1)
    return statistics.mean(values), wide * statistics.stdev(values) / math.sqrt(len(values))


def _cell(values: Sequence[float]) -> str:
    mean, wide = interval(values)
    return "    -     " if math.isnan(mean) else f"{100 * mean:5.1f} ±{100 * wide:4.1f}"


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--first-seed", type=int, default=1)
    asked = parser.parse_args()
    seeds = range(asked.first_seed, asked.first_seed + asked.seeds)
    plans: dict[str, list[str]] = {name: [name] * _FAKERS for name in SCENARIOS}
    plans["all mixed"] = [*SCENARIOS, "collusion of two"]
    plans["all honest"] = []
    started = time.process_time()
    print(machine())
    print(f"{OFFICERS} officers x 100 visits, seeds {seeds.start}-{seeds.stop - 1}; percent, ± 95 % over seeds")
    print(
        f"{'':24}  base  "
        + "  ".join(f"precision@{p:<2}  recall@{p:<2} " for p in _REVIEWED)
        + "  lift@10  fakers  honest named"
    )
    found: dict[str, list[Outcome]] = {}
    for name, fakers in plans.items():
        runs = found[name] = [outcome(seed, fakers) for seed in seeds]
        base = runs[0].base
        cells = "  ".join(
            f"{_cell([run.precision[at] for run in runs])}  {_cell([run.recall[at] for run in runs])}"
            for at in range(len(_REVIEWED))
        )
        lift = statistics.mean(run.precision[1] for run in runs) / base if base else math.nan
        named, honest = (_cell([getattr(run, part) for run in runs]) for part in ("fakers_named", "honest_named"))
        print(f"{name:24} {100 * base:5.1f}  {cells}   {lift:5.2f}  {named} {honest}", flush=True)
    mixed = found["all mixed"]
    lift = statistics.mean(run.precision[1] for run in mixed) / mixed[0].base
    lazy = statistics.mean(run.recall[1] for run in found["low effort"])
    honest = max(statistics.mean(run.honest_named for run in found[name]) for name in ("all mixed", "all honest"))
    print(f"CPU {time.process_time() - started:.0f} s for {len(plans) * len(seeds)} runs")
    bars = (("lift at 10 %, all mixed", lift, lift >= 2.5), ("recall at 10 %, low effort", lazy, lazy >= 0.8),
            ("honest officers named", honest, honest <= 0.05))  # fmt: skip
    for words, value, holds in bars:
        print(f"{'holds ' if holds else 'MISSED'} {words}: {value:.2f}")
    return 0 if all(holds for *_, holds in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
