"""The real addresses that `bench.locating` reads, each with its true kelurahan, and the two halves of the regencies.

In: the folder of real data beside the project (or LOCATING_DATA). Out: `Case`s. No row is kept.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import OSA

from telusur.areas.readers.package import rows as package_rows
from telusur.areas.rules.codes import learn_ods_crosswalk
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName

__all__ = [
    "DATA",
    "Case",
    "country",
    "halves",
    "misspelt_columns",
    "named_kind",
    "part_cases",
    "school_cases",
    "umkm_cases",
]

DATA: Final = Path(os.environ.get("LOCATING_DATA", Path(__file__).parents[2] / "shared" / "data"))
_WORDS: Final = re.compile(r"[a-z]+|[0-9]+")
# A column below this was not read as an official name, so it is no truth.
_SURE: Final = 0.95
_PREFIX: Final = 10


class Case(NamedTuple):
    """One address and the kelurahan that its row says. kind: "named", "misspelt" or "not" (see `named_kind`)."""

    address: str
    kelurahan: str
    kecamatan: str
    regency: str
    code: str
    kind: str


def country() -> Gazetteer:
    """Every area of the package, as the house ships it."""
    return Gazetteer(AreaName(row.code, row.name, row.parent, row.level) for row in package_rows())


def named_kind(address: str, name: str) -> str:
    """Whether a text holds a name: "named" where its words, run together, spell it; "misspelt" where they nearly do.

    Nearly: one letter of 5 to 8, two of 9 and more. Knows nothing of the resolver: no short forms, no other names, no
    place of the words. So "Jl. Melati" names a kelurahan Melati, and "Belawan" nearly names "Belawan I".
    """
    words = _WORDS.findall(address.lower())
    target = "".join(_WORDS.findall(name.lower()))
    limit = 0 if len(target) < 5 else 1 if len(target) < 9 else 2
    near = False
    for start in range(len(words)):
        run = ""
        for word in words[start:]:
            run += word
            if run == target:
                return "named"
            if len(run) > len(target) + limit:
                break
            near = near or (limit > 0 and OSA.distance(run, target, score_cutoff=limit) <= limit)
    return "misspelt" if near else "not"


def halves(gazetteer: Gazetteer, seed: int) -> frozenset[str]:
    """The codes of the regencies to tune on: one random half of those that the registry's list names."""
    listed = sorted({row["Kabupaten"] for row in _part()})
    drawn = random.Random(seed).sample(listed, len(listed) // 2)
    return frozenset(code for name in drawn if (code := gazetteer.regency(name).code) is not None)


def _part() -> Iterator[dict[str, str]]:
    with gzip.open(DATA / "ods" / "ods-2021-part.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {label: value.strip() for label, value in row.items() if label}


def part_cases(gazetteer: Gazetteer) -> list[Case]:
    """Rows of the registry's list that have an address and a kelurahan column that resolves surely in its kecamatan."""
    cases = []
    for row in _part():
        regency = gazetteer.regency(row["Kabupaten"]).code
        if not row["Alamat"] or regency is None:
            continue
        stated = row["Kelurahan / Desa"]
        read = gazetteer.kelurahan(stated, regency_code=regency, kecamatan_text=row["Kecamatan"])
        if read.code is None or read.confidence < _SURE:
            continue
        kind = named_kind(row["Alamat"], read.name)
        cases.append(Case(row["Alamat"], stated, row["Kecamatan"], row["Kabupaten"], read.code, kind))
    return cases


def misspelt_columns(gazetteer: Gazetteer) -> list[Case]:
    """Rows whose stated kelurahan is not the official name of the one that their number's first ten digits mean.

    What the digits mean is learnt from rows whose column is an official name (three rows and nine in ten at least).
    kind: "near" where at most three letters in ten and at most four differ, so that the column can mean that name.
    """
    rows = [row for row in _part() if len(row["Nomor Induk Koperasi (NIK)"]) == _PREFIX + 3]
    pairs = []
    for row in rows:
        regency = gazetteer.regency(row["Kabupaten"]).code
        if regency is None or not row["Kelurahan / Desa"]:
            continue
        read = gazetteer.kelurahan(row["Kelurahan / Desa"], regency_code=regency, kecamatan_text=row["Kecamatan"])
        if read.code is not None and read.confidence >= 1.0:
            pairs.append((row["Nomor Induk Koperasi (NIK)"], read.code))
    meant = {line.code: line.to_code for line in learn_ods_crosswalk(pairs)}
    cases = []
    for row in rows:
        code = meant.get(row["Nomor Induk Koperasi (NIK)"][:_PREFIX], "")
        area = gazetteer.area(code) if code else None
        stated = "".join(_WORDS.findall(row["Kelurahan / Desa"].lower()))
        if area is None or not stated or stated.isdigit():
            continue
        name = "".join(_WORDS.findall(area.name.lower()))
        if stated == name:
            continue
        bare = re.sub(r"^(kelurahan|kel|desa|ds)(?=.)", "", stated)
        distance = min(OSA.distance(text, name) for text in (stated, bare))
        kind = "near" if distance <= min(4, len(name) * 3 // 10) else "far"
        cases.append(Case(row["Alamat"], row["Kelurahan / Desa"], row["Kecamatan"], row["Kabupaten"], code, kind))
    return cases


def _read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _city_cases(gazetteer: Gazetteer, rows: Iterable[tuple[str, str, str]], city: str) -> list[Case]:
    """(address, kelurahan, kecamatan) rows of one city."""
    code = gazetteer.regency(city).code or ""
    cases = []
    for address, stated, kecamatan in rows:
        read = gazetteer.kelurahan(stated, regency_code=code, kecamatan_text=kecamatan)
        if read.code is not None and address.strip():
            cases.append(Case(address, stated, kecamatan, city, read.code, named_kind(address, read.name)))
    return cases


def school_cases(gazetteer: Gazetteer) -> list[Case]:
    """Balikpapan's schools. Their column has 59 spellings of 34, each read with its kecamatan."""
    rows = _read(DATA / "balikpapan" / "schools.csv")
    return _city_cases(
        gazetteer, ((row["Alamat"], row["Desa_Kelurahan"], row["Kecamatan"]) for row in rows), "Kota Balikpapan"
    )


def umkm_cases(gazetteer: Gazetteer) -> list[Case]:
    """Small businesses of Kota Bogor."""
    rows = _read(DATA / "bogor" / "umkm-addresses.csv")
    return _city_cases(gazetteer, ((row["alamat"], row["kelurahan"], row["kecamatan"]) for row in rows), "Kota Bogor")
