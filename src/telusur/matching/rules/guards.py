"""When a model must not be used: it found more matches than there are rows, or a place says more than a name. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from telusur.matching.rules.columns import WORDED
from telusur.matching.rules.compare import Comparison
from telusur.matching.rules.schema import FieldKind
from telusur.matching.rules.weights import Shares
from telusur.words.reason import Reason

__all__ = ["MODEL_SURPLUS", "ModelRefused", "broken_guards"]

MODEL_SURPLUS = 1.2
# Names and villages of a nation are about as rare as each other; a model gone wrong has names far behind.
TIE_BITS = 2.0


class ModelRefused(Exception):
    """A model that a guard refuses. reasons: what is wrong, for people."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(reason.sentence() for reason in reasons))
        self.reasons = tuple(reasons)


def broken_guards(
    comparisons: Sequence[Comparison],
    shares: Shares,
    *,
    expected_matches: float,
    most_matches: float,
) -> tuple[Reason, ...]:
    """The guards that the model does not hold. most_matches: what the tables' sizes allow (the smaller's rows)."""
    m, u = shares.m, shares.u
    out: list[Reason] = []
    if expected_matches > MODEL_SURPLUS * most_matches:
        out.append(
            Reason(
                "model_surplus",
                "model menduga {expected} pasangan, lebih banyak daripada {most} baris yang ada",
                {"expected": f"{expected_matches:.0f}", "most": f"{most_matches:.0f}"},
            )
        )
    names = [
        float(np.log2(m[at][0] / u[at][0]))
        for at, c in enumerate(comparisons)
        if c.kind in WORDED and c.name == c.field
    ]
    for at, comparison in enumerate(comparisons):
        if comparison.kind is not FieldKind.PLACE or comparison.beside or not names:
            continue
        place = float(np.log2(m[at][0] / u[at][0]))
        if place > max(names) + TIE_BITS:
            out.append(
                Reason(
                    "model_place_over_name",
                    "model menimbang {field} ({place} bit) lebih berat daripada nama ({name} bit)",
                    {"field": comparison.field, "place": f"{place:.1f}", "name": f"{max(names):.1f}"},
                )
            )
    return tuple(out)
