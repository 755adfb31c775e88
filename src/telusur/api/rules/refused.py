"""What a machine asked wrongly: a reason in words, and the answer's status. Pure.

In: nothing. Out: an exception that every door of this room turns into its own protocol's form of error.
"""

from __future__ import annotations

from telusur.words.reason import Reason

__all__ = ["AskedWrongly"]


class AskedWrongly(ValueError):
    """A request that cannot be answered. status: HTTP status. target: the parameter that is wrong, "" for none."""

    def __init__(self, reason: Reason, target: str = "", status: int = 400) -> None:
        super().__init__(reason.sentence())
        self.reason = reason
        self.target = target
        self.status = status
