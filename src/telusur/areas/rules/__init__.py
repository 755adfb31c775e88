"""The pure rules of areas: read names and codes as lists write them, read boundary and crosswalk files, check changes.

In: frozen values and text. Out: `Resolution`, parsed rows, `Refusal`. No table, file or clock is touched here.
"""

from __future__ import annotations

from telusur.areas.rules.codes import learn_ods_crosswalk
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AliasName, AreaName, CrosswalkLine, Resolution

__all__ = ["AliasName", "AreaName", "CrosswalkLine", "Gazetteer", "Resolution", "learn_ods_crosswalk"]
