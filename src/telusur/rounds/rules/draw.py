"""A round's random order: permanent numbers from its published seed, so that anybody can repeat who came first.

Pure. Source: permanent random numbers of register surveys (Ohlsson 1995); the seed is published when the round opens.
"""

from __future__ import annotations

import hashlib

__all__ = ["random_number"]


def random_number(seed: str, key: str) -> float:
    """A cooperative's permanent random number in [0, 1) under a round's published seed. Anybody can repeat it."""
    digest = hashlib.sha256(f"{seed}|{key}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64
