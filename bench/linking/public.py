"""Public sets with their truth: FEBRL, restaurants, Abt-Buy, Splink's own thousand people. Nothing is tuned to them.

In: the files under `shared/data/bench/linkage`. Out: `DataSet`. Peers get a schema chosen by hand; ours chooses its own.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Final

from bench.linking.sets import DATA, DataSet
from telusur.matching.ports import Table
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["SETS"]

_FEBRL: Final = {
    "given_name": FieldKind.NAME,
    "surname": FieldKind.NAME,
    "street_number": FieldKind.NUMBER,
    "address_1": FieldKind.TEXT,
    "address_2": FieldKind.TEXT,
    "suburb": FieldKind.PLACE,
    "postcode": FieldKind.CODE,
    "state": FieldKind.CATEGORY,
    "date_of_birth": FieldKind.DATE,
    "soc_sec_id": FieldKind.CODE,
}
_RESTAURANTS: Final = {
    "name": FieldKind.ORGANISATION,
    "addr": FieldKind.TEXT,
    "city": FieldKind.PLACE,
    "phone": FieldKind.CODE,
    "type": FieldKind.CATEGORY,
}
_PRODUCTS: Final = {"name": FieldKind.TEXT, "description": FieldKind.TEXT, "price": FieldKind.NUMBER}
_PEOPLE: Final = {
    "first_name": FieldKind.NAME,
    "surname": FieldKind.NAME,
    "dob": FieldKind.DATE,
    "city": FieldKind.PLACE,
    "email": FieldKind.CODE,
}


def _read(
    path: str, id_label: str, *, drop: tuple[str, ...] = (), mark: str = ","
) -> tuple[Table, dict[str, list[str]]]:
    """The table without its id and the dropped columns; and all columns."""
    # The products' texts hold signs of Latin 1.
    raw = (DATA / "bench" / "linkage" / path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    header, *rows = [row for row in csv.reader(text.splitlines(), delimiter=mark, skipinitialspace=True) if row]
    labels = [label.strip() for label in header]
    rows = [[cell.strip() for cell in row] + [""] * (len(labels) - len(row)) for row in rows]
    columns = {label: [row[at] for row in rows] for at, label in enumerate(labels)}
    kept = {label: values for label, values in columns.items() if label not in (id_label, *drop)}
    return Table(columns[id_label], kept), columns


def _schema(kinds: Mapping[str, FieldKind], *, itself: bool = False) -> Schema:
    fields = tuple(Field(label, kind, label, label) for label, kind in kinds.items())
    return Schema(fields, one_to_one=not itself, itself=itself)


def _entity(rec_id: str) -> str:
    return re.split(r"-", rec_id)[1]


def _groups(ids: list[str], entities: list[str]) -> set[tuple[str, str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for one, entity in zip(ids, entities, strict=True):
        members[entity].append(one)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def _febrl_itself(number: int) -> DataSet:
    table, _ = _read(f"febrl/dataset{number}.csv", "rec_id")
    truth = _groups(list(table.ids), [_entity(one) for one in table.ids])
    return DataSet(f"febrl{number}", table, None, _schema(_FEBRL, itself=True), truth, guessed=True)


def _febrl4() -> DataSet:
    left, _ = _read("febrl/dataset4a.csv", "rec_id")
    right, _ = _read("febrl/dataset4b.csv", "rec_id")
    known = {_entity(one): one for one in left.ids}
    truth = {(known[_entity(one)], one) for one in right.ids if _entity(one) in known}
    return DataSet("febrl4", left, right, _schema(_FEBRL), truth, guessed=True)


def _restaurants() -> DataSet:
    left, _ = _read("restaurants/fodors.csv", "id")
    right, _ = _read("restaurants/zagats.csv", "id")
    _, pairs = _read("restaurants/matches_fodors_zagats.csv", "fodors_id")
    truth = set(zip(pairs["fodors_id"], pairs["zagats_id"], strict=True))
    return DataSet("restaurants", left, right, _schema(_RESTAURANTS), truth, guessed=True)


def _abt_buy() -> DataSet:
    left, _ = _read("abt-buy/abt.csv", "id", mark="|")
    right, _ = _read("abt-buy/buy.csv", "id", mark="|")
    _, pairs = _read("abt-buy/gt.csv", "D1", mark="|")
    truth = set(zip(pairs["D1"], pairs["D2"], strict=True))
    return DataSet("abt-buy", left, right, _schema(_PRODUCTS), truth, guessed=True)


def _fake_1000() -> DataSet:
    table, columns = _read("splink/fake_1000_from_splink_demos.csv", "unique_id", drop=("cluster",))
    truth = _groups(list(table.ids), columns["cluster"])
    return DataSet("fake1000", table, None, _schema(_PEOPLE, itself=True), truth, guessed=True)


SETS: Final[dict[str, Callable[[], DataSet]]] = {
    "febrl1": lambda: _febrl_itself(1),
    "febrl2": lambda: _febrl_itself(2),
    "febrl3": lambda: _febrl_itself(3),
    "febrl4": _febrl4,
    "restaurants": _restaurants,
    "abt-buy": _abt_buy,
    "fake1000": _fake_1000,
}
