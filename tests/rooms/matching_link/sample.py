"""Small tables with known twins, and an engine that answers what a test tells it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from telusur.matching.ports import LinkedPair, LinkResult, Reach, Table
from telusur.matching.rules.model import FieldModel, Level, Model
from telusur.matching.rules.schema import Field, FieldKind, Schema

FIRST = [
    "Budi",
    "Siti",
    "Agus",
    "Dewi",
    "Rina",
    "Joko",
    "Tono",
    "Wati",
    "Sari",
    "Hadi",
    "Lina",
    "Eko",
    "Nur",
    "Bayu",
    "Fitri",
    "Galih",
    "Hesti",
    "Indra",
    "Kiki",
    "Laras",
]
LAST = [
    "Santoso",
    "Aminah",
    "Salim",
    "Lestari",
    "Wati",
    "Pranoto",
    "Hidayat",
    "Kusuma",
    "Rahayu",
    "Wijaya",
    "Saputra",
    "Halim",
    "Nugroho",
    "Utami",
]
KOTA = ["Balikpapan", "Bogor", "Samarinda", "Bontang"]

SCHEMA = Schema((Field("nama", FieldKind.NAME, "nama", "name"), Field("dob", FieldKind.DATE, "dob", "dob")))
MODEL = Model(
    SCHEMA,
    (
        FieldModel("nama", FieldKind.NAME, (Level("sama", 0.8, 1e-4), Level("lain", 0.2, 0.9999))),
        FieldModel("dob", FieldKind.DATE, (Level("tanggal sama", 0.9, 1e-3), Level("tanggal lain", 0.1, 0.999))),
    ),
    0.5,
    sure_at=0.8,
)


def people(count: int) -> list[list[str]]:
    """Rows of id, nama, dob, kota; all different."""
    return [
        [
            f"L{at}",
            f"{FIRST[at % len(FIRST)]} {LAST[(at * 7 + at // 20) % len(LAST)]} {LAST[(at * 3) % len(LAST)]}",
            f"{1950 + at % 50}-{at % 12 + 1:02}-{at * 5 % 28 + 1:02}",
            KOTA[at % 4],
        ]
        for at in range(count)
    ]


def slipped(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same people in another list: every third name has a slip."""
    return [
        [f"R{row[0][1:]}", row[1].replace("a", "e", 1) if at % 3 == 0 else row[1].upper(), row[2], row[3]]
        for at, row in enumerate(rows)
    ]


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> Path:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def read(path: Path) -> list[list[str]]:
    """A CSV's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def result(pairs: Sequence[LinkedPair], model: Model = MODEL, **more: Any) -> LinkResult:
    """An engine's answer with these pairs."""
    histogram = {-10: 900, 5: 3, **{int(pair.weight // 1): 1 for pair in pairs}}
    reach = Reach(0.992, 0.98, {"nama": 40.0, "dob": 39.0}, 12.5)
    return LinkResult(list(pairs), model, reach, **{"histogram": histogram, "seconds": {"menilai": 0.5}, **more})


def pair(left: str, right: str, probability: float, decision: str, levels: tuple[int, ...] = (0, 0)) -> LinkedPair:
    """A pair of `MODEL`."""
    return LinkedPair(left, right, probability, 10.0, levels, (1.5, 0.0), decision)


class FakeEngine:
    """Answers the given pairs; keeps what it was asked."""

    def __init__(self, answer: LinkResult) -> None:
        self.answer, self.asked = answer, {}  # type: ignore[var-annotated]

    def link(self, left: Table, right: Table | None, schema: Schema, **options: Any) -> LinkResult:
        """See `ports.Engine`."""
        self.asked = {"left": left, "right": right, "schema": schema, **options}
        return self.answer
