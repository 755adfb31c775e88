"""The data sets: generated, real against a spoilt copy, real pairs, public ones; each with its truth.

In: a set's name, a seed, a work folder. Out: `DataSet`. Generated ones are kept in the work folder as CSV and read again.
"""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.linking.generated import Rows, Truth, invent, part_rows, spoil_part
from telusur.matching.ports import Table
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, Field, FieldKind, Schema

__all__ = ["DATA", "GENERATED", "WORK", "DataSet", "load", "names", "whole_name"]

DATA: Final = Path(__file__).parents[3] / "shared" / "data"
WORK: Final = Path(tempfile.gettempdir()) / "telusur-linking"
GENERATED: Final = {
    "generated-600": (600, 400),
    "generated-20000": (20_000, 12_000),
    "generated-200000": (200_000, 100_000),
}
_PART: Final = "real70k"
# Of 389 pairs of one legal number 65 are ambiguous: a number that several cooperatives state makes pairs of strangers.
_BOGOR: Final = {"bogor": ("1:1",), "bogor-all": ("1:1", "ambiguous")}
_PART_LEFT, _PART_RIGHT = 70_000, 40_000


@dataclass(frozen=True, slots=True)
class DataSet:
    """right is None for one table with itself. truth: (left id, right id); of one table both orders are looked up.

    schema: what peers are given. guessed: ours chooses its own from the data, as `telusur link` does.
    touching: judge only pairs that touch a row of the truth, since other true pairs are unknown.
    """

    name: str
    left: Table
    right: Table | None
    schema: Schema
    truth: Set[tuple[str, str]]
    touching: bool = False
    guessed: bool = False


def names() -> list[str]:
    """Every set's name."""
    from bench.linking.members import SIZES
    from bench.linking.names_alone import tasks
    from bench.linking.public import SETS

    return [*GENERATED, _PART, *_BOGOR, *SETS, *SIZES, *tasks()]


def whole_name(name: str) -> str:
    """The name of the set of which this is a part: "restaurants" of "restaurants:name+city"."""
    return name.partition(":")[0]


def load(name: str, seed: int = 1, work: Path = WORK) -> DataSet:
    """The set, made first where it is not in the work folder. Raises KeyError for an unknown name, FileNotFoundError where
    the data that it needs is absent. "restaurants:name+city": the set, of which only these columns are seen."""
    from bench.linking import members, names_alone, public

    whole, _, only = name.partition(":")
    if only:
        return _only(load(whole, seed, work), only.split("+"))
    if name.startswith(names_alone.PREFIX):
        return names_alone.load(name)
    if name in _BOGOR:
        return _bogor(name, _BOGOR[name])
    if name in public.SETS:
        return public.SETS[name]()
    if name in members.SIZES:
        return members.load(name, seed, work)
    kept = work / f"{name}-{seed}"
    schema = COOPERATIVE_SCHEMA
    if name == _PART:
        schema = replace(schema, fields=tuple(f for f in schema.fields if f.name != "nik_koperasi"), twins=False)
    if not (kept / "truth.csv").exists():
        _keep(kept, _make(name, seed), [field.name for field in schema.fields])
    left, right = _table(kept / "left.csv"), _table(kept / "right.csv")
    truth = {(row["left"], row["right"]) for row in _lines(kept / "truth.csv")}
    return DataSet(name, left, right, schema, truth)


def _only(data: DataSet, labels: list[str]) -> DataSet:
    """The set by some of its columns: each row stands once, and nothing narrows the search but what is seen."""
    fields = tuple(replace(field, scope=False) for field in data.schema.fields if field.name in labels)
    if len(fields) < len(labels):
        raise KeyError(f"{data.name} has {', '.join(field.name for field in data.schema.fields)}")

    def seen(table: Table, columns: list[str]) -> Table:
        return Table(table.ids, {column: table.columns[column] for column in columns})

    left = seen(data.left, [field.left for field in fields])
    right = None if data.right is None else seen(data.right, [field.right for field in fields])
    schema = replace(data.schema, fields=fields, twins=False)
    return replace(data, name=f"{data.name}:{'+'.join(labels)}", left=left, right=right, schema=schema)


def _make(name: str, seed: int) -> tuple[Rows, Rows, Truth]:
    if name != _PART:
        return invent(seed, *GENERATED[name])
    with gzip.open(DATA / "ods" / "ods-2021-part.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = part_rows(list(csv.DictReader(file)))
    return spoil_part(rows, seed, _PART_RIGHT, _PART_LEFT)


def _keep(folder: Path, made: tuple[Rows, Rows, Truth], labels: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for side, rows in zip(("left", "right"), made[:2], strict=True):
        _write(folder / f"{side}.csv", ["id", *labels], ([i, *(row[key] for key in labels)] for i, row in rows))
    _write(folder / "truth.csv", ["left", "right"], sorted(made[2]))


def _write(path: Path, header: list[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        columns = [list(column) for column in zip(*reader, strict=True)]
    return Table(columns[0], dict(zip(header[1:], columns[1:], strict=True)))


def _bogor(name: str, kinds: tuple[str, ...]) -> DataSet:
    """Two real lists of one city by name, kecamatan and address; the truth is the pairs of one legal number."""
    folder = DATA / "bogor"
    dinas, ods = _lines(folder / "dinas-2022.csv"), _lines(folder / "ods-2021.csv")
    pairs = _lines(folder / "pairs-by-legal-number.csv")
    truth = {(row["nik_ods"], row["id_dinas"]) for row in pairs if row["kind"] in kinds}
    left = _columns(ods, "nik", {"name": "nama", "address": "alamat", "kecamatan": "kecamatan"})
    right = _columns(dinas, "id_koperasi", {"name": "nama_koperasi", "address": "alamat", "kecamatan": "kecamatan"})
    fields = {"name": FieldKind.COOPERATIVE, "kecamatan": FieldKind.PLACE, "address": FieldKind.TEXT}
    schema = Schema(tuple(Field(key, kind, key, key) for key, kind in fields.items()), twins=True)
    return DataSet(name, left, right, schema, truth, touching=True)


def _columns(lines: list[dict[str, str]], id_label: str, labels: dict[str, str]) -> Table:
    ids = [line[id_label] for line in lines]
    return Table(ids, {key: [(line[label] or "").strip() for line in lines] for key, label in labels.items()})
