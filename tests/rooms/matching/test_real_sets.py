"""The engine on real lists and on public sets, with the figures that must hold; skipped where absent."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from bench.linking.measures import calibration_error

from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.ports import LinkResult, Table
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, Field, FieldKind, Schema

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data lies beside the project and is not here")
FEBRL = {
    "given_name": FieldKind.NAME,
    "surname": FieldKind.NAME,
    "street_number": FieldKind.CODE,
    "address_1": FieldKind.TEXT,
    "address_2": FieldKind.TEXT,
    "suburb": FieldKind.PLACE,
    "postcode": FieldKind.CODE,
    "state": FieldKind.CATEGORY,
    "date_of_birth": FieldKind.DATE,
    "soc_sec_id": FieldKind.CODE,
}


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    head = text.partition("\n")[0]
    mark = "|" if head.count("|") > head.count(",") else ","
    read = csv.DictReader(text.splitlines(), delimiter=mark, skipinitialspace=True)
    return [{key.strip(): (value or "").strip() for key, value in row.items() if key} for row in read]


def table(rows: Sequence[dict[str, str]], ident: str, names: Sequence[str]) -> Table:
    return Table([row[ident] for row in rows], {name: [row.get(name, "") for row in rows] for name in names})


def schema(kinds: dict[str, FieldKind], *, itself: bool = False) -> Schema:
    return Schema([Field(name, kind, name, name) for name, kind in kinds.items()], not itself, itself)


def f1(result: LinkResult, truth: set[tuple[str, str]]) -> float:
    found = {(pair.left_id, pair.right_id) for pair in result.pairs if pair.decision == "match"}
    if result.model.schema.itself:
        found, truth = ({(min(pair), max(pair)) for pair in pairs} for pairs in (found, truth))
    return 2 * len(found & truth) / (len(found) + len(truth))


def error(result: LinkResult, truth: set[tuple[str, str]]) -> float:
    """The expected calibration error of all that is shown."""
    true = np.array([(pair.left_id, pair.right_id) in truth for pair in result.pairs])
    return calibration_error(np.array([pair.probability for pair in result.pairs]), true, 0.01)


@pytest.mark.slow
def test_febrl_4() -> None:
    a, b = (rows_of(DATA / "bench/linkage/febrl" / f"dataset4{part}.csv") for part in "ab")
    # "rec-12-org" and "rec-12-dup-0" are one person.
    copies = {row["rec_id"].split("-")[1]: row["rec_id"] for row in b}
    truth = {(row["rec_id"], copies[row["rec_id"].split("-")[1]]) for row in a}
    result = MemoryEngine().link(table(a, "rec_id", list(FEBRL)), table(b, "rec_id", list(FEBRL)), schema(FEBRL))
    assert f1(result, truth) >= 0.998


@pytest.mark.long
def test_febrl_3() -> None:
    rows = rows_of(DATA / "bench/linkage/febrl/dataset3.csv")
    people: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        people[row["rec_id"].split("-")[1]].append(row["rec_id"])
    truth = {(x, y) for group in people.values() for x in group for y in group if x < y}
    result = MemoryEngine().link(table(rows, "rec_id", list(FEBRL)), None, schema(FEBRL, itself=True))
    assert f1(result, truth) >= 0.998


@pytest.mark.long
def test_abt_buy() -> None:
    folder = DATA / "bench/linkage/abt-buy"
    kinds = {"name": FieldKind.TEXT, "description": FieldKind.TEXT, "price": FieldKind.NUMBER}
    truth = {(row["D1"], row["D2"]) for row in rows_of(folder / "gt.csv")}
    left, right = (table(rows_of(folder / name), "id", list(kinds)) for name in ("abt.csv", "buy.csv"))
    result = MemoryEngine().link(left, right, schema(kinds))
    assert f1(result, truth) >= 0.9
    assert error(result, truth) <= 0.05


def test_restaurants() -> None:
    """Names and telephones that only a match's two rows state: taken for chance they left true pairs in doubt."""
    folder = DATA / "bench/linkage/restaurants"
    kinds = {"name": FieldKind.ORGANISATION, "addr": FieldKind.TEXT, "city": FieldKind.PLACE, "phone": FieldKind.CODE}
    pairs = rows_of(folder / "matches_fodors_zagats.csv")
    truth = {(row["fodors_id"], row["zagats_id"]) for row in pairs}
    left, right = (table(rows_of(folder / name), "id", list(kinds)) for name in ("fodors.csv", "zagats.csv"))
    result = MemoryEngine().link(left, right, schema(kinds))
    assert f1(result, truth) >= 0.99
    assert error(result, truth) <= 0.05


def test_bogor_with_the_legal_number_hidden() -> None:
    """The 324 pairs that give one number once in each list; 65 more pair strangers by a number typed twice."""
    office, registry = rows_of(DATA / "bogor/dinas-2022.csv"), rows_of(DATA / "bogor/ods-2021.csv")
    pairs = [row for row in rows_of(DATA / "bogor/pairs-by-legal-number.csv") if row["kind"] == "1:1"]
    truth = {(row["nik_ods"], row["id_dinas"]) for row in pairs}
    kinds = {"name": FieldKind.COOPERATIVE, "kecamatan": FieldKind.PLACE, "address": FieldKind.TEXT}
    left = [{"id": r["nik"], "name": r["nama"], "kecamatan": r["kecamatan"], "address": r["alamat"]} for r in registry]
    right = [
        {"id": r["id_koperasi"], "name": r["nama_koperasi"], "kecamatan": r["kecamatan"], "address": r["alamat"]}
        for r in office
    ]
    result = MemoryEngine().link(table(left, "id", list(kinds)), table(right, "id", list(kinds)), schema(kinds))
    touched = {x for x, _ in truth}, {y for _, y in truth}
    found = {(p.left_id, p.right_id) for p in result.pairs if p.decision == "match"}
    judged = {(x, y) for x, y in found if x in touched[0] or y in touched[1]}
    assert 2 * len(judged & truth) / (len(judged) + len(truth)) >= 0.99


def test_balikpapan_within_the_edition_proposes_few_and_sure_ones() -> None:
    """Neighbours registered on one day with consecutive numbers are not proposed as one cooperative."""
    labels = {
        "name": "Koperasi",
        "legal_number": "Nomor Badan Hukum Pendirian",
        "legal_on": "Tanggal Badan Hukum Pendirian",
        "kelurahan": "Kelurahan / Desa",
        "kecamatan": "Kecamatan",
        "address": "Alamat",
        "kabupaten_kota": "Kabupaten",
    }
    read = rows_of(DATA / "ods/ods-balikpapan-2021.csv")
    rows = [{"id": str(at), **{name: row[label] for name, label in labels.items()}} for at, row in enumerate(read)]
    fields = [field for field in COOPERATIVE_SCHEMA.fields if field.name in labels]
    result = MemoryEngine().link(table(rows, "id", list(labels)), None, Schema(fields, False, True))
    assert 8 <= len(result.pairs) <= 40
    for pair in [pair for pair in result.pairs if pair.probability >= 0.99]:
        one, two = rows[int(pair.left_id)], rows[int(pair.right_id)]
        shared = set(one["name"].lower().split()) & set(two["name"].lower().split()) - {"koperasi", "serba", "usaha"}
        assert shared, (one, two)
