"""`telusur export`: the open data as files with their manifests, or a dated snapshot that stands for ever."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.opendata.queries import Moment
    from telusur.opendata.rules.manifest import Written

NAME = "export"
HELP = "data terbuka: CSV, XLSX, Parquet, GeoJSON, JSON Lines dengan manifes; atau arsip bertanggal (--snapshot)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which set, in which forms, to where; or a snapshot."""
    parser.add_argument(
        "dataset", nargs="?", default="all", metavar="HIMPUNAN", help="cooperatives, balance, notices, …, atau all"
    )
    parser.add_argument(
        "--format", default="csv", metavar="BENTUK", help="csv,xlsx,parquet,geojson,jsonl, atau all (bawaan: csv)"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="folder tujuan; dibuat bila belum ada")
    parser.add_argument("--on", type=house.day, metavar="TANGGAL", help="keadaan pada hari (bawaan: hari ini)")
    parser.add_argument("--known-at", type=house.instant, metavar="SAAT", help="yang diketahui sampai saat itu")
    parser.add_argument("--address", default="", metavar="ALAMAT", help="alamat folder itu di web, untuk katalog DCAT")
    parser.add_argument(
        "--snapshot", action="store_true", help="arsip bertanggal dari semua himpunan, yang tidak berubah"
    )
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Write the files, or take the snapshot."""
    house.enter()
    from telusur.opendata.actions import Unsettled

    try:
        return _snapshot(args) if args.snapshot else _files(args)
    except Unsettled as error:
        raise Stop(str(error)) from None


def _moment(args: argparse.Namespace) -> Moment:
    from telusur.opendata.queries import Moment, now

    newest = now()
    return Moment(args.on or newest.on, args.known_at or newest.known_at)


def _files(args: argparse.Namespace) -> Answer:
    from telusur.opendata.actions import write_folder
    from telusur.opendata.rules.datasets import Dataset
    from telusur.opendata.rules.formats import Form

    house.actor(args, Deed.LOOK_UP)
    if args.out is None:
        raise Stop("sebutkan folder tujuan dengan --out FOLDER", WRONG_USE)
    if args.out.exists() and not args.out.is_dir():
        raise Stop(f"--out {args.out} adalah berkas; sebutkan sebuah folder", WRONG_USE)
    datasets = _chosen(args.dataset, [each.value for each in Dataset], "himpunan")
    forms = _chosen(args.format, [each.value for each in Form], "--format")
    at = _moment(args)
    files = write_folder(
        args.out, [Dataset(each) for each in datasets], [Form(each) for each in forms], at, args.address
    )
    document = {"on": at.on, "known_at": at.known_at, "out": str(args.out), "files": _documents(files)}
    said = f"{len(files)} berkas dengan manifesnya di {args.out}; keadaan {at.on:%d/%m/%Y}"
    return Answer(document, [said], [_grid(files)])


def _chosen(asked: str, known: list[str], what: str) -> list[str]:
    """The asked words, in the order known. Stops at one that is not known."""
    wanted = [word.strip() for word in asked.split(",") if word.strip()]
    if wanted == ["all"]:
        return known
    for word in wanted:
        if word not in known:
            raise Stop(f"{what} «{word}» tidak ada; pilih {', '.join(known)}, atau all", WRONG_USE)
    if not wanted:
        raise Stop(f"{what} kosong; pilih {', '.join(known)}, atau all", WRONG_USE)
    return [word for word in known if word in wanted]


def _snapshot(args: argparse.Namespace) -> Answer:
    from telusur.opendata.actions import take_snapshot

    by = house.actor(args, Deed.PUBLISH_DATA)
    if args.out or args.on or args.known_at:
        raise Stop("--snapshot mengarsipkan keadaan sekarang; --out, --on, dan --known-at tidak berlaku", WRONG_USE)
    snapshot = take_snapshot(by=by)
    files = [file.as_written() for file in snapshot.files.all()]
    document = {
        "snapshot": snapshot.label,
        "on": snapshot.on,
        "known_at": snapshot.known_at,
        "files": _documents(files),
    }
    return Answer(
        document, [f"Arsip {snapshot.label}: {len(files)} berkas, /data/arsip/{snapshot.label}/"], [_grid(files)]
    )


def _documents(files: list[Written]) -> list[dict[str, object]]:
    return [
        {"file": each.name, "rows": each.row_count, "bytes": each.byte_count, "sha256": each.sha256} for each in files
    ]


def _grid(files: list[Written]) -> Grid:
    rows = [(each.name, each.row_count, each.byte_count, each.sha256[:16] + "…") for each in files]
    return Grid(("berkas", "baris", "bita", "sha256"), rows)
