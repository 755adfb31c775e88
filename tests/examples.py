"""How many examples a test takes: few enough for a run before each commit or change, many before a release."""

from __future__ import annotations

import os

__all__ = ["examples", "masses"]

_SHARE = {"all": 1, "quarter": 4}


def examples(count: int) -> int:
    """`count` where TELUSUR_EXAMPLES=all, a quarter of it as .ci/run asks (quarter), an eighth in a plain ./test."""
    return max(count // _SHARE.get(os.environ.get("TELUSUR_EXAMPLES", ""), 8), min(count, 10))


def masses(count: int, part: int = 10) -> int:
    """How much a slow test does: `count`, the pass figure, where TELUSUR_EXAMPLES=all (a release); else a part of it."""
    return count if os.environ.get("TELUSUR_EXAMPLES") == "all" else count // part
