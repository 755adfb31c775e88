"""`telusur demo`: fill the data folder with an invented city; `--rows N --file FILE` writes an edition of any size."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from telusur.cli import house
from telusur.cli.answer import Answer

NAME = "demo"
HELP = "kota contoh rekaan yang mengisi semua layar; atau edisi rekaan berukuran bebas (--rows --file)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without options the demo city is loaded."""
    parser.add_argument("--rows", type=int, metavar="N", help="tulis edisi rekaan sebanyak N baris")
    parser.add_argument("--file", type=Path, metavar="FILE", help="ke mana (.csv atau .xlsx)")
    parser.add_argument("--next", type=Path, metavar="FILE", help="juga edisi berikutnya, dengan perubahan yang diketahui")
    parser.add_argument("--seed", type=int, default=2025, help="benih acak; sama benih, sama berkas")
    parser.add_argument("--on", type=house.day, metavar="TANGGAL", help="hari neraca kota contoh (bawaan: hari ini)")


def run(args: argparse.Namespace) -> Answer:
    """Write files, or load the city."""
    if args.rows is not None or args.file is not None:
        return _write(args)
    return _load(args.seed, args.on or house.today())


def _write(args: argparse.Namespace) -> Answer:
    raise NotImplementedError


def _load(seed: int, on: date) -> Answer:
    raise NotImplementedError
