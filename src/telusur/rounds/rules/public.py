"""What the public may read of a row's disposition: careful words by its group, and never after a single failed visit.

Pure. In: the code and on how many different days somebody looked. Out: what the look-up page says. Source: promises 3
and 7 (not found is not dead; people are protected): no code, no reason, no officer, no informant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from telusur.rounds.rules.codes import Code, Group

__all__ = ["LEAST_DAYS", "PUBLIC_WORDS", "PublicCount", "PublicFinding", "days_looked", "public_finding"]

# The article: nothing of "not found" is published before somebody looked on this many days.
LEAST_DAYS = "house.not_found_attempts"


class PublicFinding(StrEnum):
    """What is published of one cooperative."""

    ACTIVE = "active"
    FOUND = "found"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    BEING_TRACED = "being_traced"
    NOT_VISITED = "not_visited"


PUBLIC_WORDS: Mapping[PublicFinding, str] = {
    PublicFinding.ACTIVE: "Ditemukan; usahanya berjalan",
    PublicFinding.FOUND: "Ditemukan; kegiatan usahanya belum terbukti",
    PublicFinding.NOT_FOUND: "Belum ditemukan di alamat terdaftar; keadaannya tidak diketahui",
    PublicFinding.OUT_OF_SCOPE: "Di luar cakupan penelusuran ini",
    PublicFinding.BEING_TRACED: "Sedang ditelusuri",
    PublicFinding.NOT_VISITED: "Belum dikunjungi",
}
_BY_GROUP: Mapping[Group, PublicFinding] = {
    Group.LOCATED_ACTIVE: PublicFinding.ACTIVE,
    Group.LOCATED_OTHER: PublicFinding.FOUND,
    Group.NOT_LOCATED: PublicFinding.NOT_FOUND,
    Group.OUT_OF_SCOPE: PublicFinding.OUT_OF_SCOPE,
    Group.NOT_FINAL: PublicFinding.BEING_TRACED,
}


def days_looked(reasons: Sequence[Mapping[str, object]]) -> int:
    """On how many days somebody looked, as the reasons of a not-located code state it; 0 where they do not."""
    for reason in reasons:
        values = reason.get("values")
        if reason.get("code") == "attempts_made" and isinstance(values, Mapping):
            days = str(values.get("days", ""))
            return int(days) if days.isdigit() else 0
    return 0


def public_finding(code: Code | None, days: int, least_days: int) -> PublicFinding:
    """What may be published. `code` None: no round has derived it. `days`: see `days_looked`; least_days: `LEAST_DAYS`."""
    if code is None or code is Code.NOT_ATTEMPTED:
        return PublicFinding.NOT_VISITED
    if code.group is Group.NOT_LOCATED and days < least_days:
        return PublicFinding.BEING_TRACED
    return _BY_GROUP[code.group]


class PublicCount(NamedTuple):
    """Rows that the office has not found, how many of them the public pages call so, and on how many days it takes."""

    missing: int
    told: int
    days: int
