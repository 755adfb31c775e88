"""Our matching engine and its peers on one set or several: each in a process of its own, taking turns, medians compared.

    PYTHONPATH=src:. python -m bench.linking --set generated-20000 [--runs 5] [--seed 101] [--engines telusur,splink]

Needs Telusur's own requirements and splink, pandas, recordlinkage, pyarrow. Prints a table and the ratios of each set;
writes them with every run to WORK/results/SET-SEED.json. Each run draws the set anew with the next seed, unless --one-seed.
A second on a busy machine says little: compare processor time too, which the table gives.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.linking import sets
from bench.linking.members import SIZES
from bench.linking.names_alone import PREFIX
from bench.linking.one_run import PEERS
from bench.linking.ours import ENGINES
from bench.linking.table import OURS, medians, ratios, table
from bench.measure import machine

_PACKAGES = ("splink", "duckdb", "pandas", "recordlinkage", "rapidfuzz", "numpy", "scipy", "sparse-dot-topn", "pyarrow")
_SEEDLESS = ("bogor", "bogor-all", "febrl1", "febrl2", "febrl3", "febrl4", "restaurants", "abt-buy", "fake1000")
# Nobody waits longer for a peer than this.
_CAP_S = 900.0
_TOO_LONG = "more than"


def _once(engine: str, name: str, seed: int, args: argparse.Namespace) -> dict[str, Any] | str:
    """What one process said, or why it did not finish."""
    command = [sys.executable, "-m", "bench.linking.one_run", "--engine", engine, "--set", name, "--seed", str(seed)]
    command += ["--work", str(args.work)]
    if name in SIZES:
        # Members are merged by no person: what is linked must be right.
        command += ["--precision", "0.99"]
    # Equal texts get equal numbers in every run.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=args.cap)
    except subprocess.TimeoutExpired:
        return f"{_TOO_LONG} {args.cap:.0f} s"
    if done.returncode:
        last = done.stderr.strip().splitlines()
        return last[-1][:200] if last else f"exit {done.returncode}"
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return said


def _contest(name: str, args: argparse.Namespace) -> dict[str, Any]:
    engines = args.engines.split(",") if args.engines else _usual(name)
    ours = next((engine for engine in engines if engine in ENGINES), "")
    runs: dict[str, list[dict[str, Any]]] = {engine: [] for engine in engines}
    unfinished: dict[str, str] = {}
    for number in range(args.runs):
        seedless = sets.whole_name(name) in _SEEDLESS or name.startswith(PREFIX)
        seed = args.seed if args.one_seed or seedless else args.seed + number
        # The set is made before anybody's memory is measured.
        sets.load(name, seed, args.work)
        for engine in engines:
            if unfinished.get(engine, "").startswith(_TOO_LONG):
                continue
            said = _once(engine, name, seed, args)
            if isinstance(said, str):
                unfinished[engine] = said
            else:
                runs[engine].append({**said, "seed": seed, "number": number})
    middle = medians(runs)
    print(table(f"{name}, {args.runs} runs from seed {args.seed}", middle, unfinished))
    beside = {peer: found for peer in PEERS if peer in runs and ours and (found := ratios(runs, peer, ours))}
    for label in next(iter(beside.values()), {}):
        print(f"  {label.replace('splink', 'peer'):70}" + "".join(_cell(peer, label, beside) for peer in beside))
    if beside:
        best = max(
            max(figures[key] or 0.0 for key in ("f1", "best_f1", "favoured_best_f1"))
            for engine, figures in middle.items()
            if engine in PEERS
        )
        print(f"  ours at its own threshold {middle[ours]['f1']:.4f}; the best of any peer with any favour {best:.4f}")
    return {"set": name, "medians": middle, "ratios": beside, "runs": runs, "unfinished": unfinished}


def _usual(name: str) -> list[str]:
    """Who takes part. A nation's members are no work for an engine that holds all pairs, nor for the peers that do."""
    if name in SIZES:
        return ["telusur-duckdb", "splink"]
    # Only who was made for names alone takes part without being asked.
    others = [peer for peer in PEERS if peer != "autofj"]
    return [OURS, "rapidfuzz", "autofj"] if name.startswith(PREFIX) else [OURS, *others]


def _cell(peer: str, label: str, beside: dict[str, dict[str, float | None]]) -> str:
    label = label if label in beside[peer] else f"wall, {peer} ÷ ours"
    value = beside[peer][label]
    return f"{peer:>15} " + ("     –" if value is None else f"{value:6.2f}")


def main() -> None:
    """Run the contests that were asked for."""
    parser = argparse.ArgumentParser(prog="bench.linking")
    known = ", ".join(sets.names())
    said = f"one or several of {known}; SET:COLUMN+COLUMN sees these columns alone"
    parser.add_argument("--set", required=True, dest="names", help=said)
    parser.add_argument("--engines", help=f"of {', '.join((*ENGINES, *PEERS))}; usually {','.join(_usual(''))}")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1, help="1 to 9 while developing; reported figures from 101")
    parser.add_argument("--one-seed", action="store_true", help="the same rows in every run: only time varies")
    parser.add_argument("--cap", type=float, default=_CAP_S, metavar="SECONDS", help="a peer's longest time")
    parser.add_argument("--work", type=Path, default=sets.WORK)
    args = parser.parse_args()
    unknown = {sets.whole_name(name) for name in args.names.split(",")} - set(sets.names())
    if unknown:
        raise SystemExit(f"unknown set: {', '.join(sorted(unknown))}; known: {known}")
    versions = {package: metadata.version(package) for package in _PACKAGES}
    print(machine(), *(f"{package} {version}" for package, version in versions.items()), sep=" · ")
    for name in args.names.split(","):
        told = _contest(name, args)
        told |= {"machine": machine(), "versions": versions, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        out = args.work / "results" / f"{name}-{args.seed}.json"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"  {out}")


if __name__ == "__main__":
    main()
