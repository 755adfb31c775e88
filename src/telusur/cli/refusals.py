"""`telusur refusals EDITION`: the rows that were not taken, and the sheet to correct them in."""

from __future__ import annotations

import argparse
from pathlib import Path

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop

NAME = "refusals"
HELP = "baris yang ditolak; unduh (--out), perbaiki, lalu import lagi"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which edition, and where to write the sheet."""
    parser.add_argument("edition", type=int, metavar="NOMOR")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx")


def run(args: argparse.Namespace) -> Answer:
    """List or write. The exit status is 1 while rows stay refused."""
    house.enter()
    from telusur.intake.queries import open_refusals
    from telusur.intake.sheets.refused_sheet import write_refused
    from telusur.register.models import Edition

    edition = Edition.objects.filter(pk=args.edition, sealed_at__isnull=False).first()
    if edition is None:
        raise Stop(f"edisi {args.edition} tidak ada; lihat `telusur editions`", WRONG_USE)
    rows = open_refusals(edition)
    lines = [f"Edisi {edition.pk}: {len(rows)} baris masih ditolak dari {edition.rows_in_count}."]
    if args.out is not None:
        if args.out.suffix.lower() != ".xlsx":
            raise Stop(f"«{args.out.name}» harus berakhiran .xlsx", WRONG_USE)
        write_refused(args.out, edition)
        lines.append(f"Lembar perbaikan ditulis: {args.out}. Setelah diperbaiki: telusur import {args.out}")
    refusals = [row.as_refusal() for row in rows]
    grid = Grid(
        ("baris", "kolom", "nilai", "alasan", "perbaikan"),
        [(str(item.row), item.column, item.value, item.reason.sentence(), item.mend) for item in refusals[:100]],
        foot=f"dan {len(rows) - 100} lagi" if len(rows) > 100 else "",
    )
    document = {
        "edition": edition.pk,
        "refused": len(rows),
        "rows": [
            {
                "row": item.row,
                "column": item.column,
                "value": item.value,
                "code": item.reason.code,
                "reason": item.reason.sentence(),
                "mend": item.mend,
            }
            for item in refusals
        ],
    }
    return Answer(document, lines, [grid] if rows else [], DATA_SAYS_NO if rows else DONE)
