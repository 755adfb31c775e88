"""Invented registers and an office's invented list: places, numbers and noise of the demo's generator, names of `names`.

In: a seed and sizes. Out: left rows, right rows, the truth. Development uses seeds 1 to 9; reported figures seeds from 101.
The demo's regencies hold 230 rows in the mean (the real part file's 224); of more than the country's 514 several are one, so
that in a list of 200,000 a regency has twice the look-alikes.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random
from typing import Final

from bench.linking.names import KINDS, NameSource
from bench.linking.spoil import Row, spoil, spoil_twin
from telusur.demo.edition import HEADER, make_placed_rows

__all__ = ["invent", "part_rows", "spoil_part"]

_TWIN_SHARE: Final = 0.03
_UNKNOWN_SHARE: Final = 0.40
_LOOK_ALIKE_SHARE: Final = 0.30
_STATES_KELURAHAN: Final = 0.87
_MOST_REGENCIES: Final = 514
_AT: Final = {
    "nik_koperasi": HEADER.index("Nomor Induk Koperasi (NIK)"),
    "legal_number": HEADER.index("Nomor Badan Hukum Pendirian"),
    "legal_on": HEADER.index("Tanggal Badan Hukum Pendirian"),
    "address": HEADER.index("Alamat"),
    "kabupaten_kota": HEADER.index("Kabupaten"),
}
Rows = list[tuple[str, Row]]
Truth = set[tuple[str, str]]


def _universe(seed: int, count: int) -> tuple[list[Row], list[list[str]]]:
    """True rows, every kelurahan and kecamatan right, and the words of each proper name."""
    rng = Random(f"linking names {seed}")
    names = NameSource(rng)
    rows: list[Row] = []
    propers: list[list[str]] = []
    regencies: list[str] = []
    for cells, village in make_placed_rows(seed, count, as_of=date(2021, 12, 27)):
        proper = names.proper(village.name, village.kecamatan)
        row = {label: cells[at].strip() for label, at in _AT.items()}
        # Rows come regency by regency.
        if not regencies or regencies[-1] != row["kabupaten_kota"]:
            regencies.append(row["kabupaten_kota"])
        row["kabupaten_kota"] = regencies[(len(regencies) - 1) % _MOST_REGENCIES]
        kind = KINDS[names.kind()][0][0]
        row |= {"name": f"{kind} {' '.join(proper)}", "kelurahan": village.name, "kecamatan": village.kecamatan}
        rows.append(row)
        propers.append(proper)
    return rows, propers


def invent(seed: int, left_count: int, right_count: int) -> tuple[Rows, Rows, Truth]:
    """A register of `left_count` rows, 3 % of them second entries, and a list of `right_count`, 40 % of it unknown to the
    register; of the unknown, 30 % share name words and village with a registered one."""
    rng = Random(f"linking list {seed}")
    twin_count = round(left_count * _TWIN_SHARE)
    unknown_count = round(right_count * _UNKNOWN_SHARE)
    own_count = left_count - twin_count
    rows, propers = _universe(seed, own_count + unknown_count)
    order = list(range(len(rows)))
    rng.shuffle(order)
    own, unknown = order[:own_count], order[own_count:]
    names = NameSource(rng)
    for at in unknown[: round(unknown_count * _LOOK_ALIKE_SHARE)]:
        model = own[int(rng.random() * own_count)]
        kind = KINDS[names.kind()][0][0] if rng.random() < 0.5 else rows[model]["name"].split(" ")[0]
        alike = f"{kind} {' '.join(names.look_alike(propers[model]))}"
        rows[at] = {**rows[at], **{key: rows[model][key] for key in ("kelurahan", "kecamatan", "kabupaten_kota")}}
        rows[at]["name"] = alike
    left = [(at, rows[at]) for at in own]
    left += [(at, spoil_twin(rows[at], rng, _other_number(rows[at], rng))) for at in rng.sample(own, twin_count)]
    rng.shuffle(left)
    ids: dict[int, list[str]] = defaultdict(list)
    listed: Rows = []
    for number, (at, row) in enumerate(left):
        ids[at].append(f"a{number}")
        stated = row["kelurahan"] if rng.random() < _STATES_KELURAHAN else ""
        listed.append((f"a{number}", {**row, "kelurahan": stated}))
    chosen = rng.sample(own, right_count - unknown_count) + unknown
    rng.shuffle(chosen)
    right = _spoilt(rows, chosen, rng)
    return listed, right, {(one, f"b{number}") for number, at in enumerate(chosen) for one in ids.get(at, ())}


def _other_number(row: Row, rng: Random) -> str:
    return row["nik_koperasi"][:10] + f"{int(rng.random() * 1000):03}"


def _spoilt(rows: list[Row], chosen: list[int], rng: Random) -> Rows:
    by_regency: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_regency[row["kabupaten_kota"]].append(at)
    right: Rows = []
    for number, at in enumerate(chosen):
        others = by_regency[rows[at]["kabupaten_kota"]]
        elsewhere = rows[others[int(rng.random() * len(others))]]
        right.append((f"b{number}", spoil(rows[at], rng, elsewhere)))
    return right


def spoil_part(rows: list[Row], seed: int, right_count: int, left_count: int) -> tuple[Rows, Rows, Truth]:
    """Real rows against a spoilt copy of some; those beyond `left_count` are in the copy alone. No number (NIK) is shown.

    The register's own doubles are unknown, so that a true pair with one counts as an error: precision is a lower bound.
    """
    rng = Random(f"linking part {seed}")
    order = list(range(len(rows)))
    rng.shuffle(order)
    unknown = order[left_count:]
    left = order[:left_count]
    chosen = rng.sample(left, right_count - len(unknown)) + unknown
    rng.shuffle(chosen)
    ids = {at: f"a{number}" for number, at in enumerate(left)}
    listed = [(ids[at], rows[at]) for at in left]
    truth = {(ids[at], f"b{number}") for number, at in enumerate(chosen) if at in ids}
    return listed, _spoilt(rows, chosen, rng), truth


_PART_LABELS: Final = {
    "name": "Koperasi",
    "legal_number": "Nomor Badan Hukum Pendirian",
    "legal_on": "Tanggal Badan Hukum Pendirian",
    "kelurahan": "Kelurahan / Desa",
    "kecamatan": "Kecamatan",
    "address": "Alamat",
    "kabupaten_kota": "Kabupaten",
    "nik_koperasi": "Nomor Induk Koperasi (NIK)",
}


def part_rows(lines: list[dict[str, str]]) -> list[Row]:
    """Lines of the registry's list as rows."""
    return [{key: (line[label] or "").strip() for key, label in _PART_LABELS.items()} for line in lines]
