"""Invented words in the shapes of Indonesian names: for places, streets, firms and cooperatives of the demo.

In: a random source. Out: words that belong to nobody. The coined ones are put together from syllables; only the plain
words of every day (Karya, Mitra, Sumber) are real, and none of them stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

__all__ = ["COINED", "FIRM_WORDS", "GIVEN_NAMES", "PLAIN", "SHORT", "pick"]

T = TypeVar("T")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STARTS = _words(
    "Bra Can Dar Gal Han Jal Kar Lam Man Nar Pal Ras Sam Tal Wir Bel Cer Gem Kel Lem Mer Pel Sel Ter Wen Bin Dil Kir "
    "Lin Mir Pin Rin Sir Tir Bun Dur Gul Jun Kul Lun Mun Pul Run Sul Tun"
)
_MIDDLES = _words("a i u an ar en in un")
_ENDS = _words(
    "dasa bara cita daya gama jana kala lara maya nata pala raksa sana tara waka duri geni kili luhi muni riti sili tuni "
    "boro doko goto jolo lowo rono"
)

# Two parts ("Lambara") for streets and places, three ("Lamandasa") where many different ones are needed.
SHORT: tuple[str, ...] = tuple(start + end for start in _STARTS for end in _ENDS)
COINED: tuple[str, ...] = SHORT + tuple(
    start + middle + end for start in _STARTS for middle in _MIDDLES for end in _ENDS
)
PLAIN: tuple[str, ...] = _words(
    "Karya Mitra Sumber Maju Bina Usaha Tunas Cahaya Sinar Citra Bhakti Setia Sejati Rukun Guyub Makmur Sentosa Sejahtera "
    "Mandiri Bersama Harapan Surya Mulya Warga Artha Dana Griya Graha Bangun Putra Putri Wahana Prima Utama Abadi Jaya "
    "Lestari Murni Amanah Barokah Berkah Hidayah Ikhlas Tulus Teguh Tekun Rejeki Subur Tani Bahari Samudra Rimba Mekar "
    "Melati Kenanga Cempaka Dahlia Anggrek Flamboyan"
)
FIRM_WORDS: tuple[str, ...] = _words(
    "Niaga Energi Tambang Logistik Medika Pangan Teknik Konstruksi Marina Perkasa Persada Internasional"
)
GIVEN_NAMES: tuple[str, ...] = _words(
    "Adi Agus Ani Bambang Citra Dedi Dewi Eko Endang Fitri Hadi Indah Joko Kartini Lestari Made Nani Oka Putu Rina Slamet "
    "Tuti Umi Wahyu Yanti"
)


def pick(rng: Random, choices: Sequence[T]) -> T:
    """One of `choices`, each as likely; faster than `Random.choice`."""
    return choices[int(rng.random() * len(choices))]
