"""`telusur diff OLD NEW`: what changed between two editions, field by field."""

from __future__ import annotations

import argparse
from typing import Any

from telusur.cli import house
from telusur.cli.answer import Answer, Grid, Stop

NAME = "diff"
HELP = "perbedaan dua edisi, kolom demi kolom"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two editions' numbers."""
    parser.add_argument("old", type=int, metavar="LAMA")
    parser.add_argument("new", type=int, metavar="BARU")
    parser.add_argument("--limit", type=int, default=50, help="baris yang ditampilkan (JSON memuat semuanya)")


def _edition(number: int) -> Any:
    from telusur.register.models import Edition

    found = Edition.objects.filter(pk=number, sealed_at__isnull=False).first()
    if found is None:
        raise Stop(f"edisi {number} tidak ada; lihat `telusur editions`", 2)
    return found


def _said(value: object) -> str:
    return "—" if value in (None, "") else str(value)


def run(args: argparse.Namespace) -> Answer:
    """Compare."""
    house.enter()
    from telusur.register.queries import changes_between

    diff = changes_between(_edition(args.old), _edition(args.new))
    rows = [
        (row.nik_koperasi or row.cooperative[:8], row.name, change.field, _said(change.before), _said(change.after))
        for row in diff.changed
        for change in row.changes
    ]
    document = {
        "old": args.old,
        "new": args.new,
        "same": diff.same_count,
        "added": [{"cooperative": a, "nik_koperasi": b, "name": c} for a, b, c in diff.added],
        "absent": [{"cooperative": a, "nik_koperasi": b, "name": c} for a, b, c in diff.absent],
        "changed": [
            {
                "cooperative": row.cooperative,
                "nik_koperasi": row.nik_koperasi,
                "name": row.name,
                "fields": {change.field: [change.before, change.after] for change in row.changes},
            }
            for row in diff.changed
        ],
        "by_field": diff.by_field(),
    }
    lines = [
        f"Edisi {args.old} → {args.new}: {diff.same_count} sama, {len(diff.changed)} berubah, "
        f"{len(diff.added)} baru, {len(diff.absent)} tidak ada lagi (tidak dihapus)"
    ]
    grids = [
        Grid(
            ("NIK koperasi", "nama", "kolom", "sebelum", "sesudah"),
            rows[: args.limit],
            title="Yang berubah",
            foot=f"dan {len(rows) - args.limit} lagi; lihat --json" if len(rows) > args.limit else "",
        )
    ]
    for title, listed in (("Baru", diff.added), ("Tidak ada lagi", diff.absent)):
        if listed:
            grids.append(Grid(("NIK koperasi", "nama"), [(b, c) for _, b, c in listed[: args.limit]], title=title))
    return Answer(document, lines, grids if rows else grids[1:])
