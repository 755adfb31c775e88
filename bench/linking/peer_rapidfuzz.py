"""What most people would write: equal keys from pandas, rapidfuzz on the columns, fixed weights, one threshold.

In: normalised columns. Out: every candidate pair with its weighted likeness, which is no probability; matches from 0.80.
A field that either side leaves blank does not count.
"""

from __future__ import annotations

from typing import Any, Final

from bench.linking.answers import LEAST, Answer, answer
from bench.linking.columns import ROW, Frame, block_columns
from telusur.matching.rules.columns import WORDED
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["RapidFuzz", "candidates"]

_THRESHOLD: Final = 0.80
_BATCH: Final = 500_000
# A key that makes more pairs than this is left out: nobody waits for it.
_MOST_PAIRS: Final = 30_000_000
_WEIGHTS: Final = {
    FieldKind.COOPERATIVE: 4.0, FieldKind.ORGANISATION: 4.0, FieldKind.NAME: 3.0, FieldKind.TEXT: 2.0,
    FieldKind.LEGAL_NUMBER: 3.0, FieldKind.CODE: 3.0, FieldKind.DATE: 2.0, FieldKind.PLACE: 1.0,
    FieldKind.NUMBER: 1.0, FieldKind.CATEGORY: 0.5,
}  # fmt: skip


def candidates(left: Any, right: Any, schema: Schema, *, itself: bool) -> tuple[Any, Any]:
    """Row numbers of the pairs that share a key. left, right: data frames."""
    import numpy as np
    import pandas as pd

    found = []
    for columns in block_columns(schema, max(len(left), len(right))):
        keys = list(columns)
        one, two = (table[[ROW, *keys]].dropna() for table in (left, right))
        sizes = one.groupby(keys).size().rename("here").reset_index().merge(
            two.groupby(keys).size().rename("there").reset_index(), on=keys
        )  # fmt: skip
        if (sizes["here"] * sizes["there"]).sum() > _MOST_PAIRS:
            continue
        both = one.merge(two, on=keys, suffixes=("_l", "_r"))
        pair = both[f"{ROW}_l"].to_numpy(dtype=np.int64) * len(right) + both[f"{ROW}_r"].to_numpy(dtype=np.int64)
        found.append(pair)
    pairs = pd.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    one_row, two_row = np.divmod(pairs, len(right))
    if itself:
        kept = one_row < two_row
        return one_row[kept], two_row[kept]
    return one_row, two_row


class RapidFuzz:
    """`prepare` is not timed, `run` is."""

    def __init__(self, schema: Schema) -> None:
        import pandas as pd
        import rapidfuzz  # noqa: F401  imported before the clock starts

        self._schema, self._frame = schema, pd.DataFrame

    def prepare(self, left: Frame, right: Frame | None) -> None:
        """Put the columns into data frames."""
        self._itself = right is None
        self._left = self._frame(left)
        self._right = self._left if right is None else self._frame(right)

    def run(self) -> Answer:
        """Compare all candidates, batch by batch."""
        import numpy as np

        one, two = candidates(self._left, self._right, self._schema, itself=self._itself)
        fields = [field for field in self._schema.fields if not field.scope]
        columns = [_column(field) for field in fields]
        cells = [
            (self._left[name].to_numpy(dtype=object), self._right[name].to_numpy(dtype=object)) for name in columns
        ]
        score = np.zeros(len(one))
        for start in range(0, len(one), _BATCH):
            rows = slice(start, start + _BATCH)
            score[rows] = _likeness(fields, cells, one[rows], two[rows])
        shown = score >= LEAST
        return answer(one[shown], two[shown], score[shown], at=_THRESHOLD)


def _column(field: Field) -> str:
    if field.kind is FieldKind.LEGAL_NUMBER:
        return f"{field.name}_serial"
    return f"{field.name}_sorted" if field.kind in WORDED else field.name


def _likeness(fields: list[Field], cells: list[tuple[Any, Any]], one: Any, two: Any) -> Any:
    import numpy as np
    from rapidfuzz.distance import JaroWinkler, Levenshtein
    from rapidfuzz.fuzz import token_set_ratio
    from rapidfuzz.process import cpdist

    total, weight = np.zeros(len(one)), np.zeros(len(one))
    for field, (left, right) in zip(fields, cells, strict=True):
        here, there = left[one], right[two]
        stated = np.array([a is not None and b is not None for a, b in zip(here, there, strict=True)], dtype=bool)
        numbers = field.kind in (FieldKind.CODE, FieldKind.LEGAL_NUMBER, FieldKind.DATE, FieldKind.NUMBER)
        scorer: Any = Levenshtein.normalized_similarity if numbers else JaroWinkler.normalized_similarity
        if field.kind is FieldKind.TEXT:
            scorer = token_set_ratio
        likeness = np.zeros(len(one))
        if stated.any():
            likeness[stated] = cpdist(here[stated], there[stated], scorer=scorer, workers=2, dtype=np.float32)
        if scorer is token_set_ratio:
            likeness /= 100
        if numbers:
            likeness = np.where(likeness >= 0.999, 1.0, np.where(likeness >= 0.8, 0.5, 0.0))
        total += _WEIGHTS[field.kind] * likeness * stated
        weight += _WEIGHTS[field.kind] * stated
    return total / np.maximum(weight, 1e-9)
