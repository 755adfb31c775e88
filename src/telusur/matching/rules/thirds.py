"""Pairs of one table that a third row speaks for: two rows that are both surely a third one are one another. Pure; arrays.

Judged alone, two rows spoilt in different fields look like strangers, though each is plainly the row from which both come.
Of three rows all are apart, or two are one, or all are one: the weight of each is the product of its pairs' odds.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

__all__ = ["with_thirds"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# Odds from which a pair speaks for another: of two pairs with odds a and b only (a - 1)(b - 1) > 1 says more than nothing.
_SPEAKS: Final = 1.0
# Beyond these a product of three would leave the numbers that are exact.
_MOST_ODDS: Final = 1e9


def with_thirds(odds: Floats, left: Ints, right: Ints, row_count: int) -> Floats:
    """Probabilities of pairs of one table: of each alone or, where that is more, with the third row that says most for it.

    left, right: rows of each pair, every pair once, in any order. What a third row says against a pair is left out.
    """
    out = odds / (1.0 + odds)
    strong = np.flatnonzero(odds >= _SPEAKS)
    if not len(strong):
        return out
    low, high = np.minimum(left, right), np.maximum(left, right)
    value = np.minimum(odds[strong], _MOST_ODDS)
    ends = (np.concatenate((low[strong], high[strong])), np.concatenate((high[strong], low[strong])))
    both = np.concatenate((value, value))
    graph = sparse.csr_array(sparse.coo_array((both, ends), shape=(row_count, row_count)))
    # Each pair with every strong neighbour of its lower row that is one of its higher row, too.
    counts = np.diff(graph.indptr)[low]
    pair = np.repeat(np.arange(len(odds)), counts)
    at = np.repeat(graph.indptr[low] + counts - np.cumsum(counts), counts) + np.arange(len(pair))
    second = np.asarray(graph[graph.indices[at], high[pair]]).ravel()
    known = np.flatnonzero(second > 0)
    pair, first, second = pair[known], graph.data[at[known]], second[known]
    own = np.minimum(odds[pair], _MOST_ODDS)
    all_one = own * first * second
    np.maximum.at(out, pair, (own + all_one) / (1.0 + own + first + second + all_one))
    return out
