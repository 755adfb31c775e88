"""The outcome that the demo's round must have, and which row gets which code.

In: the rows with their true kelurahan. Out: a code a row, in exactly the published counts: 601 recorded, 225 located, 338
not found, 38 not attempted; 109 in business, 76 of them with RAT. Rows that report are likelier found, kelurahan differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from telusur.demo.city import Village
from telusur.demo.rows import HEADER, Row
from telusur.rounds.rules.codes import Code

__all__ = ["PUBLISHED", "RECORDED", "assign_codes"]

# The figures of October 2025; how the 116 and the 338 divide was never published and is invented.
PUBLISHED: Final[dict[Code, int]] = {
    Code.ACTIVE_WITH_MEETING: 76,
    Code.ACTIVE_MEETING_OVERDUE: 33,
    Code.DORMANT_WANTS_REVIVAL: 41,
    Code.DORMANT_NO_BOARD: 33,
    Code.OWN_DISSOLUTION: 6,
    Code.WITHHELD: 14,
    Code.PAPERS_PENDING: 22,
    Code.ADDRESS_UNIDENTIFIED: 71,
    Code.OTHER_OCCUPANT: 96,
    Code.EMPTY_OR_DEMOLISHED: 52,
    Code.NOBODY_PRESENT: 38,
    Code.MOVED_UNKNOWN: 49,
    Code.UNREACHABLE: 7,
    Code.SAID_DISSOLVED: 25,
    Code.NOT_ATTEMPTED: 38,
}
RECORDED: Final = sum(PUBLISHED.values())
_MEETING, _ADDRESS = HEADER.index("Tanggal RAT Terakhir"), HEADER.index("Alamat")
_MEMBERS, _FOUNDED = HEADER.index("Total Anggota"), HEADER.index("Tanggal Badan Hukum Pendirian")
_ACTIVE = (Code.ACTIVE_WITH_MEETING, Code.ACTIVE_MEETING_OVERDUE)
_OTHER = (
    Code.DORMANT_WANTS_REVIVAL,
    Code.DORMANT_NO_BOARD,
    Code.OWN_DISSOLUTION,
    Code.WITHHELD,
    Code.PAPERS_PENDING,
)
_ABSENT = (
    Code.OTHER_OCCUPANT,
    Code.EMPTY_OR_DEMOLISHED,
    Code.NOBODY_PRESENT,
    Code.MOVED_UNKNOWN,
    Code.UNREACHABLE,
    Code.SAID_DISSOLVED,
)
_UNVISITED_VILLAGES = 5
# A cooperative whose first book year is still open would be 130, a code that nothing was published about.
_FOUNDED_BY = 2024


def assign_codes(rng: Random, rows: Sequence[tuple[Row, Village]]) -> list[Code]:
    """The code that each row's visits shall lead to. Raises ValueError unless there are 601 rows."""
    if len(rows) != RECORDED:
        raise ValueError(f"the published result needs {RECORDED} rows, not {len(rows)}")
    luck = {village: rng.gauss(0.0, 0.9) for village in dict.fromkeys(village.code for _, village in rows)}
    codes: dict[int, Code] = dict.fromkeys(_unvisited(rng, rows), Code.NOT_ATTEMPTED)
    left = [at for at in range(len(rows)) if at not in codes]
    left.sort(key=lambda at: _found_score(rng, rows[at], luck), reverse=True)
    located_count = sum(PUBLISHED[code] for code in (*_ACTIVE, *_OTHER))
    located, absent = left[:located_count], left[located_count:]

    located.sort(key=lambda at: _active_score(rng, rows[at][0]), reverse=True)
    active_count = sum(PUBLISHED[code] for code in _ACTIVE)
    active = sorted(located[:active_count], key=lambda at: _meeting_score(rng, rows[at][0]), reverse=True)
    codes.update(_share_out(active, _ACTIVE))
    codes.update(_share_out(_shuffled(rng, located[active_count:]), _OTHER))

    absent.sort(key=lambda at: _address_score(rng, rows[at][0]))
    unidentified = PUBLISHED[Code.ADDRESS_UNIDENTIFIED]
    codes.update(dict.fromkeys(absent[:unidentified], Code.ADDRESS_UNIDENTIFIED))
    codes.update(_share_out(_shuffled(rng, absent[unidentified:]), _ABSENT))
    return [codes[at] for at in range(len(rows))]


def _unvisited(rng: Random, rows: Sequence[tuple[Row, Village]]) -> list[int]:
    """The rows that nobody went to: two in three of them in a few kelurahan that the round did not get to the end of."""
    wanted = PUBLISHED[Code.NOT_ATTEMPTED]
    late = set(sorted(sorted({village.code for _, village in rows}), key=lambda _: rng.random())[:_UNVISITED_VILLAGES])
    order = _shuffled(rng, list(range(len(rows))))
    inside = [at for at in order if rows[at][1].code in late][: wanted * 2 // 3]
    outside = [at for at in order if rows[at][1].code not in late]
    return inside + outside[: wanted - len(inside)]


def _found_score(rng: Random, placed: tuple[Row, Village], luck: dict[str, float]) -> float:
    row, village = placed
    reports = 1.6 if row[_MEETING].strip() else 0.0
    return luck[village.code] + reports + (0.4 if len(row[_ADDRESS]) > 25 else 0.0) + rng.gauss(0.0, 1.0)


def _active_score(rng: Random, row: Row) -> float:
    if int(row[_FOUNDED][-4:]) > _FOUNDED_BY:
        return -100.0
    return (
        (1.8 if row[_MEETING].endswith("2025") else 0.0) + (0.6 if row[_MEMBERS] != "0" else 0.0) + rng.gauss(0.0, 1.0)
    )


def _meeting_score(rng: Random, row: Row) -> float:
    return (2.0 if row[_MEETING].endswith("2025") else 0.0) + rng.gauss(0.0, 1.0)


def _address_score(rng: Random, row: Row) -> float:
    return min(len(row[_ADDRESS]), 30) / 10 + rng.gauss(0.0, 0.8)


def _shuffled(rng: Random, places: Sequence[int]) -> list[int]:
    return sorted(places, key=lambda _: rng.random())


def _share_out(places: Sequence[int], codes: Sequence[Code]) -> dict[int, Code]:
    """The first places get the first code as often as was published, the next ones the next."""
    cards = [code for code in codes for _ in range(PUBLISHED[code])]
    return dict(zip(places, cards, strict=True))
