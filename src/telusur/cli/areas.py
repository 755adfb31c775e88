"""`telusur areas`: list; load boundaries, roads and crosswalks; teach a spelling; record a split or a new name."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "areas"
HELP = "wilayah: daftar, batas (import), jalan (roads), padanan kode (crosswalk), ejaan (alias), pemekaran (change)"
_MAP_SOURCE = "© kontributor OpenStreetMap, ODbL 1.0"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One word for what is done, then its own options."""
    deeds = parser.add_subparsers(dest="deed", metavar="list|import|roads|crosswalk|alias|change", required=True)
    listed = deeds.add_parser("list", help="kelurahan satu kabupaten/kota")
    listed.add_argument("regency", metavar="KODE|NAMA")
    bounds = deeds.add_parser("import", help="batas wilayah dari GeoJSON")
    bounds.add_argument("file", type=Path, metavar="FILE.geojson")
    roads = deeds.add_parser("roads", help="jalan dari potongan OpenStreetMap, untuk waktu perjalanan di rencana")
    roads.add_argument("file", type=Path, metavar="FILE.osm.pbf")
    roads.add_argument(
        "--source", default=_MAP_SOURCE, metavar="SUMBER", help=f"sumber dan lisensi (bawaan: {_MAP_SOURCE})"
    )
    cross = deeds.add_parser("crosswalk", help="padanan kode BPS atau ODS dari CSV")
    cross.add_argument("file", type=Path, metavar="FILE.csv")
    cross.add_argument("--system", choices=("bps", "ods"), required=True)
    alias = deeds.add_parser("alias", help="ejaan lain sebuah wilayah")
    alias.add_argument("spelling", metavar="EJAAN")
    alias.add_argument("code", metavar="KODE")
    alias.add_argument("--source", required=True, metavar="SUMBER")
    change = deeds.add_parser("change", help="ganti nama, pemekaran, penggantian, dengan tanggalnya")
    change.add_argument("kind", choices=("rename", "split", "replace"))
    change.add_argument("code", metavar="KODE")
    change.add_argument("into", nargs="+", metavar="KODE=NAMA")
    change.add_argument("--on", type=house.day, required=True, metavar="TANGGAL")
    change.add_argument("--source", required=True, metavar="SUMBER", help="peraturan yang menjadi dasar")
    for deed in (listed, bounds, roads, cross, alias, change):
        house.add_by(deed)
        deed.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> Answer:
    """Do the one thing that was asked."""
    house.enter()
    return _DEEDS[args.deed](args)


def _list(args: argparse.Namespace) -> Answer:
    from telusur.areas.queries import gazetteer, kelurahan_tree

    code = args.regency
    if not code.replace(".", "").isdigit():
        code = gazetteer().regency(args.regency).code or ""
    branches = kelurahan_tree(code)
    if not branches:
        raise Stop(f"kabupaten/kota «{args.regency}» tidak dikenal", WRONG_USE)
    rows = [(branch.kecamatan.name, area.code, area.name) for branch in branches for area in branch.kelurahan]
    document = {"regency": code, "kelurahan": [{"kecamatan": a, "code": b, "name": c} for a, b, c in rows]}
    return Answer(document, grids=[Grid(("kecamatan", "kode kemendagri", "kelurahan/desa"), rows)])


def _journalled(deed: str, args: argparse.Namespace, about: str, act: Callable[[str], Any]) -> Any:
    """Run an action of the room with its journal line in one transaction; its refusals end the verb."""
    from django.db import transaction

    from telusur.areas.rules.places import AreaRefused
    from telusur.journal import actions as journal

    by = house.actor(args, Deed.KEEP_AREAS)
    try:
        with transaction.atomic():
            done = act(by)
            journal.write(deed, about=f"areas:{about}"[:120], by=by, after=_kept(done))
    except AreaRefused as refused:
        raise Stop("; ".join(refusal.sentence() for refusal in refused.refusals)) from None
    return done


def _kept(done: Any) -> dict[str, object]:
    """What the journal keeps of an action's result: all that it says, refusals as sentences."""
    said = asdict(done)
    if "refusals" in said:
        said["refusals"] = [refusal.sentence() for refusal in done.refusals]
    kept: dict[str, object] = orjson.loads(orjson.dumps(said))
    return kept


def _file_answer(done: Any) -> Answer:
    rows = [(str(item.row or ""), item.column, item.value, item.reason.sentence(), item.mend) for item in done.refusals]
    grids = [Grid(("baris", "kolom", "nilai", "alasan", "perbaikan"), rows[:50], title="Ditolak")] if rows else []
    document = {
        "file": done.file,
        "rows_in": done.rows_in_count,
        "changed": done.changed_count,
        "unchanged": done.unchanged_count,
        "refused": len(rows),
    }
    return Answer(document, [done.sentence()], grids, DATA_SAYS_NO if rows else DONE)


def _import(args: argparse.Namespace) -> Answer:
    from telusur.areas.actions import import_boundaries

    return _file_answer(
        _journalled("areas.boundaries", args, args.file.name, lambda by: import_boundaries(args.file, by=by))
    )


def _watch(read: int, kept: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{read:,} ruas dibaca, {kept:,} dipakai".replace(",", "."))
        sys.stderr.flush()


def _roads(args: argparse.Namespace) -> Answer:
    from telusur.planning.actions import load_roads

    by = house.actor(args, Deed.KEEP_AREAS)
    try:
        done = load_roads(args.file, source=args.source, by=by, progress=_watch)
    except ValueError as error:
        raise Stop(str(error)) from None
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
    kept = done.network
    document = {
        "file": kept.name,
        "unchanged": done.is_known,
        "nodes": kept.node_count,
        "segments": kept.segment_count,
        "kilometres": round(kept.kilometres, 1),
        "source": kept.source,
    }
    far = f"{kept.kilometres:,.0f}".replace(",", ".")
    said = f"{kept.name}: {far} km jalan dipakai untuk waktu perjalanan sejak rencana berikutnya."
    lines = [f"{kept.name}: sudah dipakai, tidak ada yang berubah." if done.is_known else said]
    if not kept.around:
        lines.append("Batas kelurahan belum dimuat: seluruh isi berkas diambil. Muat dengan `telusur areas import`.")
    return Answer(document, lines)


def _crosswalk(args: argparse.Namespace) -> Answer:
    from telusur.areas.actions import import_crosswalk
    from telusur.words.area_code import CodeSystem

    system = CodeSystem(args.system)
    done = _journalled("areas.crosswalk", args, args.file.name, lambda by: import_crosswalk(args.file, system, by=by))
    return _file_answer(done)


def _alias(args: argparse.Namespace) -> Answer:
    from telusur.areas.actions import add_alias

    done = _journalled(
        "areas.alias", args, args.code, lambda by: add_alias(args.spelling, args.code, source=args.source, by=by)
    )
    said = f"«{done.spelling}» dibaca sebagai {done.name} ({done.code})" + ("." if done.added else "; sudah tercatat.")
    return Answer({"spelling": done.spelling, "code": done.code, "added": done.added}, [said])


def _change(args: argparse.Namespace) -> Answer:
    from telusur.areas.actions import record_change
    from telusur.areas.rules.rows import ChangeKind, Successor

    into = []
    for part in args.into:
        code, sign, name = part.partition("=")
        if not sign:
            raise Stop(f"«{part}» harus berbentuk KODE=NAMA", WRONG_USE)
        into.append(Successor(code, name))
    done = _journalled(
        "areas.change",
        args,
        args.code,
        lambda by: record_change(ChangeKind(args.kind), args.code, on=args.on, into=into, source=args.source, by=by),
    )
    return Answer(
        {"code": args.code, "kind": args.kind, "on": args.on},
        [f"Perubahan {done.name} ({done.code}) per {done.on:%d/%m/%Y} dicatat."],
    )


_DEEDS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "list": _list,
    "import": _import,
    "roads": _roads,
    "crosswalk": _crosswalk,
    "alias": _alias,
    "change": _change,
}
