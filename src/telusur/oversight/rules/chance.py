"""How surprising a count is, and how many surprises are to be expected among many officers.

Pure. Exact tails of sums of unequal coins; Benjamini and Hochberg's control of the false-discovery rate (1995); the spread
that honest officers show among themselves taken as the measure (empirical null, Efron 2004).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

__all__ = ["discoveries", "spread_tail", "upper_tail"]

_PEERS_FOR_SPREAD = 8


def upper_tail(chances: Sequence[float], count: int) -> float:
    """P(at least `count` successes) of independent trials with these chances (Poisson-binomial), exactly. In [0, 1]."""
    if count <= 0:
        return 1.0
    if count > len(chances):
        return 0.0
    # ways[k]: chance of k successes so far; the last cell gathers all from `count` on.
    ways = [1.0] + [0.0] * count
    for chance in chances:
        for reached in range(count, 0, -1):
            stay = 1.0 if reached == count else 1.0 - chance
            ways[reached] = ways[reached] * stay + ways[reached - 1] * chance
        ways[0] *= 1.0 - chance
    return min(1.0, max(0.0, ways[count]))


def spread_tail(distances: Mapping[str, float]) -> dict[str, float]:
    """For each name the normal upper tail of its distance (in standard errors), widened to the spread of all of them.

    With fewer than 8 names their spread says nothing and is taken as 1.
    """
    scale = 1.0
    if len(distances) >= _PEERS_FOR_SPREAD:
        middle = statistics.median(distances.values())
        scale = max(1.0, 1.4826 * statistics.median(abs(each - middle) for each in distances.values()))
    return {name: 0.5 * math.erfc(each / scale / math.sqrt(2)) for name, each in distances.items()}


def discoveries(tails: Mapping[str, float], rate: float = 0.05) -> frozenset[str]:
    """The names whose tail is small enough that at most `rate` of those named are expected to be named by chance."""
    ordered = sorted(tails.items(), key=lambda pair: (pair[1], pair[0]))
    last = 0
    for rank, (_, tail) in enumerate(ordered, start=1):
        if tail <= rate * rank / len(ordered):
            last = rank
    return frozenset(name for name, _ in ordered[:last])
