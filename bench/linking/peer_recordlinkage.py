"""recordlinkage's expectation-maximisation (ECM) on thresholded agreements, over the same keys as the other peers.

In: normalised columns. Out: every candidate pair from 0.01 on; matches from 0.5. Blanks count as disagreement, as the
library has it by default.
"""

from __future__ import annotations

import warnings
from typing import Any, Final

from bench.linking.answers import LEAST, Answer, answer
from bench.linking.columns import Frame
from bench.linking.peer_rapidfuzz import candidates
from telusur.matching.rules.columns import WORDED
from telusur.matching.rules.schema import FieldKind, Schema

__all__ = ["RecordLinkage"]

_THRESHOLD: Final = 0.5


class RecordLinkage:
    """`prepare` is not timed, `run` is."""

    def __init__(self, schema: Schema) -> None:
        warnings.filterwarnings("ignore")
        import pandas as pd
        import recordlinkage  # noqa: F401  imported before the clock starts

        self._schema, self._frame = schema, pd.DataFrame

    def prepare(self, left: Frame, right: Frame | None) -> None:
        """Put the columns into data frames."""
        self._itself = right is None
        self._left = self._frame(left)
        self._right = self._left if right is None else self._frame(right)

    def run(self) -> Answer:
        """Compare all candidates, learn, and give each its probability."""
        import pandas as pd
        import recordlinkage

        # The library's own index of unions is slower than a merge, and knows no sorted arrays: pairs come from the merge.
        one, two = candidates(self._left, self._right, self._schema, itself=self._itself)
        index = pd.MultiIndex.from_arrays([one, two], names=["left", "right"])
        compare = recordlinkage.Compare()
        for field in self._schema.fields:
            if not field.scope:
                self._add(compare, field.name, field.kind)
        features = compare.compute(index, self._left, None if self._itself else self._right)
        ecm = recordlinkage.ECMClassifier()
        ecm.fit(features)
        chance = ecm.prob(features).to_numpy()
        shown = chance >= LEAST
        return answer(one[shown], two[shown], chance[shown], at=_THRESHOLD)

    def _add(self, compare: Any, name: str, kind: FieldKind) -> None:
        if kind is FieldKind.TEXT:
            compare.string(name, name, method="cosine", threshold=0.6, label=name)
        elif kind in WORDED:
            compare.string(name, name, method="jarowinkler", threshold=0.88, label=name)
        elif kind is FieldKind.LEGAL_NUMBER:
            compare.exact(f"{name}_serial", f"{name}_serial", label=f"{name}_serial")
            compare.exact(f"{name}_year", f"{name}_year", label=f"{name}_year")
        elif kind is FieldKind.PLACE:
            compare.string(name, name, method="jarowinkler", threshold=0.9, label=name)
        else:
            compare.exact(name, name, label=name)
