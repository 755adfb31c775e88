"""Import of a national edition, CSV and XLSX, against what a Django shop would take and against a bare loop.

    python -m bench.importing [--rows 115000] [--runs 5] [--default-rows 115000] [--default-runs 1]

Ours reads, normalises, resolves areas, warns, hashes, keeps raw and normal rows, links cooperatives and indexes names.
`bare` puts the file's cells as text into one table with executemany. `import-export` is django-import-export with its bulk
mode on and diffs off, into a model of 24 text columns, its rows read as `bare` reads them; `import-export, defaults` is the
same as its tutorial sets it up, a workbook read as it says (tablib, openpyxl), which takes minutes: once, on as many rows,
so that what either takes to begin counts the same. All write to a fresh SQLite file with the same pragmas.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.measure import machine, report, take_turns, tree_memory

OURS = "telusur"
PEERS = ("bare", "import-export")
COLUMN_COUNT = 24
_NUMBER = 20


def _say(seconds: float, rows: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "rows": rows, "peak_mib": peak}))


def _fresh_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "telusur.web.settings"
    import django

    django.setup()


def run_ours(path: Path) -> None:
    """Telusur's own import into a prepared data folder."""
    _fresh_django()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    from telusur.areas.actions import load_areas
    from telusur.intake.actions import load_batch, serving_nobody

    rows = json.loads(path.with_suffix(".areas.json").read_text(encoding="utf-8"))
    from telusur.areas.rules.places import AreaRow
    from telusur.words.area_code import AreaLevel

    areas = [AreaRow(code, AreaLevel(level), name, parent) for code, level, name, parent in rows]
    with transaction.atomic():
        load_areas(areas, source="bench", by="bench")
    began = time.perf_counter()
    # As `telusur import` calls it.
    with serving_nobody():
        done = load_batch(path, by="bench", as_of_on=date(2021, 12, 27))
    seconds = time.perf_counter() - began
    assert done.rows_in == done.accepted + done.refused
    _say(seconds, done.rows_in)


def _cells(path: Path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from csv.reader(stream)
    else:
        from python_calamine import CalamineWorkbook

        yield from CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()


def run_bare(path: Path) -> None:
    """csv or python-calamine rows into executemany."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        link = sqlite3.connect(Path(folder) / "bare.sqlite3")
        link.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
        link.execute(f"CREATE TABLE entry ({', '.join(f'c{n} TEXT' for n in range(COLUMN_COUNT))})")
        rows = _cells(path)
        next(rows)
        marks = ", ".join("?" * COLUMN_COUNT)
        link.executemany(
            f"INSERT INTO entry VALUES ({marks})",
            rows if path.suffix == ".csv" else (tuple(map(str, row)) for row in rows),
        )
        link.commit()
        (count,) = link.execute("SELECT count(*) FROM entry").fetchone()
        _say(time.perf_counter() - began, count)


def run_import_export(path: Path, *, tuned: bool) -> None:
    """django-import-export into a plain model."""
    _fresh_django()
    from django.db import connection, models
    from import_export import resources
    from tablib import Dataset

    # The number is indexed, as any shop's would be: the defaults look each row up by it.
    fields = {f"c{n}": models.TextField(db_index=n == _NUMBER) for n in range(COLUMN_COUNT)}
    meta = type("Meta", (), {"app_label": "web"})
    model = type("Row", (models.Model,), {**fields, "__module__": __name__, "Meta": meta})
    with connection.schema_editor() as editor:
        editor.create_model(model)
    names = list(fields)
    settings = {"use_bulk": True, "skip_diff": True, "batch_size": 1000, "force_init_instance": True} if tuned else {}
    options = type("Meta", (), {"model": model, "import_id_fields": [f"c{_NUMBER}"], "fields": names, **settings})
    made = resources.modelresource_factory(model)
    resource_class = type("RowResource", (made,), {"Meta": options})
    began = time.perf_counter()
    if tuned or path.suffix == ".csv":
        rows = _cells(path)
        next(rows)
    else:
        rows = iter(Dataset().load(path.read_bytes(), format="xlsx"))
    dataset = Dataset(*(tuple(map(str, row)) for row in rows), headers=names)
    result = resource_class().import_data(dataset, dry_run=False, raise_errors=True)
    _say(time.perf_counter() - began, result.total_rows)


def _write(folder: Path, rows: int) -> dict[str, Path]:
    from bench.editions import write_bench_edition

    return {kind: write_bench_edition(folder / f"edition-{rows}.{kind}", rows) for kind in ("csv", "xlsx")}


def main() -> None:
    """Write the files once, then let the contestants take turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=115_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--default-rows", type=int, default=115_000)
    parser.add_argument("--default-runs", type=int, default=1)
    parser.add_argument("--as", dest="contestant")
    parser.add_argument("--file", type=Path)
    args = parser.parse_args()
    if args.contestant:
        with tempfile.TemporaryDirectory() as data:
            os.environ["TELUSUR_DATA"] = data
            os.environ.pop("DATABASE_URL", None)
            {
                OURS: run_ours,
                "bare": run_bare,
                "import-export": lambda path: run_import_export(path, tuned=True),
                "import-export, defaults": lambda path: run_import_export(path, tuned=False),
            }[args.contestant](args.file)
            sys.stdout.flush()
        return
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        files = _write(Path(folder), args.rows)
        for kind, path in files.items():
            names = (OURS, *PEERS)
            results = take_turns("bench.importing", names, {name: ["--file", str(path)] for name in names}, args.runs)
            report(
                f"{args.rows} rows, {kind.upper()}, {path.stat().st_size / 1e6:.0f} MB, {args.runs} runs", results, OURS
            )
            print(
                f"all processes together, {OURS}: {tree_memory('bench.importing', OURS, ['--file', str(path)]):.0f} MiB"
            )
        small = files if args.default_rows == args.rows else _write(Path(folder), args.default_rows)
        names = (OURS, "import-export, defaults")
        for kind, path in small.items():
            results = take_turns(
                "bench.importing", names, {name: ["--file", str(path)] for name in names}, args.default_runs
            )
            title = f"{args.default_rows} rows, {kind.upper()}, django-import-export as its tutorial sets it up"
            report(title, results, OURS)


if __name__ == "__main__":
    main()
