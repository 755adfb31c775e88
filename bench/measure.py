"""Time things fairly on a noisy machine: contestants take turns, each in its own process, and medians are compared."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CpuSeconds", "Run", "machine", "office", "report", "take_turns", "tree_memory"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of the measured part, and the process's peak memory in MiB."""

    seconds: float
    peak_mib: float
    rows: int


class CpuSeconds:
    """PyVRP's stop after so many seconds of this process on a core (it searches in one thread): as many turns on a busy
    machine as on an idle one.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.process_time() + seconds

    def __call__(self, best_cost: float) -> bool:
        return time.process_time() >= self._until


@contextlib.contextmanager
def office() -> Iterator[Path]:
    """An empty office for this process: its data folder, the tables made. The folder goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TELUSUR_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "telusur.web.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield Path(folder)


def _once(module: str, contestant: str, arguments: Sequence[str]) -> Run:
    """Run `python -m module --as contestant …`; it prints one JSON line with seconds and rows."""
    environment = {**os.environ, "PYTHONPATH": f"src{os.pathsep}."}
    done = subprocess.run(
        [sys.executable, "-m", module, "--as", contestant, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{contestant}: {done.stderr[-2000:]}")
    said = json.loads(done.stdout.strip().splitlines()[-1])
    return Run(said["seconds"], said["peak_mib"], said["rows"])


def take_turns(
    module: str, contestants: Sequence[str], arguments: Mapping[str, Sequence[str]], runs: int
) -> dict[str, list[Run]]:
    """A B C, A B C, …: drift of the machine's speed meets all alike."""
    results: dict[str, list[Run]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name in contestants:
            results[name].append(_once(module, name, arguments[name]))
    return results


def tree_memory(module: str, contestant: str, arguments: Sequence[str]) -> float:
    """Peak memory in MiB of a contestant with every process that it starts (proportional set size, 20 times a second).

    A run of its own, never a timed one. Linux only.
    """
    environment = {**os.environ, "PYTHONPATH": f"src{os.pathsep}."}
    command = [sys.executable, "-m", module, "--as", contestant, *arguments]
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_held, _tree(process.pid))))
            time.sleep(0.05)
    return peak / 1024


def _tree(process: int) -> list[int]:
    children = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            children += [int(child) for child in listed.read_text().split()]
    return [process, *(each for child in children for each in _tree(child))]


def _held(process: int) -> int:
    """KiB; 0 for a process that has just ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def report(title: str, results: Mapping[str, Sequence[Run]], ours: str) -> None:
    """Print medians, spread, memory, and each peer's time as a ratio to ours, paired run by run."""
    print(f"\n{title}")
    print(f"{'':28}{'median s':>10}{'min':>8}{'max':>8}{'rows/s':>10}{'peak MiB':>10}{'ratio to ours':>15}")
    base = results[ours]
    for name, runs in results.items():
        seconds = [run.seconds for run in runs]
        ratio = statistics.median(run.seconds / own.seconds for run, own in zip(runs, base, strict=True))
        median = statistics.median(seconds)
        print(
            f"{name:28}{median:10.2f}{min(seconds):8.2f}{max(seconds):8.2f}{runs[0].rows / median:10.0f}"
            f"{max(run.peak_mib for run in runs):10.0f}{ratio:15.2f}"
        )


def machine() -> str:
    """What the figures were taken on."""
    model = "unknown processor"
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{model}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
