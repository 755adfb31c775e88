"""A stated kelurahan that is no name of the regency as it stands, read as the one near name of its kecamatan.

Pure. In: the column's text and the names. Out: an area or None. Source of the limits: bench/locating.py, kind (c).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from telusur.addresses.rules.mention import NameTable, Near
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.areas.rules.spelling import Keys, Variant, keys_of, variants_of

__all__ = ["nearest_in_kecamatan"]

_SHORTEST: Final = 3
_FAR: Final = 6
# Of "Selatpanjang Kota, Barat, Selatan and Timur" the town's core is the one that is called by the bare name.
_CORE: Final = frozenset({"kota"})
# What a scanner makes of letters, where a letter stands beside the digit.
_LETTERS: Final = {"0": "o", "1": "l", "5": "s"}
_DIGITS: Final = re.compile(r"(?<=[^\W\d_])[015](?=[^\W\d_]|\b)|\b[015](?=[^\W\d_'])")


def nearest_in_kecamatan(
    text: str, gazetteer: Gazetteer, table: NameTable, kecamatan_code: str, on: date | None
) -> AreaName | None:
    """The one kelurahan of the kecamatan whose name is near; None when none or two are.

    Wider limits than for a name in a whole regency, since a kecamatan holds a dozen names.
    """
    text = _DIGITS.sub(lambda found: _LETTERS[found[0]], text)
    variants = variants_of(text, "kelurahan") or (Variant(text, 0),)
    scored: dict[str, tuple[int, int, Near]] = {}
    for variant in variants:
        keys = keys_of(variant.text)
        for form in keys.folded:
            if len(form) < _SHORTEST or form.isdigit():
                continue
            for name in table.near(kecamatan_code):
                distance = _distance(name, form, keys)
                code = name.entry.area.code
                if code not in scored or scored[code][0] > distance:
                    scored[code] = (distance, len(form), name)
    ranked = sorted(scored.values(), key=lambda one: one[0])
    if not ranked or ranked[0][0] > _limit(ranked[0][1]):
        return None
    nearest = [name for distance, _, name in ranked if distance == ranked[0][0]]
    if len(nearest) > 1:
        nearest = [name for name in nearest if name.marks == _CORE]
    if len(nearest) != 1:
        return None
    holding = gazetteer.holding(nearest[0].entry.area, on)
    return holding[0] if len(holding) == 1 else None


def _distance(name: Near, form: str, keys: Keys) -> int:
    """How many letters differ, and one for each mark: a name with another mark ("Timur", "II") is another name.

    Where the text has none at all, the marks may have been left out, which counts once.
    """
    distance = name.distance(form, keys.compact, _FAR) + len(keys.marks ^ name.marks)
    if keys.marks or not name.marks:
        return distance
    return min([distance, *(OSA.distance(form, stem, score_cutoff=_FAR) + 1 for stem in _stems(name.entry.spelling))])


@lru_cache(maxsize=4096)
def _stems(spelling: str) -> tuple[str, ...]:
    """The folded keys of a name without its marks; none where nothing but marks is in it."""
    words = [word for word in spelling.split() if not keys_of(word).marks]
    return tuple(form for form in keys_of(" ".join(words)).folded if len(form) >= _SHORTEST)


def _limit(length: int) -> int:
    return 1 if length < 6 else 2 if length < 9 else 3
