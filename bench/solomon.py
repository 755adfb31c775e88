"""Solomon's R1 and C1 by the router, beside the best known solutions.

    python -m bench.solomon [--seconds 60] [--only R101,C101]

Distances are Euclidean with one decimal cut off, as the best known solutions of `../shared/data/bench/vrp` reckon them; all
customers are served, the number of vehicles is free. Loads are not part of the house's problem, so the instance goes to
PyVRP as the router calls it, with capacities added: what is measured is the engine and its settings. Seconds are the
search's own on one core (CPU): a busy machine gives it as many turns as an idle one, and only takes longer.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from pathlib import Path

import numpy as np
import pyvrp

from bench.measure import CpuSeconds, machine
from telusur.planning.routers.pyvrp_router import settings

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "bench" / "vrp"


def _instance(path: Path) -> pyvrp.ProblemData:
    numbers = [
        [int(float(word)) for word in line.split()]
        for line in path.read_text().splitlines()
        if re.match(r"\s*\d", line)
    ]
    (count, capacity), rows = numbers[0], numbers[1:]
    at = np.array([row[1:3] for row in rows], dtype=float)
    # One decimal, as integers: tenths.
    tenths = np.floor(np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1)) * 10).astype(np.int64)
    clients = [
        pyvrp.Client(number, [row[3]], [], row[6] * 10, row[4] * 10, row[5] * 10)
        for number, row in enumerate(rows)
        if number
    ]
    locations = [pyvrp.Location(float(x), float(y)) for x, y in at]
    depot = pyvrp.Depot(0, rows[0][4] * 10, rows[0][5] * 10)
    return pyvrp.ProblemData(locations, clients, [depot], [pyvrp.VehicleType(count, [capacity])], [tenths], [tenths])


def main() -> None:
    """Print a line an instance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    if not FOLDER.exists():
        raise SystemExit(f"{FOLDER} is not here")
    print(f"{asked.seconds:.0f} CPU s each, seed {asked.seed}; {machine()}")
    gaps = []
    for path in sorted(FOLDER.glob("[RC]1??.txt")):
        if asked.only and path.stem not in asked.only.split(","):
            continue
        best = float(re.findall(r"[Cc]ost\D*([\d.]+)", path.with_suffix(".sol").read_text())[0])
        began = time.perf_counter()
        result = pyvrp.solve(
            _instance(path),
            stop=CpuSeconds(asked.seconds),
            seed=asked.seed,
            collect_stats=False,
            display=False,
            params=settings(),
        )
        wall = time.perf_counter() - began
        cost = result.best.distance() / 10
        gaps.append(cost / best - 1)
        holds = "" if result.is_feasible() else " NOT FEASIBLE"
        print(
            f"{path.stem} {cost:8.1f} best {best:8.1f} {gaps[-1]:+7.2%}{holds}  {result.num_iterations} turns, {wall:.0f} s",
            flush=True,
        )
    print(f"{len(gaps)} instances: median {statistics.median(gaps):+.2%}, worst {max(gaps):+.2%}")


if __name__ == "__main__":
    main()
