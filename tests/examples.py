"""How many examples a property takes: few enough for a run before each commit, many where one asks for them."""

from __future__ import annotations

import os

__all__ = ["examples"]

_SHARE = {"all": 1, "quarter": 4}


def examples(count: int) -> int:
    """`count` where TELUSUR_EXAMPLES=all, a quarter of it as .ci/run asks (quarter), an eighth in a plain ./test."""
    return max(count // _SHARE.get(os.environ.get("TELUSUR_EXAMPLES", ""), 8), min(count, 10))
