"""A stated kelurahan that is no name of the regency as it stands, read as the one near name of its kecamatan.

Pure. In: the column's text and the names. Out: an area or None. Source of the limits: bench/locating.py, kind (c).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from telusur.addresses.rules.mention import NameTable
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.areas.rules.spelling import Variant, keys_of, variants_of

__all__ = ["nearest_in_kecamatan"]

_SHORTEST: Final = 3
_FAR: Final = 6
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
    scored: dict[str, tuple[int, int, AreaName]] = {}
    for variant in variants:
        keys = keys_of(variant.text)
        for form in keys.folded:
            if len(form) < _SHORTEST or form.isdigit():
                continue
            for name in table.near(kecamatan_code):
                # A name with another mark ("Timur", "II") is another name unless the mark itself is misspelt.
                distance = name.distance(form, keys.compact, _FAR) + len(keys.marks ^ name.marks)
                area = name.entry.area
                if area.code not in scored or scored[area.code][0] > distance:
                    scored[area.code] = (distance, len(form), area)
    ranked = sorted(scored.values(), key=lambda one: one[0])
    if not ranked or ranked[0][0] > _limit(ranked[0][1]):
        return None
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 1:
        return None
    holding = gazetteer.holding(ranked[0][2], on)
    return holding[0] if len(holding) == 1 else None


def _limit(length: int) -> int:
    return 1 if length < 6 else 2 if length < 9 else 3
