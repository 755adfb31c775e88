"""The areas as plain rows, so that another process can build the same resolver without a database.

Pure. In: rows of codes, names and days. Out: a `Gazetteer`. Rows and not values, since they cross a pipe.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AliasName, AreaName, CrosswalkLine
from telusur.words.area_code import AreaLevel, CodeSystem

__all__ = ["GazetteerSource", "build_gazetteer"]


class GazetteerSource(NamedTuple):
    """areas: code, name, parent, level, valid from, valid to. aliases: spelling, code, confidence, source.

    crosswalk: system, code, Kemendagri code, share, source.
    """

    areas: Sequence[tuple[str, str, str, str, date | None, date | None]]
    aliases: Sequence[tuple[str, str, float, str]]
    crosswalk: Sequence[tuple[str, str, str, float | None, str]]


def build_gazetteer(source: GazetteerSource) -> Gazetteer:
    """The resolver over these rows."""
    levels = {level.value: level for level in AreaLevel}
    systems = {system.value: system for system in CodeSystem}
    return Gazetteer(
        [
            AreaName(code, name, parent, levels[level], begun, ended)
            for code, name, parent, level, begun, ended in source.areas
        ],
        [AliasName(*row) for row in source.aliases],
        [
            CrosswalkLine(systems[system], code, to_code, share, origin)
            for system, code, to_code, share, origin in source.crosswalk
        ],
    )
