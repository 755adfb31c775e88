"""The whole demo: Kota Contoh, its edition of 601 rows, and visits that lead to the published result on 24 October 2025.

In: a seed. Out: `Demo`, ready to be written to files or loaded through the same actions as anybody's data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from random import Random
from typing import Final

from telusur.demo.city import City, Village, make_city
from telusur.demo.coined import COINED, PLAIN, pick
from telusur.demo.edition import make_placed_rows
from telusur.demo.published import RECORDED, assign_codes
from telusur.demo.rows import HEADER, Row
from telusur.demo.sheet_rows import SheetVisit
from telusur.demo.visits import OFFICERS, Target, make_monitoring, make_visits
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import Evidence, Finding, Informant

__all__ = ["AS_OF", "HOLDS_UNTIL", "OFFICERS", "ROUND_NAME", "Demo", "Hold", "make_demo"]

AS_OF: Final = date(2025, 10, 24)
# The last day on which the counts are the published ones: the business seen from 1 April 2026 is then 12 months old.
HOLDS_UNTIL: Final = date(2027, 4, 1)
ROUND_NAME: Final = "Penelusuran 2025"
_NIK_KOPERASI = HEADER.index("Nomor Induk Koperasi (NIK)")
_OUTSIDE_DAYS: Final = (date(2025, 9, 11), date(2025, 9, 24), date(2025, 10, 7), date(2025, 10, 15))
_HOLDS: Final = (
    (Code.OWN_DISSOLUTION, date(2025, 10, 2), "simpanan anggota belum dikembalikan"),
    (Code.DORMANT_WANTS_REVIVAL, date(2025, 10, 9), "pinjaman bank belum lunas"),
)


@dataclass(frozen=True, slots=True)
class Hold:
    """What stands beside a code without freezing it: a fact of kind `hold` whose value is {"freezes": False, "why": why}."""

    nik_koperasi: str
    on: date
    why: str
    freezes: bool = False


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that the demo loads.

    rows: the edition as of `AS_OF`, in `HEADER`'s order. visits: the round's sheet, outside finds (without a
    NIK) among them. monitoring: a second sheet, of spring 2026. codes: what each row's code must be, by NIK koperasi,
    from `AS_OF` to `HOLDS_UNTIL`. villages: where each row truly lies (a kelurahan's code), by NIK koperasi.
    """

    city: City
    rows: Sequence[Row]
    visits: Sequence[SheetVisit]
    monitoring: Sequence[SheetVisit]
    holds: Sequence[Hold]
    codes: Mapping[str, Code]
    villages: Mapping[str, str]


def make_demo(seed: int) -> Demo:
    """The demo of a seed. With the round's `visits` alone the counts hold until 30 June 2026, with `monitoring` longer."""
    placed = list(make_placed_rows(seed, RECORDED, as_of=AS_OF))
    rng = Random(f"demo {seed}")
    codes = assign_codes(rng, placed)
    targets = [Target(row, village, code) for (row, village), code in zip(placed, codes, strict=True)]
    visits = make_visits(rng, targets)
    monitoring = make_monitoring(rng, targets, visits)
    return Demo(
        city=make_city(seed),
        rows=[row for row, _ in placed],
        visits=sorted([*visits, *_outside(rng, [village for _, village in placed])], key=lambda visit: visit.on),
        monitoring=monitoring,
        holds=_holds(targets),
        codes={target.row[_NIK_KOPERASI]: target.code for target in targets},
        villages={target.row[_NIK_KOPERASI]: target.village.code for target in targets},
    )


def _outside(rng: Random, villages: Sequence[Village]) -> list[SheetVisit]:
    """Four cooperatives found at work that the list does not have."""
    finds = []
    for number, on in enumerate(_OUTSIDE_DAYS):
        village = pick(rng, villages)
        finds.append(
            SheetVisit(
                nik_koperasi="",
                name=f"Koperasi Konsumen {pick(rng, PLAIN)} {pick(rng, COINED)}",
                on=on,
                at=time(9 + number, 30),
                officer=OFFICERS[number],
                attempt=1,
                finding=Finding.OPERATING,
                informants=(Informant.BOARD,),
                photo=Evidence.GEOTAGGED_PHOTO,
                note="papan nama terpasang; tidak ada di daftar",
                address=f"Jl. {pick(rng, village.streets)} No.{10 + number * 7}",
                kelurahan=village.name,
            )
        )
    return finds


def _holds(targets: Sequence[Target]) -> list[Hold]:
    """One hold for the first row of each code named."""
    first: dict[Code, Target] = {}
    for target in targets:
        first.setdefault(target.code, target)
    return [Hold(first[code].row[_NIK_KOPERASI], on, why) for code, on, why in _HOLDS]
