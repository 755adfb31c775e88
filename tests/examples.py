"""How many examples a property takes: few enough for a run before each commit, many where one asks for them."""

from __future__ import annotations

import os

__all__ = ["examples"]


def examples(count: int) -> int:
    """`count` where TELUSUR_EXAMPLES=all, a quarter of it in a plain ./test."""
    return count if os.environ.get("TELUSUR_EXAMPLES") == "all" else max(count // 4, 10)
