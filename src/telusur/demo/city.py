"""Kota Contoh: an invented city with its areas, polygons and codes; and as many invented regencies as a big list needs.

In: a seed. Out: `City` (area rows, the registry's own codes as a crosswalk) and `Regency` values for the rows' maker.
Codes have Kemendagri's shape under provinces that do not exist; the registry (ODS) numbers kecamatan differently on purpose.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from telusur.areas.rules.places import AreaRow, CrosswalkLine
from telusur.demo.coined import COINED, PLAIN, SHORT, pick
from telusur.demo.shapes import Ring, make_shapes
from telusur.words.area_code import AreaLevel, CodeSystem

__all__ = ["SOURCE", "City", "Regency", "Village", "make_city", "regency_at"]

SOURCE: Final = "kota contoh (rekaan)"


@dataclass(frozen=True, slots=True)
class Village:
    """A kelurahan. `code`: Kemendagri's shape. `ods_kecamatan`, `ods_part`: three digits each, inside a NIK koperasi.

    older_kecamatan: what the kecamatan was part of before a split, "" without one. weight: how many cooperatives lie here,
    relative to other villages.
    """

    code: str
    name: str
    kecamatan: str
    ods_kecamatan: str
    ods_part: str
    older_kecamatan: str
    weight: float
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regency:
    """A kabupaten or kota. `ods`: the first four digits of its NIK koperasi. `office`: how its numbers name the office."""

    name: str
    provinsi: str
    code: str
    ods: str
    office: str
    villages: tuple[Village, ...]
    ods_kecamatan: dict[str, str]


@dataclass(frozen=True, slots=True)
class City:
    """The demo city. `areas`: wide to narrow, ready to be loaded. `crosswalk`: the registry's codes, named as its own."""

    regency: Regency
    areas: tuple[AreaRow, ...]
    crosswalk: tuple[CrosswalkLine, ...]


@dataclass(frozen=True, slots=True)
class _District:
    name: str
    middle: tuple[float, float]
    ods: str
    weight: float
    villages: tuple[str, ...]


# In Kemendagri's order (01 to 06); the registry's order is another one.
_DISTRICTS: Final = (
    _District(
        "Contoh Utara",
        (0.50, 0.82),
        "040",
        0.8,
        ("Bukit Sirna", "Gunung Perca", "Gunung Perca Baru", "Hulu Lamba", "Rimba Mukti"),
    ),
    _District(
        "Contoh Selatan",
        (0.70, 0.32),
        "050",
        1.5,
        ("Damar Ilir", "Damar Ulu", "Kampung Layar", "Pasir Gading", "Rawa Sepat", "Sungai Tirta", "Sungai Tirta Raya"),
    ),
    _District(
        "Contoh Barat",
        (0.17, 0.50),
        "010",
        1.0,
        ("Kariwangi", "Layang Baru", "Layang Tengah", "Layang Ulu", "Marga Rupa", "Muara Tenang"),
    ),
    _District("Contoh Timur", (0.88, 0.55), "020", 0.7, ("Lamunan", "Teluk Manggis", "Teluk Manggis Baru", "Tirisan")),
    _District(
        "Contoh Tengah",
        (0.55, 0.55),
        "030",
        1.1,
        ("Gunung Sela Ilir", "Gunung Sela Ulu", "Karang Sentul", "Karang Wuni", "Mekar Jingga", "Sumber Lirih"),
    ),
    _District(
        "Contoh Kota",
        (0.27, 0.24),
        "060",
        1.6,
        ("Alun Permai", "Klandara Ilir", "Klandara Ulu", "Pelita Damai", "Prapanca", "Telaga Wening"),
    ),
)
_SPLIT: Final = {"Contoh Kota": "Contoh Selatan"}
# Two digits that no province has.
_PROVINCE_CODES: Final = (99, 98, 90, 89, 88, 87, 86, 85, 84, 83, 80, 79, 78, 77, 70, 69, 68, 67, 66, 60)
_STREETS_IN_THE_CITY, _STREETS_ELSEWHERE = 24, 8
_OFFICES: Final = ("DISKOP.IV", "DISKOP", "DPPK.III", "DISPERINDAGKOP", "DKUKM.2", "KOP.UKM")


def _streets(rng: Random, count: int) -> tuple[str, ...]:
    """Two words or an initial and a word, at least nine letters."""
    made: list[str] = []
    while len(made) < count:
        roll, word = rng.random(), pick(rng, SHORT)
        if roll < 0.5:
            made.append(f"{word} {pick(rng, PLAIN)}")
        elif roll < 0.75:
            made.append(f"{'RSKMAH'[int(roll * 1000) % 6]}. {word} {pick(rng, SHORT)}")
        else:
            made.append(f"{pick(rng, PLAIN)} {word}")
    return tuple(made)


@lru_cache(maxsize=4)
def _demo_regency(seed: int) -> Regency:
    rng = Random(f"kota contoh {seed}")
    villages = []
    for number, district in enumerate(_DISTRICTS, start=1):
        for place, name in enumerate(district.villages):
            villages.append(
                Village(
                    code=f"99.01.{number:02}.{1001 + place}",
                    name=name,
                    kecamatan=district.name,
                    ods_kecamatan=district.ods,
                    # Part 010 is the registry's bucket for "not known"; named villages follow in alphabetical order.
                    ods_part=f"{20 + 10 * place:03}",
                    older_kecamatan=_SPLIT.get(district.name, ""),
                    weight=district.weight * rng.lognormvariate(0.0, 0.45),
                    streets=_streets(rng, _STREETS_IN_THE_CITY),
                )
            )
    ods = {district.name: district.ods for district in _DISTRICTS}
    return Regency("Kota Contoh", "Provinsi Contoh", "99.01", "9901", _OFFICES[0], tuple(villages), ods)


def regency_at(seed: int, number: int) -> Regency:
    """The invented regency `number`: 0 is Kota Contoh. Raises ValueError beyond 1,979, when codes run out."""
    if number == 0:
        return _demo_regency(seed)
    province, local = _PROVINCE_CODES[number % len(_PROVINCE_CODES)], 1 + number // len(_PROVINCE_CODES)
    if local > 99:
        raise ValueError("there are invented codes for 1,980 regencies")
    rng = Random(f"regency {seed} {number}")
    name = f"{'Kota' if number % 5 == 1 else 'Kabupaten'} {COINED[number * 61 % len(COINED)]}"
    provinsi = "Provinsi Contoh" if province == 99 else f"Provinsi {SHORT[province * 13]} Contoh"
    ods: dict[str, str] = {}
    villages: list[Village] = []
    for district in range(1, 4 + int(rng.random() * 6)):
        kecamatan = f"{pick(rng, COINED)} {('Barat', 'Timur', 'Utara', 'Selatan', 'Kota')[district % 5]}"
        older = villages[0].kecamatan if district == 3 else ""
        ods[kecamatan] = f"{district * 10:03}"
        names = sorted({pick(rng, COINED) for _ in range(4 + int(rng.random() * 8))})
        for place, village in enumerate(names):
            villages.append(
                Village(
                    code=f"{province}.{local:02}.{99 - district:02}.{2001 + place}",
                    name=village,
                    kecamatan=kecamatan,
                    ods_kecamatan=ods[kecamatan],
                    ods_part=f"{20 + place:03}",
                    older_kecamatan=older,
                    weight=rng.lognormvariate(0.0, 0.6),
                    streets=_streets(rng, _STREETS_ELSEWHERE),
                )
            )
    office = _OFFICES[number % len(_OFFICES)]
    return Regency(name, provinsi, f"{province}.{local:02}", f"{province}{local:02}", office, tuple(villages), ods)


def _geojson(rings: list[Ring]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": rings}, separators=(",", ":"))


def make_city(seed: int) -> City:
    """Kota Contoh: 6 kecamatan, 34 kelurahan, a polygon each that shares its borders exactly with those beside it."""
    regency = _demo_regency(seed)
    shapes = make_shapes(
        Random(f"shapes {seed}"),
        [district.middle for district in _DISTRICTS],
        [len(district.villages) for district in _DISTRICTS],
    )
    whole = _geojson(shapes.whole())
    areas = [
        AreaRow("99", AreaLevel.PROVINSI, "Provinsi Contoh", "", whole),
        AreaRow("99.01", AreaLevel.KABUPATEN_KOTA, "Kota Contoh", "99", whole),
    ]
    crosswalk = [CrosswalkLine(CodeSystem.ODS, "9901", "99.01", 1.0, SOURCE)]
    for number, district in enumerate(_DISTRICTS):
        code = f"99.01.{number + 1:02}"
        areas.append(AreaRow(code, AreaLevel.KECAMATAN, district.name, "99.01", _geojson(shapes.district(number))))
        crosswalk.append(CrosswalkLine(CodeSystem.ODS, f"9901{district.ods}", code, 1.0, SOURCE))
        for place, name in enumerate(district.villages):
            village = f"{code}.{1001 + place}"
            areas.append(AreaRow(village, AreaLevel.KELURAHAN, name, code, _geojson(shapes.part(number, place))))
            ods = f"9901{district.ods}{20 + 10 * place:03}"
            crosswalk.append(CrosswalkLine(CodeSystem.ODS, ods, village, 1.0, SOURCE))
    return City(regency, tuple(areas), tuple(crosswalk))
