"""The steps from numbered columns to judged pairs, where all rows are in memory. Pure; arrays.

The other engines take the same steps with the same rules, over tables: see `engines/staged.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.candidates import find_candidates
from telusur.matching.rules.columns import Columns, Each
from telusur.matching.rules.compare import Compared, compare, comparisons
from telusur.matching.rules.draw import drawn
from telusur.matching.rules.judge import Found, aligned, judge, learn, sample_bound, shares_of
from telusur.matching.rules.model import Model
from telusur.matching.rules.reach import Caught
from telusur.matching.rules.rivals import Extent, random_pairs
from telusur.matching.rules.schema import Schema
from telusur.matching.rules.weights import bits_of

__all__ = ["Outcome", "run"]

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All compared pairs, ordered by right row, with their bits and probability. compared: in the order of the model."""

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    compared: Compared
    bits: npt.NDArray[np.float64]
    probability: npt.NDArray[np.float64]
    model: Model
    caught: Caught


def run(
    columns: Columns,
    schema: Schema,
    *,
    model: Model | None = None,
    precision: float | None = None,
    watch: Watch = lambda stage: None,
    each: Each = map,
) -> Outcome:
    """Find, compare, learn (without a model), score, decide. Raises ModelRefused."""
    asked = comparisons(columns)
    extent = Extent(columns.left_count, columns.row_count, columns.scope, schema.itself)
    watch("mencari calon")
    found = Found(*find_candidates(columns, schema, each))
    watch("membandingkan")
    compared = compare(columns, found.left, found.right + extent.offset, each)
    watch("belajar")
    made = model
    if made is None:
        least = sample_bound(extent.right_count)
        chosen = drawn(found.right, least)
        row_count = int(drawn(np.arange(extent.right_count), least).sum())
        sampled = Compared(compared.levels[chosen], compared.chance[chosen])
        random = compare(columns, *random_pairs(extent))
        made = learn(schema, asked, extent, (found.left[chosen], found.right[chosen], sampled), row_count, random)
    watch("menilai")
    names, lines = [line.name for line in asked], [line.field for line in made.fields]
    compared = aligned(compared, names, lines)
    bits = bits_of(compared, shares_of(made))
    judged = judge(
        schema, extent, found, bits, made, lambda a, b: aligned(compare(columns, a, b), names, lines),
        decide=model is None, precision=precision,
    )  # fmt: skip
    watch("menaksir jangkauan")
    return Outcome(found.left, found.right, compared, bits, judged.probability, judged.model, judged.caught)
