"""Pairs as an engine answers them, written out only as they are read: a nation's are millions, a reader wants a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, overload

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.compare import Compared
from telusur.matching.rules.judge import shares_of
from telusur.matching.rules.linked import LinkedPair
from telusur.matching.rules.model import Model
from telusur.matching.rules.weights import rarity_bits
from telusur.register.writers.uncollected import uncollected

__all__ = ["WrittenPairs"]

_PAGE: Final = 4_000
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class WrittenPairs(Sequence[LinkedPair]):
    """Matches and reviews, most probable first; those of equal probability by right row, then left."""

    def __init__(
        self, left: Ints, right: Ints, compared: Compared, bits: Floats, probability: Floats, model: Model,
        left_ids: Sequence[str], right_ids: Sequence[str],
    ) -> None:  # fmt: skip
        """Arrays of pairs ordered by right row, then left; rows counted from 0 in each table."""
        shown = np.flatnonzero(probability >= model.review_at)
        self._rows = shown[np.argsort(-probability[shown], kind="stable")]
        self._left, self._right, self._compared = left, right, compared
        self._bits, self._probability, self._sure_at = bits, probability, model.sure_at
        self._ids, self._shares = (left_ids, right_ids), shares_of(model)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> LinkedPair: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LinkedPair]: ...
    def __getitem__(self, at: int | slice) -> LinkedPair | Sequence[LinkedPair]:
        if isinstance(at, slice):
            return self._written(self._rows[at])
        return self._written(self._rows[[at]])[0]

    def __iter__(self) -> Iterator[LinkedPair]:
        for start in range(0, len(self._rows), _PAGE):
            with uncollected():
                page = self._written(self._rows[start : start + _PAGE])
            yield from page

    def _written(self, rows: Ints) -> list[LinkedPair]:
        compared = Compared(self._compared.levels[rows], self._compared.chance[rows])
        rare = np.round(rarity_bits(compared, self._shares), 4)
        chance = np.round(self._probability[rows], 6)
        left_ids, right_ids = self._ids
        # Column by column, so that pairs are put together by the interpreter's own loop.
        columns = zip(
            map(left_ids.__getitem__, self._left[rows].tolist()),
            map(right_ids.__getitem__, self._right[rows].tolist()),
            chance.tolist(),
            np.round(self._bits[rows], 4).tolist(),
            _rows_of(compared.levels),
            _rows_of(rare),
            ["match" if sure else "review" for sure in (chance >= self._sure_at).tolist()],
            strict=True,
        )
        return list(map(partial(tuple.__new__, LinkedPair), columns))


def _rows_of(table: npt.NDArray[Any]) -> Iterator[memoryview[Any]]:
    """Each row as a sequence of plain numbers, which become objects only where one is read."""
    width = table.shape[1]
    flat = np.ascontiguousarray(table).reshape(-1).data
    starts = range(0, len(table) * width, width)
    return map(flat.__getitem__, map(slice, starts, range(width, len(table) * width + 1, width)))
