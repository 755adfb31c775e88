"""How probable it is that rows of the register are the one that somebody asks for, by a model learned before. Pure; arrays.

In: a model, the candidates' values, what is asked, some rows of the register beside them, how large it is. Out: a
probability for each candidate; together with "none of them" they make one. The rows beside tell how common a value is: among
candidates alone, which a search found alike, every word would be common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from telusur.matching.rules.columns import compared_fields, normalise
from telusur.matching.rules.compare import compare, comparisons
from telusur.matching.rules.judge import aligned, prior_odds, shares_of
from telusur.matching.rules.model import Model
from telusur.matching.rules.numbering import number_columns
from telusur.matching.rules.score import calibrated
from telusur.matching.rules.weights import bits_of

__all__ = ["asked_chances"]

Values = Mapping[str, str]
_MOST_BITS: Final = 200.0


def asked_chances(
    model: Model, known: Sequence[Values], asked: Values, beside: Sequence[Values], size: int
) -> tuple[float, ...]:
    """Probabilities in the order of `known`. size: the register's rows; model.prior: what part of the asked it holds.

    Raises ValueError for a model whose levels are not today's.
    """
    if not known:
        return ()
    fields = compared_fields(model.schema)
    schema = replace(model.schema, fields=tuple(fields), itself=False)
    rows = [*known, *beside, asked]
    normals = {field.name: normalise(field, [row.get(field.left, "") for row in rows]) for field in fields}
    columns = number_columns(schema, normals, len(rows) - 1)
    left = np.arange(len(known), dtype=np.int64)
    right = np.full(len(known), len(rows) - 1, dtype=np.int64)
    asked_lines = comparisons(columns)
    counts = {line.name: line.level_count for line in asked_lines}
    if any(counts.get(line.field, len(line.levels)) != len(line.levels) for line in model.fields):
        raise ValueError("the model has levels of another version")
    names = [line.name for line in asked_lines]
    seen = aligned(compare(columns, left, right), names, [line.field for line in model.fields])
    bits = np.minimum(bits_of(seen, shares_of(model)), _MOST_BITS)
    odds = np.exp2(bits) * prior_odds(model) / max(size, len(known))
    chances = calibrated(odds / (1.0 + odds.sum()), model.calibration)
    return tuple(float(each) for each in chances)
