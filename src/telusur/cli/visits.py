"""`telusur visits FILE`: take visits from a sheet or a phone's sealed file; `--template FILE` writes the sheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop
from telusur.cli.derive import round_of
from telusur.cli.visits_sealed import receive_file
from telusur.people.rules import Deed

NAME = "visits"
HELP = "mencatat kunjungan dari lembar kerja atau berkas ponsel (.telusur), atau membuat lembarnya (--template)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A sheet to read or to write."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    parser.add_argument("--template", type=Path, metavar="FILE.xlsx", help="tulis lembar kosong berisi baris putaran")
    parser.add_argument("--round", dest="round_name", metavar="NAMA", help="putaran (bawaan: yang terbuka)")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Read or write."""
    house.enter()
    if args.file is not None and args.file.suffix.lower() == ".telusur":
        house.actor(args, Deed.RECORD_VISITS)
        return receive_file(args.file)
    found = round_of(args)
    if args.template is not None:
        return _template(args.template, found)
    if args.file is None:
        raise Stop("sebutkan berkas kunjungan, atau --template FILE.xlsx untuk membuat lembarnya", WRONG_USE)
    from telusur.intake.readers.opened import FileRefused
    from telusur.rounds.actions import record_visits
    from telusur.rounds.sheets.visit_sheet import read_visits

    by = house.actor(args, Deed.RECORD_VISITS)
    try:
        report = record_visits(
            round_=found, rows=read_visits(args.file, house.today()), by=by, file_name=args.file.name
        )
    except FileRefused as stopped:
        raise Stop(f"{args.file.name}: {stopped.refusal.sentence()}") from None
    except ValueError as error:
        raise Stop(str(error)) from None
    lines = [
        f"{report.rows_in} baris: {report.accepted} kunjungan baru, {report.known} sudah tercatat, "
        f"{report.outside} di luar daftar (U), {len(report.refused)} ditolak"
    ]
    if report.unchanged and not report.refused:
        lines.append("Tidak ada yang berubah: semua kunjungan di lembar ini sudah tercatat.")
    refused = [(str(item.row), item.column, item.value, item.reason.sentence(), item.mend) for item in report.refused]
    grids = [Grid(("baris", "kolom", "nilai", "alasan", "perbaikan"), refused[:50], title="Ditolak")] if refused else []
    document = {
        "rows_in": report.rows_in,
        "accepted": report.accepted,
        "known": report.known,
        "outside": report.outside,
        "refused": len(report.refused),
        "refusals": [
            {
                "row": item.row,
                "column": item.column,
                "value": item.value,
                "code": item.reason.code,
                "says": item.sentence(),
            }
            for item in report.refused
        ],
        "unchanged": report.unchanged,
    }
    return Answer(document, lines, grids, DATA_SAYS_NO if refused else DONE)


def _template(path: Path, found: Any) -> Answer:
    from telusur.rounds.queries import frozen_entries
    from telusur.rounds.sheets.visit_sheet import write_template

    if path.suffix.lower() != ".xlsx":
        raise Stop(f"«{path.name}» harus berakhiran .xlsx", WRONG_USE)
    rows = frozen_entries(found).order_by("kelurahan_code", "name").values_list("cooperative__nik_koperasi", "name")
    try:
        write_template(path, ((nik_koperasi or "", name, "") for nik_koperasi, name in rows))
    except OSError as error:
        raise Stop(f"{path.name} tidak dapat ditulis ({error.strerror})") from None
    return Answer({"template": str(path), "rows": found.row_count}, [f"Lembar kunjungan ditulis: {path}"])
