"""`telusur locate FILE`: the address engine over any table, without a database and without a data folder.

In: a table with an address column. Out: the same table, its columns as they came, and `kelurahan_code, kelurahan_name,
confidence, tier, reasons` behind them. Areas are those of the package; no points, since nobody gave outlines.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import xlsxwriter

from telusur.addresses.rules.location import Location, Tier
from telusur.addresses.rules.named_places import PlaceIndex
from telusur.addresses.rules.placing import Placer, Shapes, StatedRow
from telusur.areas.readers import package
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.link_tables import ReadTable, read_table
from telusur.matching.rules.link_refused import LinkRefused
from telusur.matching.rules.on import column_of
from telusur.matching.tables.whole import WholeFiles
from telusur.matching.tables.writing import guarded
from telusur.words.sheet_cell import SHEET_MADE_AT

__all__ = ["ADDED", "add_arguments", "run"]

ADDED = ("kelurahan_code", "kelurahan_name", "confidence", "tier", "reasons")
_ENDINGS = (".csv", ".xlsx")
_MOST_SHEET_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_COLUMNS = (("kelurahan", "kelurahan"), ("kecamatan", "kecamatan"), ("city", "kabupaten_kota"))
_WATCH_EVERY = 2_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which columns say what, and where to write."""
    parser.add_argument("--address", metavar="KOLOM", help="kolom alamat di FILE")
    parser.add_argument("--kelurahan", metavar="KOLOM", help="kolom kelurahan atau desa")
    parser.add_argument("--kecamatan", metavar="KOLOM", help="kolom kecamatan")
    parser.add_argument("--city", metavar="KOLOM", help="kolom kabupaten atau kota")
    parser.add_argument("--home", metavar="NAMA", help="kabupaten/kota semua baris, bila tidak ada kolomnya")
    parser.add_argument("--sheet", metavar="NAMA", help="lembar yang dibaca")
    parser.add_argument("--out", type=Path, metavar="FILE", help="hasilnya: FILE.csv atau FILE.xlsx")


def run(args: argparse.Namespace) -> Answer:
    """Read, place each row, write whole or not at all."""
    if not args.address or args.out is None:
        raise Stop("sebutkan kolom alamat dengan --address dan berkas hasil dengan --out", WRONG_USE)
    if args.out.suffix.lower() not in _ENDINGS:
        raise Stop(f"«{args.out.name}» tidak dapat ditulis; pakai nama yang berakhiran .csv atau .xlsx", WRONG_USE)
    table = read_table(args.file, sheet=args.sheet)
    columns = _columns(args, table)
    taken = [label for label in table.columns if label in ADDED]
    if taken:
        raise Stop(f"{table.name}: kolom «{taken[0]}» sudah ada; ganti namanya, karena hasil menulis kolom itu")
    if args.out.suffix.lower() == ".xlsx" and table.row_count > _MOST_SHEET_ROWS:
        raise Stop(f"{table.row_count} baris tidak muat di satu lembar XLSX; pakai --out FILE.csv", WRONG_USE)
    begun = time.perf_counter()
    located = _locate(table, columns, args.home or "")
    write = _write_csv if args.out.suffix.lower() == ".csv" else _write_xlsx
    with WholeFiles() as files:
        tally = write(files.place(args.out), table, located)
    return _answer(table, args.out, tally, time.perf_counter() - begun)


def _columns(args: argparse.Namespace, table: ReadTable) -> Mapping[str, str]:
    """The label of each column that was named, by field of `StatedRow`."""
    wanted = {"address": args.address, **{field: getattr(args, option) for option, field in _COLUMNS}}
    try:
        return {field: column_of(label, table.columns, table.name) for field, label in wanted.items() if label}
    except LinkRefused as refused:
        raise Stop(str(refused), WRONG_USE) from None


def _locate(table: ReadTable, columns: Mapping[str, str], home: str) -> Iterator[Location]:
    """Each row's place, in the table's order."""
    areas = (AreaName(area.code, area.name, area.parent, area.level) for area in package.rows())
    gazetteer = Gazetteer(areas)
    if home and gazetteer.regency(home).code is None:
        raise Stop(f"kabupaten/kota «{home}» tidak dikenal; tulis misalnya «Kota Bogor»", WRONG_USE)
    placer = Placer(gazetteer, shapes=Shapes({}), places=PlaceIndex(()), home=home)
    begun = time.perf_counter()
    for at in range(table.row_count):
        stated = StatedRow(**{field: table.columns[label][at] for field, label in columns.items()})
        yield placer(stated).location
        if at % _WATCH_EVERY == 0 and sys.stderr.isatty():
            speed = (at + 1) / max(time.perf_counter() - begun, 1e-9)
            sys.stderr.write(f"\r\x1b[K{at}/{table.row_count} baris, {speed:.0f} baris per detik")
            sys.stderr.flush()
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")


def _cells(where: Location) -> tuple[str, str, float, str, str]:
    reasons = "; ".join(reason.sentence() for reason in where.reasons)
    return where.kelurahan_code, where.kelurahan_name, where.confidence, where.tier.value, reasons


def _tally(tally: Counter[str], where: Location) -> None:
    tally["resolved"] += where.kelurahan_code != ""
    tally[where.tier.value] += 1


def _write_csv(path: Path, table: ReadTable, located: Iterator[Location]) -> Counter[str]:
    tally: Counter[str] = Counter()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*map(guarded, table.columns), *ADDED])
        for cells, where in zip(zip(*table.columns.values(), strict=True), located, strict=True):
            _tally(tally, where)
            code, name, confidence, tier, reasons = _cells(where)
            writer.writerow([*map(guarded, cells), code, name, f"{confidence:.4g}", tier, guarded(reasons)])
    return tally


def _write_xlsx(path: Path, table: ReadTable, located: Iterator[Location]) -> Counter[str]:
    tally: Counter[str] = Counter()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "constant_memory": True}) as book:
        book.set_properties({"created": SHEET_MADE_AT})
        sheet = book.add_worksheet("Alamat")
        head = book.add_format({"bold": True, "bottom": 1})
        for column, label in enumerate((*table.columns, *ADDED)):
            sheet.write_string(0, column, label, head)
        rows = zip(zip(*table.columns.values(), strict=True), located, strict=True)
        for number, (cells, where) in enumerate(rows, start=1):
            _tally(tally, where)
            for column, cell in enumerate((*cells, *_cells(where))):
                if isinstance(cell, float):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, cell[:_LONGEST_CELL])
        sheet.freeze_panes(1, 0)
    return tally


def _answer(table: ReadTable, out: Path, tally: Counter[str], seconds: float) -> Answer:
    resolved, rows = tally["resolved"], table.row_count
    document = {
        "file": table.name,
        "out": out.name,
        "rows": rows,
        "resolved": resolved,
        "unknown": rows - resolved,
        "tiers": {tier.value: tally[tier.value] for tier in Tier},
        "seconds": round(seconds, 2),
        "rows_per_second": round(rows / max(seconds, 1e-9)),
    }
    grid = Grid(
        ("tentang", "nilai", "baris"),
        [
            ("kelurahan", "diketahui", resolved),
            ("", "tidak diketahui", rows - resolved),
            *(("ketertemuan" if tier is Tier.A else "", tier.value, tally[tier.value]) for tier in Tier),
        ],
    )
    return Answer(document, [f"{rows} baris {table.name} ditulis ke {out.name}."], [grid])
