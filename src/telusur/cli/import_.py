"""`telusur import FILE`: bring an edition in, or the corrected rows of one."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, DONE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "import"
HELP = "memasukkan edisi register dari CSV, XLSX, XLS, atau ODS"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE and how to read it."""
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--layout", metavar="NAMA", help="tata letak atau pemetaan tersimpan (bawaan: dikenali dari judul)"
    )
    parser.add_argument("--as-of", dest="as_of", metavar="TANGGAL", type=house.day, help="keadaan per tanggal")
    parser.add_argument("--sheet", metavar="NAMA", help="lembar yang dibaca")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Import; the exit status is 1 when rows were refused or the edition waits for a second person."""
    house.enter()
    from telusur.corrections.actions import follow
    from telusur.corrections.rules.fate import FATE_LABELS
    from telusur.intake.actions import load_batch, serving_nobody
    from telusur.intake.readers.opened import FileRefused
    from telusur.intake.rules.list_day import refuse_day

    by = house.actor(args, Deed.IMPORT_EDITION)
    as_of_on = args.as_of or house.today()
    if refusal := refuse_day(as_of_on, house.today()):
        raise Stop(f"{args.file.name}: {refusal.sentence()}")

    columns = (
        TextColumn("membaca {task.fields[name]}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} baris"),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None, name=args.file.name, speed="")
        began = time.monotonic()

        def watch(rows: int) -> None:
            speed = rows / max(time.monotonic() - began, 0.001)
            bar.update(task, completed=rows, speed=f"{speed:,.0f} baris/detik")

        try:
            with serving_nobody():
                report = load_batch(
                    args.file,
                    by=by,
                    as_of_on=as_of_on,
                    layout=args.layout,
                    sheet=args.sheet,
                    is_day_stated=args.as_of is not None,
                    watch=watch,
                )
        except FileRefused as refused:
            raise Stop(f"{args.file.name}: {refused.refusal.sentence()}") from None
        seconds = time.monotonic() - began
    # What was sent to the ministry is looked for in every list that comes in.
    followed = None if report.unchanged or report.held else follow(by=by)
    document = _document(report, seconds)
    lines = _lines(report, document)
    if followed is not None and followed.followed:
        document["corrections"] = {kind.value: count for kind, count in followed.counts.items()}
        said = ", ".join(f"{count} {FATE_LABELS[kind]}" for kind, count in followed.counts.items() if count)
        lines.append(f"Usulan yang terkirim: {said}. Lihat `telusur corrections fates`.")
    grids = _refused_grid(report) if report.refused and not report.unchanged else []
    refused_now = report.refused and not report.unchanged
    return Answer(document, lines, grids, DATA_SAYS_NO if refused_now or report.held else DONE)


def _document(report: Any, seconds: float) -> dict[str, object]:
    edition = report.edition
    return {
        "edition": edition.pk,
        "rows_in": report.rows_in,
        "accepted": report.accepted,
        "refused": report.refused,
        "warnings": report.warnings,
        "unchanged": report.unchanged,
        "held": report.held,
        "corrected": report.corrected,
        "new": edition.new_count,
        "changed": edition.changed_count,
        "absent": edition.absent_count,
        "rows_per_second": round(report.rows_in / max(seconds, 0.001)),
    }


def _refused_grid(report: Any) -> list[Grid]:
    rows = [
        (row.row_number, row.column, row.value, row.as_refusal().reason.sentence(), row.mend)
        for row in report.batch.refused_rows.all()[:20]
    ]
    more = report.refused - len(rows)
    foot = f"dan {more} baris lagi; " * bool(more) + f"unduh: telusur refusals {report.edition.pk} --out FILE.xlsx"
    return [Grid(("baris", "kolom", "nilai", "alasan", "perbaikan"), rows, title="Baris yang ditolak", foot=foot)]


def _lines(report: Any, document: Mapping[str, object]) -> list[str]:
    edition = report.edition
    if report.unchanged:
        return [
            f"Tidak ada yang berubah: isi berkas ini sudah masuk sebagai edisi {edition.pk} "
            f"({edition.file_name}, {edition.imported_at:%d/%m/%Y})."
        ]
    what = "perbaikan untuk edisi" if report.corrected else "edisi"
    lines = [
        f"{what.capitalize()} {edition.pk} · {edition.scope} · per {edition.as_of_on:%d/%m/%Y} · "
        f"tata letak {edition.layout}",
        f"{report.rows_in} baris = {report.accepted} diterima + {report.refused} ditolak; "
        f"{report.warnings} diterima dengan catatan; {document['rows_per_second']} baris/detik",
    ]
    if edition.previous_id and not report.corrected:
        lines.append(
            f"Dibanding edisi {edition.previous_id}: {edition.new_count} baru, {edition.changed_count} berubah, "
            f"{edition.absent_count} tidak ada lagi (tidak dihapus)"
        )
    if report.held:
        lines.append(
            f"DITAHAN: {edition.absent_count} koperasi hilang dari daftar, lebih dari 2 %. "
            f"Orang kedua memutuskan: telusur editions accept {edition.pk} --by AKUN --why ALASAN"
        )
    return lines
