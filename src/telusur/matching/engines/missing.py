"""An engine whose library is not installed."""

from __future__ import annotations

__all__ = ["EngineMissing"]


class EngineMissing(Exception):
    """str(): one Indonesian sentence that says what is missing and how to get it."""
