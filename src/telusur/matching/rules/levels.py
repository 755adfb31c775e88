"""The lines of a score and their levels: what each is called, and what a comparison of many pairs gives. Pure; arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.name_levels import NAME_LABELS
from telusur.matching.rules.schema import FieldKind

__all__ = ["LABELS", "Compared", "Comparison"]

Levels = npt.NDArray[np.int8]

_WORDS: Final = (
    "sama", "kata sama, susunan lain", "singkatan", "hampir sama", "sangat mirip", "mirip", "agak mirip",
    "sebagian besar sama", "sebagian sama", "sedikit sama", "lain",
)  # fmt: skip
LABELS: Final[dict[str, Sequence[str]]] = {
    "text": _WORDS,
    **dict.fromkeys(("name", "organisation", "cooperative"), NAME_LABELS),
    "digits": ("angka sama", "angka hanya di satu pihak", "angka lain"),
    "codes": ("kode model sama", "kode model mirip", "kode model lain"),
    "street": ("jalan sama", "ejaan jalan mirip", "jalan lain"),
    "house": ("nomor rumah sama", "nomor rumah beririsan", "nomor rumah lain"),
    "rt": ("RT sama", "RT sama, RW lain", "RT lain"),
    "block": ("blok sama", "blok lain"),
    "kind": ("jenis sama", "jenis sebagian sama", "jenis lain"),
    "legal_number": (
        "nomor sama", "nomor urut dan tahun sama", "nomor urut sama", "satu angka beda", "pendirian dan perubahan",
        "nomor lain",
    ),
    "series": ("seri dan pemberi sama", "seri sama, pemberi lain", "seri lain"),
    "date": ("tanggal sama", "tanggal hampir sama", "bulan dan tahun sama", "tahun sama", "selisih setahun", "tanggal lain"),
    "code": ("kode sama", "satu karakter beda", "kode lain"),
    "number": ("angka sama", "selisih ≤ 2 %", "selisih ≤ 10 %", "selisih ≤ 30 %", "angka lain"),
    "place": ("tempat sama", "ejaan tempat mirip", "tempat lain"),
    "near": ("bertetangga", "tidak bertetangga"),
    "category": ("golongan sama", "golongan lain"),
}  # fmt: skip


class Comparison(NamedTuple):
    """One line of a score. name: the field's, or "field:digits", "field:kind", "field:apart". labels: see LABELS.

    alone: what a single row adds to a value's share, where the match's own row is counted in it; 0 where it is not.
    within: asked only of pairs that agree in the field as a whole, so that chance is what strangers show among those.
    beside: of a place, beside what it is weighed on this line (see `implied`); "" for the plain line.
    """

    name: str
    field: str
    labels: str
    kind: FieldKind
    alone: float = 0.0
    beside: str = ""
    within: bool = False

    @property
    def level_count(self) -> int:
        return len(LABELS[self.labels])


class Compared(NamedTuple):
    """Pairs × comparisons. levels: -1 where a side states nothing. chance: that a random row agrees in the very value, or in
    the words, in which these two do; NaN where that is not known."""

    levels: Levels
    chance: npt.NDArray[np.float32]
