"""What leaves, by example: columns and rows fit, formulas are made text, the two catalogues say the same."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from telusur.opendata.rules.balance import DETAILED, Area, balance_rows
from telusur.opendata.rules.cells import csv_cell
from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.cooperatives import Listed, Place, row_for
from telusur.opendata.rules.datasets import DATASETS, Dataset, UnknownColumn, chosen
from telusur.opendata.rules.dcat import as_json_ld, as_turtle
from telusur.opendata.rules.formats import Form
from telusur.opendata.rules.manifest import Origin, Written
from telusur.opendata.rules.places import outline_of, point_of
from telusur.opendata.rules.programme import ReadinessPart, Stood
from telusur.opendata.rules.programme import row_for as programme_line
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.public import PublicFinding

_ORIGIN = Origin(
    date(2026, 11, 27), datetime(2026, 11, 27, 1, tzinfo=UTC), "abc", "p", "r", "Putaran", ("ods x",), 'Dinas "Contoh"'
)


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        pytest.param("Koperasi Maju", "Koperasi Maju", id="plain"),
        pytest.param("=HYPERLINK(1)", "'=HYPERLINK(1)", id="formula"),
        pytest.param("+62 811", "'+62 811", id="plus"),
        pytest.param("-1+2", "'-1+2", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("＝1", "'＝1", id="full-width sign"),
        pytest.param(-3, -3, id="a number below nought is a number"),
        pytest.param(True, "true", id="yes"),
        pytest.param(False, "false", id="no"),
        pytest.param(None, None, id="nothing"),
        pytest.param(date(2026, 1, 2), date(2026, 1, 2), id="a day"),
    ],
)
def test_cells(cell: Value, left: object) -> None:
    assert csv_cell(cell) == left


# Written out and not taken from the guard: what Excel and LibreOffice run.
_RUN = "=+-@\t\r\n＝＋－＠"


@given(st.sampled_from(_RUN), st.text(max_size=12))
def test_no_cell_begins_as_a_formula_and_no_other_is_touched(sign: str, text: str) -> None:
    assert csv_cell(sign + text) == f"'{sign}{text}"
    assert csv_cell(text) == (f"'{text}" if text[:1] and text[:1] in _RUN else text)


def test_a_cooperative_in_the_order_of_its_columns() -> None:
    row = row_for(
        str(uuid.UUID(int=7)),
        Listed("Koperasi A", "", "", "Konsumen", date(2026, 1, 1), True),
        Place("99.01.01.1001", "Contoh", "99.01.01", "Contoh Utara"),
        PublicFinding.NOT_FOUND,
        None,
    )
    named = dict(zip(DATASETS[Dataset.COOPERATIVES].names, row, strict=True))
    assert named["nama"] == "Koperasi A"
    assert named["nik_koperasi"] is None
    assert named["kode_kelurahan"] == "99.01.01.1001"
    assert named["temuan"] == "not_found"


@pytest.mark.parametrize("of", DATASETS.values(), ids=lambda of: of.dataset.value)
def test_columns_are_named_once_and_say_something(of: object) -> None:
    columns = of.columns  # type: ignore[attr-defined]
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.title and column.says.endswith((".", ">/.")) for column in columns)
    assert columns[0].is_required


def test_chosen_columns() -> None:
    assert chosen(Dataset.COOPERATIVES, ["nama", "id"]) == (2, 0)
    assert chosen(Dataset.BALANCE, []) == tuple(range(len(DATASETS[Dataset.BALANCE].columns)))
    with pytest.raises(UnknownColumn, match="alamat"):
        chosen(Dataset.COOPERATIVES, ["alamat"])


_PLACES = [
    Area("semua", "semua", "Seluruh daftar"),
    Area("99.01.01", "kecamatan", "K"),
    Area("99.01.01.1001", "kelurahan", "A", "99.01.01"),
    Area("99.01.01.1002", "kelurahan", "B", "99.01.01"),
]
_CELLS: list[tuple[PublicFinding, Code | None]] = [
    *((finding, code) for finding, codes in DETAILED.items() for code in codes),
    (PublicFinding.BEING_TRACED, None),
    (PublicFinding.NOT_VISITED, None),
]
_COUNTS = st.dictionaries(st.sampled_from(_CELLS), st.integers(0, 60), max_size=8)


@given(_COUNTS, _COUNTS)
def test_every_line_of_the_balance_adds_up(
    first: dict[tuple[PublicFinding, Code | None], int], second: dict[tuple[PublicFinding, Code | None], int]
) -> None:
    rows = {row[0]: row for row in balance_rows(_PLACES, {"99.01.01.1001": first, "99.01.01.1002": second})}
    names = DATASETS[Dataset.BALANCE].names
    total, begin = names.index("tercatat"), names.index("ditemukan_aktif")
    for row in rows.values():
        assert len(row) == len(names)
        assert row[total] == sum(row[begin : begin + 6])  # type: ignore[arg-type]
        at = begin + 6
        for place, codes in enumerate(DETAILED.values()):
            block = row[at : at + len(codes)]
            if None not in block:
                assert sum(block) == row[begin + place]  # type: ignore[arg-type]
            at += len(codes)
    assert rows["semua"][total] == sum(first.values()) + sum(second.values())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.long
def test_the_catalogues_say_the_same() -> None:
    files = [Written(dataset, form, f"{number:064x}", 10, 2) for dataset in Dataset for number, form in enumerate(Form)]
    address = "https://contoh.go.id/data/"
    linked, turtle = Graph(), Graph()
    linked.parse(data=as_json_ld(files, _ORIGIN, address), format="json-ld")
    turtle.parse(data=as_turtle(files, _ORIGIN, address), format="turtle")
    assert len(turtle) > 100
    assert isomorphic(linked, turtle)
    counted = turtle.query("SELECT (COUNT(?d) AS ?n) WHERE { ?d a <http://www.w3.org/ns/dcat#Distribution> }")
    assert [int(row[0]) for row in counted] == [len(files)]  # type: ignore[index, arg-type]


_SQUARE = '{"type":"Polygon","coordinates":[[[0,0],[0,2],[2,2],[2,0],[0,0]]]}'


def test_a_point_lies_in_its_boundary_and_an_outline_turns_left() -> None:
    assert point_of(_SQUARE) == {"type": "Point", "coordinates": [1.0, 1.0]}
    outline = outline_of(_SQUARE)
    assert outline["type"] == "Polygon"
    (ring,) = outline["coordinates"]  # type: ignore[misc]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))  # type: ignore[index, has-type]
    assert area > 0


def test_readiness_leaves_as_an_interval_with_its_parts_and_without_their_points() -> None:
    nothing = ("99.01.01.1001", "Bukit Sirna", "99.01.01", "Contoh Utara", "", "", "", "", 0, 4)
    parts = (
        ReadinessPart("simpanan", 15, True, False),
        ReadinessPart("jam buka", 15, False, False),
        ReadinessPart("data baru", 10, False, True),
    )
    stood = Stood(*nothing, None, None, None, None, (12.2, 40.0), None, None, ("NPWP koperasi", "NIB"), parts)
    line = programme_line(stood)
    assert (line.readiness_least, line.readiness_most, line.gate_count) == (12.2, 40.0, 4)
    assert line.gates_lacking == "NPWP koperasi; NIB"
    assert (
        line.readiness_parts == "simpanan (15): diketahui; jam buka (15): tidak diketahui; data baru (10): terlalu lama"
    )
    assert programme_line(Stood(*nothing, None, None, None, None, (0, 0), None, None)).readiness_parts is None
