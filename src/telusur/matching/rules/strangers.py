"""Of a list that may hold a thing twice: how many of those alike to a row are strangers, and how many its doubles. Pure.

In: for each row how many others are as alike as a level says. Where nobody is written more than twice, a row's second
neighbour is a stranger; strangers crowd together (seasons, branches), so that from the second ones the first can be told.
Where rows are written several times, few have more neighbours than doubles, and no tail follows. Both are one mixture: a
number of doubles, whose shares are free up to a bound, and a number of strangers, negative binomial as gamma distributed
crowds are. Sources: Dempster, Laird, Rubin (1977); Fisher, Corbet, Williams, The relation between the number of species and
the number of individuals (1943), for counts that crowd; Schwarz, Estimating the dimension of a model (1978), for the bound.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

__all__ = ["CROWDING", "Split", "most_doubles", "split"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# The shape of the gamma distribution of crowds: most rows stand alone, a few among very many.
CROWDING: Final = 0.15
# A row's doubles: one, or as many as the office writes of a thing at most.
_ONE: Final = 1
_SEVERAL: Final = 4
_ROUNDS: Final = 300
_SETTLED: Final = 1e-5
_LEAST: Final = 1e-6


class Split(NamedTuple):
    """mean: strangers of a row, on average. others: for each number of neighbours, how many of them are strangers where at
    least one is a double; not falling. likelihood: the natural logarithm of what was seen."""

    mean: float
    others: Floats
    likelihood: float


def _strangers(mean: float, most: int) -> Floats:
    """The share of rows with 0, 1, … `most` strangers."""
    count = np.arange(most + 1)
    odds = mean / (CROWDING + mean)
    log = gammaln(count + CROWDING) - gammaln(CROWDING) - gammaln(count + 1) + count * np.log(odds)
    out: Floats = np.exp(log + CROWDING * np.log1p(-odds))
    return out


def split(neighbours: Ints, doubles: int) -> Split:
    """The mixture of up to `doubles` doubles a row. neighbours: one number a row, at least one row."""
    most = max(int(neighbours.max()), doubles + 1)
    rows = np.bincount(neighbours, minlength=most + 1).astype(np.float64)
    mean = max(float(np.maximum(neighbours - 1, 0).mean()), _LEAST)
    share = np.append(0.9, np.full(doubles, 0.1 / doubles))
    strangers = np.arange(most + 1)[:, None] - np.arange(doubles + 1)
    there = np.maximum(strangers, 0)
    for _ in range(_ROUNDS):
        both = share * np.where(strangers >= 0, _strangers(mean, most)[there], 0.0)
        seen = both.sum(axis=1)
        told = both / np.maximum(seen, 1e-300)[:, None]
        weight = rows[:, None] * told
        shared = weight.sum(axis=0)
        shared /= shared.sum()
        before, mean = mean, max(float((weight * there).sum()) / len(neighbours), _LEAST)
        moved = abs(mean - before) / before + float(np.abs(shared - share).sum())
        share = shared
        if moved < _SETTLED:
            break
    doubled = told[:, 1:].sum(axis=1)
    others = np.where(
        doubled > 1e-12,
        (told[:, 1:] * there[:, 1:]).sum(axis=1) / np.maximum(doubled, 1e-12),
        np.maximum(np.arange(most + 1) - 1.0, 0.0),
    )
    likelihood = float((rows * np.log(np.maximum(seen, 1e-300))).sum())
    return Split(mean, np.maximum.accumulate(others), likelihood)


def most_doubles(neighbours: Ints) -> int:
    """How many doubles of a row are reckoned with, from neighbours that are nearly the same: several where that explains the
    counts so much better that its three shares more are paid for (half of the logarithm of the rows each)."""
    gain = split(neighbours, _SEVERAL).likelihood - split(neighbours, _ONE).likelihood
    return _SEVERAL if gain > 0.5 * (_SEVERAL - _ONE) * np.log(len(neighbours)) else _ONE
