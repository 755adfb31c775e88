"""How far apart two places are taken to be where one of them has no point: by the names of their areas alone. Pure.

For an office that loaded no outlines. An assumption, and said so wherever a plan rests on it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["ELSEWHERE_METRES", "KECAMATAN_METRES", "KELURAHAN_METRES", "OFFICE_METRES", "metres_by_names"]

# By the way, from door to door: in one kelurahan, in one kecamatan, from one kecamatan to another, from the office.
KELURAHAN_METRES, KECAMATAN_METRES, ELSEWHERE_METRES, OFFICE_METRES = 1_500, 4_000, 8_000, 6_000
# "64.71.05" is a kecamatan, "64.71.05.1002" a kelurahan.
_KECAMATAN = 8


def metres_by_names(areas: Sequence[str]) -> NDArray[np.int64]:
    """Square, whole metres; row 0 is the office. areas: codes of a kelurahan or only a kecamatan, "" for neither known."""
    codes = np.array(areas, dtype="U13")
    kecamatan = codes.astype(f"U{_KECAMATAN}")
    known = codes != ""
    one_kecamatan = (kecamatan[:, None] == kecamatan[None, :]) & known[:, None] & known[None, :]
    whole = np.char.str_len(codes) > _KECAMATAN
    one_kelurahan = (codes[:, None] == codes[None, :]) & whole[:, None]
    metres = np.where(one_kecamatan, KECAMATAN_METRES, ELSEWHERE_METRES)
    metres = np.where(one_kelurahan, KELURAHAN_METRES, metres).astype(np.int64)
    metres[0, :] = metres[:, 0] = OFFICE_METRES
    np.fill_diagonal(metres, 0)
    return metres
