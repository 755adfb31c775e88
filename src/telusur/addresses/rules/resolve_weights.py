"""How much a name in an address says: the share of rows in which the kelurahan of that name was the right one. Data, pure.

Measured on one random half of the regencies (bench/locating.py, seed 4) of the national registry's list of 2021, where
the stated kecamatan holds a kelurahan of the name and the stated kelurahan resolves surely: 28,890 rows. Rounded down.
"""

from __future__ import annotations

from typing import Final

from telusur.addresses.rules.mention_words import Said

__all__ = [
    "AS_WIDER",
    "INSIDE",
    "LEAST",
    "MISSPELT",
    "OUTSIDE",
    "OVERRULED",
    "REPEATED",
    "SHORTENED",
    "WHOLE_AS_WIDER",
    "marked_factor",
]

# The stated kecamatan holds the kelurahan.
INSIDE: Final = {
    Said.VILLAGE: 0.98, Said.ALONE: 0.98, Said.PLAIN: 0.88, Said.BESIDE: 0.85, Said.HAMLET: 0.90,
    Said.ROAD_END: 0.70, Said.ROAD: 0.86, Said.PLACE: 0.81, Said.TRUNK: 0.60, Said.KECAMATAN: 0.02,
    Said.CITY: 0.02,
}  # fmt: skip
# As above, where a kecamatan or the regency has the same name: most people who write it mean the wider area.
AS_WIDER: Final = {
    Said.VILLAGE: 0.98, Said.ALONE: 0.58, Said.PLAIN: 0.60, Said.BESIDE: 0.48, Said.HAMLET: 0.85,
    Said.ROAD_END: 0.36, Said.ROAD: 0.62, Said.PLACE: 0.63, Said.TRUNK: 0.40, Said.KECAMATAN: 0.24,
    Said.CITY: 0.20,
}  # fmt: skip
# The address is that one name and nothing else.
WHOLE_AS_WIDER: Final = 0.90
# Said twice ("Ngronggot, Ngronggot"): once as the kelurahan.
REPEATED: Final = {
    Said.VILLAGE: 0.99, Said.ALONE: 0.95, Said.PLAIN: 0.78, Said.HAMLET: 0.95, Said.ROAD: 0.86, Said.KECAMATAN: 0.95,
}  # fmt: skip
# A wider area's name beside another kelurahan's of the same kecamatan is the wider area.
OVERRULED: Final = 0.03
# Another kecamatan than the stated one holds the kelurahan.
OUTSIDE: Final = {Said.VILLAGE: 0.89, Said.ALONE: 0.91}
# Nearly spelt, by how it is said.
MISSPELT: Final = {
    Said.VILLAGE: 0.96, Said.ALONE: 0.94, Said.HAMLET: 0.75, Said.PLAIN: 0.65, Said.ROAD: 0.75, Said.BESIDE: 0.6,
    Said.ROAD_END: 0.5, Said.PLACE: 0.6,
}  # fmt: skip
# People shorten "Gampong Drien" after "Desa", hardly ever in "Jl. … Singaraja", which is the town.
SHORTENED: Final = 0.4
_MARKED: Final = 0.9
# Below this nothing is answered.
LEAST: Final = 0.5


def marked_factor(marked: bool) -> float:
    """A word such as "Timur" follows the name."""
    return _MARKED if marked else 1.0
