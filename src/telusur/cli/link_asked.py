"""What was asked of `telusur link`: options that fit together, the schema's file, the kept model.

In: the parsed options. Out: the person's choices and a model, or Stop with one sentence. Nothing of the tables is read here.
"""

from __future__ import annotations

import argparse
import dataclasses
import tomllib
from pathlib import Path

import orjson

from telusur.cli.answer import WRONG_USE, Stop
from telusur.matching.rules.link_refused import LinkRefused
from telusur.matching.rules.model import Model, model_from_json
from telusur.matching.rules.schema_file import SchemaFile, read_schema_file
from telusur.matching.tables.parquet import check_parquet
from telusur.matching.tables.writing import check_ending

__all__ = ["check_use", "kept_model", "wishes_of"]


def check_use(args: argparse.Namespace) -> None:
    """Options that contradict one another, before any work."""
    if args.right is not None and args.dedupe:
        raise Stop("--dedupe mencari baris kembar di satu tabel; hapus RIGHT atau --dedupe", WRONG_USE)
    if args.model is not None and (args.on is not None or args.schema is not None):
        raise Stop("model sudah memuat kolom yang dibandingkan; pakai --model tanpa --on dan --schema", WRONG_USE)
    if args.on is not None and args.schema is not None and _read_schema(args.schema).fields:
        raise Stop("kolom disebut di --on dan di [[field]] berkas skema; pakai salah satu", WRONG_USE)
    if not any((args.out, args.report, args.save_model, args.save_schema, args.json)):
        raise Stop(
            "sebut tempat hasilnya: --out FILE.csv (atau .xlsx, .parquet), --report FILE.html, atau --json", WRONG_USE
        )
    if args.out is not None:
        try:
            check_ending(args.out)
            if args.out.suffix.lower() == ".parquet":
                check_parquet()
        except LinkRefused as refused:
            raise Stop(str(refused), WRONG_USE) from None
    _check_places(args)


def _check_places(args: argparse.Namespace) -> None:
    """Every result has a place of its own that can be made."""
    if args.report is not None and args.report.suffix.lower() not in (".html", ".htm"):
        raise Stop(f"«{args.report.name}» harus berakhiran .html", WRONG_USE)
    given = [path.resolve() for path in (args.left, args.right, args.schema, args.model) if path is not None]
    for path in (args.out, args.report, args.save_schema, args.save_model):
        if path is None:
            continue
        if path.resolve() in given:
            raise Stop(f"{path}: berkas ini dibaca atau sudah dipakai untuk hasil lain; pilih nama lain", WRONG_USE)
        if not path.resolve().parent.is_dir():
            raise Stop(
                f"{path}: folder {path.resolve().parent} tidak ada; buat dulu, atau pilih tempat lain", WRONG_USE
            )
        given.append(path.resolve())


def _read_schema(path: Path) -> SchemaFile:
    try:
        return read_schema_file(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except LinkRefused as refused:
        raise Stop(f"{path.name}: {refused}", WRONG_USE) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Stop(f"{path.name}: bukan TOML yang utuh ({error}); perbaiki baris itu", WRONG_USE) from None


def wishes_of(args: argparse.Namespace) -> SchemaFile:
    """What the person set, options before the file."""
    wishes = SchemaFile() if args.schema is None else _read_schema(args.schema)
    return dataclasses.replace(
        wishes,
        id_left=args.id_left or wishes.id_left,
        id_right=args.id_right or wishes.id_right,
        precision=wishes.precision if args.precision is None else args.precision,
        one_to_one=False if args.many else wishes.one_to_one,
    )


def kept_model(args: argparse.Namespace) -> Model | None:
    """The model of --model; None where one is to be learned."""
    if args.model is None:
        return None
    try:
        model = model_from_json(orjson.loads(args.model.read_bytes()))
    except orjson.JSONDecodeError as error:
        raise Stop(f"{args.model.name}: bukan JSON yang utuh ({error}); ambil ulang berkas model") from None
    except ValueError as error:
        raise Stop(f"{args.model.name}: {error}; pakai berkas dari --save-model") from None
    if model.schema.itself != (args.right is None):
        made, asked = ("satu tabel", "dua tabel") if model.schema.itself else ("dua tabel", "satu tabel")
        raise Stop(f"{args.model.name}: model ini belajar dari {made}, bukan {asked}; pakai model lain", WRONG_USE)
    return model
