"""No sheet that leaves the house holds a formula: every file that writes sheets is known, and none can write one.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`. XLSX: the library is told not to make formulas of texts, and
no call names one. CSV: every text goes through a guard that makes it plain.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.tables import writing
from telusur.opendata.rules import cells
from telusur.words.sheet_cell import inert
from tests.repository.house import SRC, inside, python_files, tree

# Modules that make a sheet; who imports one of them writes, or reads, sheets.
_LIBRARIES = frozenset({"csv", "xlsxwriter", "openpyxl", "odf"})
# within: a file between two steps that no person opens. demo: invented rows, to be read by the import.
_XLSX, _CSV, _WITHIN, _NOT_AN_OFFICES = "xlsx", "csv", "within", "demo"
# File → what it does with sheets, and the name of the guard of its CSV. A new one needs a line.
WRITERS: dict[str, tuple[frozenset[str], str]] = {
    "src/telusur/api/rest/reading.py": (frozenset({_CSV}), "csv_cell"),
    "src/telusur/cli/locate_file.py": (frozenset({_XLSX, _CSV}), "guarded"),
    "src/telusur/corrections/sheets/change_sheet.py": (frozenset({_XLSX}), ""),
    "src/telusur/corrections/sheets/fates_sheet.py": (frozenset({_XLSX}), ""),
    "src/telusur/corrections/sheets/profile_sheet.py": (frozenset({_XLSX}), ""),
    "src/telusur/dashboards/sheets/cards.py": (frozenset({_CSV}), "inert"),
    "src/telusur/demo/files.py": (frozenset({_XLSX, _NOT_AN_OFFICES}), ""),
    "src/telusur/intake/sheets/refused_sheet.py": (frozenset({_XLSX}), ""),
    "src/telusur/matching/tables/parquet.py": (frozenset({_WITHIN}), ""),
    "src/telusur/matching/tables/writing.py": (frozenset({_XLSX, _CSV}), "guarded"),
    "src/telusur/notices/sheets/public_rows.py": (frozenset({_CSV}), "inert"),
    "src/telusur/opendata/writers/csv_file.py": (frozenset({_CSV}), "csv_cell"),
    "src/telusur/opendata/writers/parquet_file.py": (frozenset({_WITHIN}), ""),
    "src/telusur/opendata/writers/xlsx_file.py": (frozenset({_XLSX}), ""),
    "src/telusur/planning/sheets/plan_sheet.py": (frozenset({_XLSX}), ""),
    "src/telusur/rounds/sheets/balance_sheet.py": (frozenset({_XLSX}), ""),
    "src/telusur/rounds/sheets/visit_sheet.py": (frozenset({_XLSX}), ""),
    "src/telusur/web/pages/register.py": (frozenset({_XLSX, _CSV}), "inert"),
}
GUARDS: dict[str, Callable[[str], object]] = {
    "all sheets": inert,
    "matching and locate": writing.guarded,
    "open data and the interface": cells.csv_cell,
}
# Calls of the library that make a formula or an address of what they are handed, whatever it was told.
_RISKY = frozenset({"write_formula", "write_array_formula", "write_dynamic_array_formula", "write_url"})


def uses(module: ast.Module) -> set[str]:
    """What a file does with sheets, by its imports."""
    named = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named.add(node.module)
    return {name for name in _LIBRARIES if any(each == name or each.startswith(f"{name}.") for each in named)}


def _calls(module: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(module) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _switched_off(module: ast.Module) -> bool:
    """Whether the library is told, in a dict of the file, to make no formula of a text."""
    dicts = [node for node in ast.walk(module) if isinstance(node, ast.Dict)]
    pairs = [pair for each in dicts for pair in zip(each.keys, each.values, strict=True)]
    said = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
    off = said.get("strings_to_formulas")
    return isinstance(off, ast.Constant) and off.value is False


def faults(where: str, module: ast.Module) -> list[str]:
    """What is wrong with how a file writes sheets, each as a sentence that says what to do."""
    used = uses(module)
    writes_csv = any(_name(call) in ("writer", "DictWriter") for call in _calls(module)) and "csv" in used
    if not writes_csv and not used & {"xlsxwriter", "openpyxl", "odf"}:
        return []
    if where not in WRITERS:
        return [f"{where} writes sheets; add it to WRITERS in tests/repository/test_sheets_that_leave.py"]
    kinds, guard = WRITERS[where]
    if _WITHIN in kinds:
        return []
    found = [f"{where}:{call.lineno} calls {_name(call)}" for call in _calls(module) if _name(call) in _RISKY]
    if "xlsxwriter" in used and not _switched_off(module):
        found.append(f"{where} opens a workbook without strings_to_formulas: False")
    if writes_csv and _NOT_AN_OFFICES not in kinds:
        if _CSV not in kinds:
            found.append(f"{where} writes CSV; say so in WRITERS, with the name of its guard")
        elif not any(_name(call) == guard or guard in map(_word, call.args) for call in _calls(module)):
            found.append(f"{where} writes CSV and calls {guard!r} nowhere")
    return found


def _word(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.long
def test_no_sheet_can_hold_a_formula() -> None:
    found = [fault for path in python_files(SRC) for fault in faults(inside(path), tree(path))]
    assert not found, "\n".join(found)


def test_every_line_of_the_table_is_a_file_that_writes() -> None:
    known = {inside(path): path for path in python_files(SRC)}
    assert {where for where in WRITERS if where not in known or not uses(tree(known[where]))} == set()


SAMPLES = {
    "undeclared": ("src/telusur/new.py", "import csv\ncsv.writer(x).writerow(y)", "add it to WRITERS"),
    "undeclared xlsx": ("src/telusur/new.py", "from xlsxwriter import Workbook", "add it to WRITERS"),
    "formulas left on": (
        "src/telusur/planning/sheets/plan_sheet.py",
        "import xlsxwriter\nxlsxwriter.Workbook(p, {'strings_to_urls': False})",
        "without strings_to_formulas",
    ),
    "formulas switched on": (
        "src/telusur/planning/sheets/plan_sheet.py",
        "import xlsxwriter\nxlsxwriter.Workbook(p, {'strings_to_formulas': True})",
        "without strings_to_formulas",
    ),
    "a formula by name": (
        "src/telusur/planning/sheets/plan_sheet.py",
        "import xlsxwriter\no = {'strings_to_formulas': False}\nsheet.write_formula(0, 0, text)",
        "calls write_formula",
    ),
    "csv unguarded": ("src/telusur/notices/sheets/public_rows.py", "import csv\ncsv.writer(x).writerow(y)", "nowhere"),
    "csv unsaid": (
        "src/telusur/planning/sheets/plan_sheet.py",
        "import csv\ncsv.writer(x).writerow(y)",
        "say so in WRITERS",
    ),
}


@pytest.mark.parametrize(("where", "text", "said"), SAMPLES.values(), ids=SAMPLES)
def test_a_bad_writer_is_named(where: str, text: str, said: str) -> None:
    assert any(said in fault for fault in faults(where, ast.parse(text)))


HOSTILE = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A1", '=HYPERLINK("https://x.invalid","a")')


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
@given(text=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text("=+-@＝\t\r\n 1a", max_size=6)))
def test_a_guarded_cell_begins_with_no_formula(guard: Callable[[str], object], text: str) -> None:
    cell = str(guard(text))
    assert cell in (text, f"'{text}")
    plain_number = text.lstrip("+-").replace(".", "", 1).isdigit()
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) and not plain_number:
        assert cell == f"'{text}"
