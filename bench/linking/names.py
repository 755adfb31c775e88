"""Names of invented cooperatives as ambiguous as real ones: words in the measured frequencies, kinds in the measured shares.

In: a random source, the places at hand. Out: kind words and proper name. The demo's own names each hold a word of their own
(doubles within a regency 1.3 %); among 77,725 real ones 7.8 % are doubles and a third hold no word that is rare. Figures
only, no row: shares of words by rank, of lengths and of kinds. Words: those of every day, and coined ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from random import Random
from typing import Final

from telusur.demo.coined import COINED, PLAIN, SHORT

__all__ = ["KINDS", "NameSource"]

# (forms in which the kind is written, share)
KINDS: Final[tuple[tuple[tuple[str, ...], float], ...]] = (
    (("Koperasi", "Kop.", "Kop"), 0.20),
    (("Koperasi Serba Usaha", "KSU", "Kop. Serba Usaha", "K.S.U."), 0.155),
    (("Koperasi Wanita", "Kopwan", "Kop. Wanita", "KOPWAN"), 0.08),
    (("Koperasi Simpan Pinjam", "KSP", "Kop. Simpan Pinjam", "KOP SP"), 0.075),
    (("Koperasi Pegawai Negeri", "KPN", "KP-N", "Kop. Pegawai Negeri"), 0.063),
    (("Koperasi Konsumen", "Kop. Konsumen"), 0.05),
    (("Koperasi Karyawan", "Kopkar", "Kop. Karyawan", "KOPKAR"), 0.047),
    (("Koperasi Produsen", "Kop. Produsen"), 0.042),
    (("Koperasi Unit Desa", "KUD", "K U D"), 0.036),
    (("Koperasi Pegawai Republik Indonesia", "KPRI", "KP-RI", "KPRI."), 0.03),
    (("Koperasi Jasa", "Kop. Jasa"), 0.025),
    (("Koperasi Pertanian", "Koptan", "Koperasi Tani"), 0.024),
    (("Koperasi Simpan Pinjam dan Pembiayaan Syariah", "KSPPS", "KSPPS BMT"), 0.018),
    (("Koperasi Pondok Pesantren", "Kopontren", "Koppontren"), 0.017),
    (("Koperasi Pemasaran", "Kop. Pemasaran"), 0.009),
    (("Koperasi Nelayan", "Kop. Nelayan", "Koperasi Perikanan"), 0.009),
    (("Primer Koperasi", "Primkop", "Primkopad"), 0.007),
    (("Koperasi Pasar", "Koppas", "Koperasi Pedagang Pasar"), 0.007),
)
# Rank of a word and its share of the names, between which the curve is drawn on paper with logarithms on both sides.
_CURVE: Final = (
    (1, 0.0912), (2, 0.0793), (5, 0.0415), (10, 0.0215), (20, 0.0108), (50, 0.0053), (100, 0.0030), (200, 0.0016),
    (500, 0.00062), (1_000, 0.00026), (2_000, 0.00012), (5_000, 0.00004), (20_000, 0.00001),
)  # fmt: skip
_LENGTHS: Final = ((1, 0.185), (2, 0.36), (3, 0.315), (4, 0.085), (5, 0.035), (6, 0.02))
_RANKED: Final = (
    "Sejahtera Mandiri Jaya Karya Bersama Makmur Usaha Mitra Bina Maju Abadi Lestari Tani Harapan Sumber Berkah Artha Mekar "
    "Amanah Sinar Indah Sari Tunas Barokah Utama Bhakti Warga Cahaya Putra Surya Mulya Melati Citra Baru"
)
_BY_RANK: Final = _RANKED.split()
_OFTEN_LAST: Final = "Sejahtera Mandiri Jaya Bersama Makmur Abadi Lestari Indah Utama Sari Baru Barokah Sejati"
_LAST: Final = frozenset(_OFTEN_LAST.split())
_PLACED_SHARE: Final = 0.17
# Names of common words only, so that the shares of doubles and of names without a rare word are the measured ones.
_PLAIN_SHARE: Final = 0.28
_FROM_NOT_PLAIN: Final = 4
_PLAIN_WORDS: Final = 90
_OWN_SHARE: Final = 0.46


class NameSource:
    """Draws names; the same random source gives the same names."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._words = [*_BY_RANK, *(word for word in PLAIN if word not in _BY_RANK)]
        middle = list(SHORT)
        rng.shuffle(middle)
        coined = [word for word in COINED if word not in set(SHORT)]
        rng.shuffle(coined)
        self._words += [*middle, *coined]
        self._coined = coined
        self._weights = list(accumulate(_share(rank) for rank in range(1, len(self._words) + 1)))
        self._kinds = list(accumulate(share for _, share in KINDS))
        self._lengths = list(accumulate(share for _, share in _LENGTHS))

    def kind(self) -> int:
        """The number of a kind in `KINDS`."""
        return self._rng.choices(range(len(KINDS)), cum_weights=self._kinds)[0]

    def proper(self, village: str, kecamatan: str) -> list[str]:
        """The words of a proper name; of six, one holds the place's name."""
        rng = self._rng
        length = rng.choices([count for count, _ in _LENGTHS], cum_weights=self._lengths)[0]
        plain = length < _FROM_NOT_PLAIN and rng.random() < _PLAIN_SHARE
        words: list[str] = []
        while len(words) < length:
            word = (
                self._words[rng.choices(range(_PLAIN_WORDS), cum_weights=self._weights[:_PLAIN_WORDS])[0]]
                if plain
                else self.word()
            )
            if word not in words:
                words.append(word)
        if plain:
            return sorted(words, key=lambda word: word in _LAST)
        if rng.random() < _OWN_SHARE:
            words[0] = self._own_word()
        if length > 1 and rng.random() < _PLACED_SHARE:
            words[0 if rng.random() < 0.4 else -1] = village if rng.random() < 0.75 else kecamatan
        return sorted(words, key=lambda word: word in _LAST)

    def _own_word(self) -> str:
        """A word that no other name has, or hardly one: two coined ones in one."""
        one, two = (self._coined[int(self._rng.random() * len(self._coined))] for _ in range(2))
        return one[: 4 + int(self._rng.random() * 4)] + two[-4:].lower()

    def word(self, most: int | None = None) -> str:
        """One word of the `most` common ones (None: of all), common ones more often."""
        return self._rng.choices(self._words[:most], cum_weights=self._weights[:most])[0]

    def look_alike(self, words: Sequence[str]) -> list[str]:
        """Another cooperative's name with all words but one of this: a neighbour that a matcher takes for it."""
        changed = list(words)
        if len(changed) == 1 or self._rng.random() < 0.4:
            changed.insert(self._rng.randrange(len(changed) + 1), self.word())
        else:
            changed[self._rng.randrange(len(changed))] = self.word()
        return changed


def _share(rank: int) -> float:
    for (low, one), (high, two) in pairwise(_CURVE):
        if rank <= high:
            way = (math.log(rank) - math.log(low)) / (math.log(high) - math.log(low))
            return math.exp(math.log(one) + way * (math.log(two) - math.log(one)))
    return _CURVE[-1][1]
