"""`telusur match`: propose duplicates in an edition, link it to what we hold, link an office's list to the register."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.list_rows import list_rows
from telusur.people.rules import Deed

NAME = "match"
HELP = "mengusulkan baris ganda, dan menautkan edisi atau daftar kantor ke register"
_KINDS = {
    "within": "ganda di dalam edisi",
    "returning": "baris baru yang mungkin sudah dikenal",
    "list": "daftar kantor",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to match."""
    parser.add_argument("--edition", type=int, metavar="NOMOR", help="edisi (bawaan: yang terbaru)")
    parser.add_argument("--list", dest="list_file", type=Path, metavar="FILE", help="daftar kantor yang ditautkan")
    parser.add_argument("--name", metavar="NAMA", help="nama daftar itu, tetap sama bila dibawa lagi")
    parser.add_argument("--layout", metavar="NAMA", help="tata letak daftar (bawaan: dikenali dari judul)")
    parser.add_argument("--sheet", metavar="NAMA", help="lembar yang dibaca")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Match an edition, or a list where one is given."""
    house.enter()
    by = house.actor(args, Deed.MATCH)
    if args.list_file is not None:
        if not args.name:
            raise Stop("sebutkan nama daftar dengan --name, misalnya «Dinas 2022»", WRONG_USE)
        return _list(args, by)
    from telusur.matching.actions import match_edition
    from telusur.register.models import Edition
    from telusur.register.queries import latest_edition

    edition = Edition.objects.filter(pk=args.edition).first() if args.edition else latest_edition()
    if edition is None:
        raise Stop("belum ada edisi yang dapat dipakai; jalankan `telusur import FILE`")
    try:
        reports = match_edition(edition=edition, by=by, progress=_watch)
    except ValueError as error:
        raise Stop(str(error)) from None
    return _answer(reports, 0)


def _watch(stage: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{stage} ({done}/{of})" if done < of else "\r\x1b[K")
        sys.stderr.flush()


def _list(args: argparse.Namespace, by: str) -> Answer:
    from telusur.matching.actions import match_list

    rows, refused = list_rows(args.list_file, layout=args.layout, sheet=args.sheet)
    try:
        report = match_list(name=args.name, file_name=args.list_file.name, rows=rows, by=by, progress=_watch)
    except ValueError as error:
        raise Stop(f"{args.list_file.name}: {error}") from None
    return _answer([report], refused)


def _answer(reports: list[Any], refused: int) -> Answer:
    from telusur.matching.queries import open_count

    waiting = open_count()
    runs = [
        {
            "run": run.pk,
            "kind": run.kind,
            "edition": run.edition_id,
            "list": run.office_list.name if run.office_list else None,
            "left": run.left_count,
            "right": run.right_count,
            "pairs": run.pair_count,
            "sure": run.sure_count,
            "proposed": run.proposed_count,
            "reach": run.reach["share"],
            "candidates_per_row": run.reach["candidates_per_row"],
            "warnings": run.warnings,
            "seconds": run.seconds,
            "unchanged": unchanged,
        }
        for run, unchanged in reports
    ]
    lines = [f"Peringatan: {words}" for run, _ in reports for words in run.warnings]
    if all(unchanged for _, unchanged in reports):
        lines.append("Tidak ada yang berubah: data dan penilaian sama dengan pencocokan terakhir.")
    if refused:
        lines.append(f"{refused} baris daftar tidak dapat dibaca dan tidak dicocokkan.")
    lines.append(f"{waiting} pasangan menunggu penilaian" + (": telusur judge" if waiting else "."))
    grid = Grid(
        ("pencocokan", "kiri", "kanan", "pasangan", "tertaut", "diusulkan", "jangkauan"),
        [
            (
                _KINDS[run.kind] + (f" «{run.office_list.name}»" if run.office_list else ""),
                run.left_count,
                run.right_count,
                run.pair_count,
                run.sure_count,
                run.proposed_count,
                "terlalu sedikit pasangan untuk ditaksir"
                if run.reach["share"] is None
                else f"{100 * run.reach['share']:.1f} %",
            )
            for run, _ in reports
        ],
    )
    return Answer({"runs": runs, "refused": refused, "waiting": waiting}, lines, [grid])
