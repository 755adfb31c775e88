"""One engine on one set, in a process of its own. In: names, a seed. Out: one line of JSON: seconds, memory, quality.

    python -m bench.linking.one_run --engine splink --set generated-20000 --seed 1

Not timed: reading the set, importing libraries, putting columns into the form that a library reads.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.linking import sets
from bench.linking.answers import Answer
from bench.linking.measures import Known, known, quality

if TYPE_CHECKING:
    from bench.linking.sets import DataSet

__all__ = ["PEERS", "truth_of"]

PEERS = ("splink", "splink-plain", "rapidfuzz", "recordlinkage", "autofj")


def truth_of(data: DataSet) -> Known:
    """The set's truth by row numbers."""
    left = {ident: at for at, ident in enumerate(data.left.ids)}
    right = left if data.right is None else {ident: at for at, ident in enumerate(data.right.ids)}
    pairs = {(left[one], right[two]) for one, two in data.truth if one in left and two in right}
    return known(pairs, len(right), itself=data.right is None, touching=data.touching)


def _peak_mib() -> float:
    """The most that this process (since it began) and its largest child held; VmHWM, since ru_maxrss knows the parent's.
    What a child shares with this process is counted twice."""
    status = Path("/proc/self/status").read_text()
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _peer(name: str, data: DataSet) -> Any:
    if name.startswith("splink"):
        from bench.linking.peer_splink import Splink

        return Splink(data.schema, plain=name == "splink-plain")
    if name == "autofj":
        from bench.linking.peer_autofj import AutoFuzzyJoin

        return AutoFuzzyJoin(data.schema)
    if name == "rapidfuzz":
        from bench.linking.peer_rapidfuzz import RapidFuzz

        return RapidFuzz(data.schema)
    from bench.linking.peer_recordlinkage import RecordLinkage

    return RecordLinkage(data.schema)


def _run_peer(name: str, data: DataSet) -> tuple[Answer, float, float, float]:
    from bench.linking.columns import frame_columns

    peer = _peer(name, data)
    began = time.perf_counter()
    left, right = frame_columns(data)
    normalising = time.perf_counter() - began
    peer.prepare(left, right)
    del left, right
    gc.collect()
    began, processor = time.perf_counter(), time.process_time()
    found = peer.run()
    return found, normalising, time.perf_counter() - began, time.process_time() - processor


def _run_ours(name: str, data: DataSet, precision: float | None) -> tuple[Answer, float, float, float]:
    from bench.linking.ours import Ours

    engine = Ours(name, data, precision)
    return engine.run()


def main() -> None:
    """Run, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    parser.add_argument("--set", required=True, dest="name")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=sets.WORK)
    parser.add_argument("--precision", type=float)
    args = parser.parse_args()
    data = sets.load(args.name, args.seed, args.work)
    run = _run_peer(args.engine, data) if args.engine in PEERS else _run_ours(args.engine, data, args.precision)
    found, normalising, linking, processor = run
    peak = _peak_mib()
    said = {
        "engine": args.engine,
        "normalising_s": round(normalising, 4),
        "linking_s": round(linking, 4),
        "linking_cpu_s": round(processor, 4),
        "peak_mib": round(peak, 1),
        **quality(found, truth_of(data))._asdict(),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
