"""`telusur locate`: place every row of an edition; load named places; or run the address engine over any table."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from telusur.cli import house, locate_file
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop
from telusur.cli.link_tables import read_table
from telusur.people.rules import Deed

NAME = "locate"
HELP = "alamat: kelurahan, ketertemuan A-D, dan titik; untuk edisi atau untuk tabel apa pun"
_SHOWN_REFUSALS = 50
_TIERS = {
    "A": "pintunya dapat ditemukan siapa saja",
    "B": "jalan atau kompleksnya dapat ditemukan",
    "C": "hanya lingkungannya",
    "D": "tidak ada pegangan",
}
_PRECISIONS = {
    "building": "bangunan",
    "street": "jalan atau tempat bernama",
    "kelurahan": "tengah kelurahan",
    "none": "tanpa titik",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """An edition, a file, or a list of places."""
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="tabel apa pun (CSV, XLSX); tanpa basis data"
    )
    locate_file.add_arguments(parser)
    parser.add_argument("--edition", type=int, metavar="NOMOR", help="edisi (bawaan: yang terbaru)")
    parser.add_argument("--places", type=Path, metavar="FILE", help="muat tempat bernama: kolom nama, lat, lon")
    parser.add_argument("--source", metavar="SUMBER", help="sumber dan lisensi tempat-tempat itu")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Do the one that was asked."""
    if args.file is not None:
        return locate_file.run(args)
    if args.address or args.out:
        raise Stop("--address dan --out hanya untuk `telusur locate FILE`; sebutkan berkasnya", WRONG_USE)
    house.enter()
    by = house.actor(args, Deed.LOCATE)
    return _places(args, by) if args.places is not None else _edition(args, by)


def _watch(done: int, of: int, speed: float) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{done}/{of} baris, {speed:.0f} baris per detik" if done < of else "\r\x1b[K")
        sys.stderr.flush()


def _edition(args: argparse.Namespace, by: str) -> Answer:
    from telusur.addresses.actions import locate_all
    from telusur.register.models import Edition
    from telusur.register.queries import latest_edition

    edition = Edition.objects.filter(pk=args.edition).first() if args.edition else latest_edition()
    if edition is None:
        said = f"edisi {args.edition} tidak ada" if args.edition else "belum ada edisi yang dapat dipakai"
        raise Stop(f"{said}; lihat `telusur editions`")
    try:
        report = locate_all(edition=edition, by=by, progress=_watch)
    except ValueError as error:
        raise Stop(str(error)) from None
    counts = report.counts
    speed = counts.rows / max(report.seconds, 1e-9)
    document = {
        "edition": edition.pk,
        "rows": counts.rows,
        "resolved": counts.resolved,
        "unknown": counts.unknown,
        "tiers": {tier.value: count for tier, count in counts.tiers.items()},
        "precisions": {item.value: count for item, count in counts.precisions.items()},
        "changed": report.changed,
        "unchanged": report.changed == 0,
        "seconds": round(report.seconds, 2),
        "rows_per_second": round(speed),
    }
    lines = [f"Edisi {edition.pk}: {_dotted(counts.rows)} baris, {_dotted(round(speed))} baris per detik."]
    lines.append("Tidak ada yang berubah." if not report.changed else f"{_dotted(report.changed)} baris berubah.")
    if counts.rows and not counts.pointed:
        lines.append("Tanpa titik: muat batas kelurahan dengan `telusur areas import FILE.geojson`.")
    return Answer(document, lines, [_summary(counts.resolved, counts.unknown, document)])


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _summary(resolved: int, unknown: int, document: dict[str, object]) -> Grid:
    tiers, precisions = document["tiers"], document["precisions"]
    assert isinstance(tiers, dict) and isinstance(precisions, dict)
    rows: list[tuple[str, str, int]] = [
        ("kelurahan", "diketahui", resolved),
        ("", "tidak diketahui", unknown),
        *(("ketertemuan" if key == "A" else "", f"{key} · {words}", tiers[key]) for key, words in _TIERS.items()),
        *(("titik" if key == "building" else "", words, precisions[key]) for key, words in _PRECISIONS.items()),
    ]
    return Grid(("tentang", "nilai", "baris"), rows)


def _places(args: argparse.Namespace, by: str) -> Answer:
    from telusur.addresses.actions import load_places
    from telusur.addresses.rules.named_places import read_places

    if not args.source:
        raise Stop("sebutkan sumber dan lisensinya dengan --source, misalnya «OpenStreetMap, ODbL 1.0»", WRONG_USE)
    table = read_table(args.places)
    reading = read_places(table.columns, table.numbers)
    if not reading.places:
        sentence = reading.refusals[0].sentence() if reading.refusals else "tidak ada tempat di dalamnya"
        raise Stop(f"{args.places.name}: {sentence}")
    digest = hashlib.sha256(args.places.read_bytes()).hexdigest()[:16]
    done = load_places(reading.places, source=f"{args.source} · {table.name[:100]} sha256:{digest}", by=by)
    rows = [
        (str(item.row), item.column, item.value, item.reason.sentence(), item.mend)
        for item in reading.refusals[:_SHOWN_REFUSALS]
    ]
    grids = [Grid(("baris", "kolom", "nilai", "alasan", "perbaikan"), rows, title="Ditolak")] if rows else []
    refused = len(reading.refusals)
    document = {
        "file": table.name,
        "rows_in": table.row_count,
        "added": done.added,
        "known": done.known,
        "refused": refused,
    }
    said = f"{table.name}: {done.added} tempat ditambahkan, {done.known} sudah ada, {refused} ditolak."
    return Answer(document, [said], grids, DATA_SAYS_NO if refused else DONE)
