"""The steps from normal values to judged pairs, where all rows are in memory. Pure; arrays.

The other engines take the same steps with the same rules, over tables: see `engines/staged.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.candidates import find_candidates
from telusur.matching.rules.columns import Normal
from telusur.matching.rules.compare import Compared, compare, comparisons
from telusur.matching.rules.crowding import crowded, crowds_of
from telusur.matching.rules.draw import drawn
from telusur.matching.rules.hands import Hands, OneHand, ever_smaller, parts_of, share_out
from telusur.matching.rules.judge import Found, aligned, judge, learn, sample_bound, shares_of
from telusur.matching.rules.model import Model
from telusur.matching.rules.numbering import number_columns
from telusur.matching.rules.reach import Caught
from telusur.matching.rules.rivals import Extent, random_pairs
from telusur.matching.rules.schema import Schema
from telusur.matching.rules.weights import bits_of

__all__ = ["Outcome", "run"]

Watch = Callable[[str], None]
# Pairs of one part of the comparing.
_AT_ONCE: Final = 50_000


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
    schema: Schema,
    normals: Mapping[str, Normal],
    left_count: int,
    *,
    model: Model | None = None,
    precision: float | None = None,
    watch: Watch = lambda stage: None,
    hands: Hands | None = None,
) -> Outcome:
    """Number, find, compare, learn (without a model), score, decide. normals: a field's, left rows first. Raises
    ModelRefused."""
    hands = hands or OneHand()
    columns = crowded(number_columns(schema, normals, left_count, hands), schema)
    watch("mencari calon")
    asked = comparisons(columns)
    extent = Extent(columns.left_count, columns.row_count, columns.scope, schema.itself)
    found = Found(*find_candidates(columns, schema, hands))
    watch("membandingkan")
    size = (len(found.left), len(asked))
    compared = Compared(hands.room(size, np.int8), hands.room(size, np.float32))

    def tell(pairs: npt.NDArray[np.int64]) -> Compared:
        seen = compare(columns, found.left[pairs], found.right[pairs] + extent.offset)
        compared.levels[pairs], compared.chance[pairs] = seen
        return seen

    least = sample_bound(extent.right_count)
    chosen = drawn(found.right, least) if model is None else np.zeros(len(found.right), dtype=np.bool_)
    rest = np.flatnonzero(~chosen)
    parts = ever_smaller(len(rest), _AT_ONCE)

    def tell_part(at: int) -> None:
        tell(rest[parts[at]])

    # A model is learned from a sample, while the other pairs are compared beside.
    with hands.beside(tell_part, len(parts)) as compare_rest:
        made = model
        if made is None:
            sampled = (found.left[chosen], found.right[chosen], tell(np.flatnonzero(chosen)))
            watch("belajar")
            row_count = int(drawn(np.arange(extent.right_count), least).sum())
            random = compare(columns, *random_pairs(extent))
            made = learn(schema, asked, extent, sampled, row_count, random, crowds_of(columns.by_field))
            watch("membandingkan")
        compare_rest()
    watch("menilai")
    names, lines = [line.name for line in asked], [line.field for line in made.fields]
    compared = aligned(compared, names, lines)
    bits = _weighed(compared, made, hands)
    judged = judge(
        schema, extent, found, bits, made, lambda a, b: aligned(compare(columns, a, b), names, lines),
        decide=model is None, precision=precision,
    )  # fmt: skip
    watch("menaksir jangkauan")
    return Outcome(found.left, found.right, compared, bits, judged.probability, judged.model, judged.caught)


def _weighed(compared: Compared, model: Model, hands: Hands) -> npt.NDArray[np.float64]:
    """Each pair's bits."""
    shares, parts = shares_of(model), parts_of(len(compared.levels), _AT_ONCE)

    def weigh(at: int) -> npt.NDArray[np.float64]:
        return bits_of(Compared(compared.levels[parts[at]], compared.chance[parts[at]]), shares)

    return np.concatenate([np.zeros(0), *share_out(hands, weigh, len(parts))()])
