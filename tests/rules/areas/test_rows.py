"""What may be loaded, what a load would write, which changes may be recorded, which crosswalk rows are taken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.areas.rules.crosswalk_file import read_crosswalk
from telusur.areas.rules.loading import Stored, plan_load
from telusur.areas.rules.places import AreaRefused, AreaRow
from telusur.areas.rules.rows import ChangeKind, Successor, change_faults, row_faults
from telusur.words.area_code import AreaLevel, CodeSystem
from tests.rules.areas.city import area

PROVINCE = AreaRow("99", AreaLevel.PROVINSI, "Nusa Contoh", "")
CITY = AreaRow("99.71", AreaLevel.KABUPATEN_KOTA, "Kota Tirta Agung", "99")
SHAPE = '{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}'


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(AreaRow("9971", AreaLevel.KABUPATEN_KOTA, "X", "99"), "area_code_shape", id="shape"),
        pytest.param(AreaRow("99.71.1", AreaLevel.KECAMATAN, "X", "99.71"), "area_code_shape", id="short-part"),
        pytest.param(AreaRow("99.72", AreaLevel.KECAMATAN, "X", "99"), "area_level", id="level"),
        pytest.param(AreaRow("99.72", AreaLevel.KABUPATEN_KOTA, "X", ""), "area_parent", id="parent"),
        pytest.param(AreaRow("98.01", AreaLevel.KABUPATEN_KOTA, "X", "98"), "area_orphan", id="orphan"),
        pytest.param(AreaRow("99.72", AreaLevel.KABUPATEN_KOTA, " ", "99"), "area_name", id="blank-name"),
        pytest.param(AreaRow("99.72", AreaLevel.KABUPATEN_KOTA, "X" * 121, "99"), "area_name", id="long-name"),
        pytest.param(AreaRow("99.72", AreaLevel.KABUPATEN_KOTA, "X\x00", "99"), "area_name", id="nul"),
        pytest.param(CITY, "area_twice", id="twice"),
        pytest.param(AreaRow("99.72", AreaLevel.KABUPATEN_KOTA, "X", "99", "{"), "area_boundary_json", id="json"),
        pytest.param(AreaRow("99.72", AreaLevel.KABUPATEN_KOTA, "X", "99", "{}"), "geometry_kind", id="shape-kind"),
    ],
)
def test_a_wrong_row_is_refused_with_its_number(row: AreaRow, code: str) -> None:
    faults = row_faults([PROVINCE, CITY, row], ())
    assert [(fault.row, fault.reason.code) for fault in faults] == [(3, code)]


def test_a_parent_that_is_kept_already_will_do() -> None:
    assert row_faults([CITY], {"99"}) == []


def test_a_load_writes_only_the_difference_of_its_own_source() -> None:
    stored = {
        "99": Stored("Nusa Contoh", "paket 1", True, None),
        "99.01": Stored("Kabupaten Lama", "paket 1", True, None),
        "99.02": Stored("Kabupaten Kantor", "kantor kota", True, None),
        "99.03": Stored("Kabupaten Tutup", "paket 1", False, None),
        "99.04": Stored("Kabupaten Hilang", "paket 1", True, None),
    }
    names = {"99": "Nusa Contoh", "99.01": "Kabupaten Baru", "99.02": "X", "99.03": "X", "99.05": "Kabupaten Tambah"}
    levels = tuple(AreaLevel)
    rows = [AreaRow(code, levels[code.count(".")], name, code[:-3]) for code, name in names.items()]
    plan = plan_load(rows, stored, "paket 2")
    assert [row.code for row in plan.new] == ["99.05"]
    assert [row.code for row in plan.changed] == ["99.01"]
    assert (plan.unchanged_count, plan.kept_count, plan.absent_count) == (1, 2, 1)


def test_a_new_shape_is_a_change_and_no_shape_takes_none_away() -> None:
    stored = {"99": Stored("Nusa Contoh", "paket 1", True, SHAPE)}
    row = AreaRow("99", AreaLevel.PROVINSI, "Nusa Contoh", "", SHAPE.replace("2,2", "3,3"))
    assert plan_load([row], stored, "paket 1").changed == (row,)
    assert plan_load([PROVINCE], stored, "paket 1").unchanged_count == 1


def test_one_wrong_row_refuses_the_load() -> None:
    with pytest.raises(AreaRefused, match=r"^baris 1, kolom «parent», nilai «99»: Wilayah induk belum ada; "):
        plan_load([CITY], {}, "paket 1")


OLD = area("99.71.03.1005", "Bandar Rejo", date(2000, 1, 1))
KNOWN = {"99.71.03", "99.71.03.1005", "99.71.03.1006"}
NEXT = Successor("99.71.03.1007", "Bandar Anyar")


@pytest.mark.parametrize(
    ("kind", "into", "codes"),
    [
        pytest.param("rename", [Successor(OLD.code, "Bandar Mulya")], [], id="rename"),
        pytest.param("split", [NEXT], [], id="split"),
        pytest.param("replace", [NEXT, Successor("99.71.03.1006", "Tanjung", 0.4)], [], id="replace"),
        pytest.param("split", [], ["change_empty"], id="empty"),
        pytest.param("rename", [NEXT], ["change_rename"], id="rename-to-another-code"),
        pytest.param("rename", [Successor(OLD.code, " ")], ["area_name"], id="blank-name"),
        pytest.param("split", [Successor(OLD.code, "X")], ["change_self", "change_exists"], id="split-to-itself"),
        pytest.param("split", [Successor("99.71.03.1006", "X")], ["change_exists"], id="split-to-a-neighbour"),
        pytest.param("replace", [Successor("99.71.03", "X")], ["change_level"], id="another-level"),
        pytest.param("replace", [Successor("99.71.09.1001", "X")], ["area_orphan"], id="no-such-kecamatan"),
        pytest.param("replace", [Successor("99.71.03.1007", "X", 1.5)], ["change_share"], id="share"),
        pytest.param("replace", [NEXT, NEXT], ["area_twice"], id="twice"),
    ],
)
def test_a_change_is_checked(kind: str, into: list[Successor], codes: list[str]) -> None:
    faults = change_faults(ChangeKind(kind), OLD, date(2012, 6, 1), into, KNOWN, 0)
    assert [fault.reason.code for fault in faults] == codes


@pytest.mark.parametrize(
    ("on", "children", "codes"),
    [
        pytest.param(date(2000, 1, 1), 0, ["change_too_early"], id="on-its-first-day"),
        pytest.param(date(2000, 1, 2), 0, [], id="a-day-later"),
        pytest.param(date(2012, 6, 1), 3, ["change_children"], id="still-holds-areas"),
    ],
)
def test_a_change_follows_the_areas_beginning_and_its_children(on: date, children: int, codes: list[str]) -> None:
    faults = change_faults(ChangeKind.REPLACE, OLD, on, [NEXT], KNOWN, children)
    assert [fault.reason.code for fault in faults] == codes


HEADER = ["kode_bps", "nama_bps", "kode_kemendagri", "share"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(["9971020003", "", "99.71.03.1005", ""], None, id="taken"),
        pytest.param(["9971020003", "", "99.71.03.1005", "0,8"], None, id="share-with-comma"),
        pytest.param(["99.71.02", "", "99.71.03.1005", ""], "crosswalk_code", id="not-a-bps-code"),
        pytest.param(["", "", "99.71.03.1005", ""], "crosswalk_code", id="blank-code"),
        pytest.param(["9971020003"], "area_code_unknown_here", id="short-row"),
        pytest.param(["9971020003", "", "99.71.03.1999", ""], "area_code_unknown_here", id="unknown"),
        pytest.param(["9971020", "", "99.71.03.1005", ""], "crosswalk_level", id="levels"),
        pytest.param(["9971020003", "", "99.71.03.1005", "banyak"], "crosswalk_share", id="share-of-words"),
        pytest.param(["9971020003", "", "99.71.03.1005", "nan"], "crosswalk_share", id="share-nan"),
        pytest.param(["9971020003", "", "99.71.03.1005", "1.2"], "crosswalk_share", id="share-above-one"),
    ],
)
def test_a_crosswalk_row(row: list[str], code: str | None) -> None:
    reading = read_crosswalk([HEADER, row], CodeSystem.BPS, KNOWN, "uji")
    assert [(fault.row, fault.reason.code) for fault in reading.refusals] == ([(2, code)] if code else [])
    assert len(reading.lines) == (0 if code else 1)


def test_a_crosswalk_without_its_columns_is_refused_whole() -> None:
    reading = read_crosswalk([["kode", "nama"], ["1", "2"]], CodeSystem.ODS, KNOWN, "uji")
    assert reading.rows_in_count == 0
    assert reading.refusals[0].sentence() == (
        "nilai «kode, nama»: Berkas tidak memuat kolom kode_ods, kode_kemendagri; tulis nama kolom itu di baris pertama."
    )


CELL = st.sampled_from(["", "9971020003", "99.71.03.1005", "0.5", "x"]) | st.text(max_size=6)


@given(st.lists(st.lists(CELL, max_size=5), max_size=12))
def test_rows_in_are_lines_and_refusals(rows: list[list[str]]) -> None:
    reading = read_crosswalk([HEADER, *rows], CodeSystem.BPS, KNOWN, "uji")
    assert reading.rows_in_count == len(reading.lines) + len(reading.refusals)
    assert reading.rows_in_count == sum(any(cell.strip() for cell in row) for row in rows)
