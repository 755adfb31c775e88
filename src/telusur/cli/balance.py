"""`telusur balance`: the Neraca. It always adds up, for any day and as known at any instant."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.derive import add_moment, round_of

NAME = "balance"
HELP = "neraca putaran: tiap baris punya satu kode dan jumlahnya cocok"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """By what, for when, and into which sheet."""
    parser.add_argument("--by", choices=("kelurahan", "kecamatan", "kind", "officer"), help="rincian menurut")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="tulis juga sebagai lembar kerja")
    add_moment(parser)


def run(args: argparse.Namespace) -> Answer:
    """Read the stored derivation where it answers the question, else derive afresh without storing."""
    house.enter()
    from telusur.rounds.queries import balance_figure

    found = round_of(args)
    figure = balance_figure(found, args.on or house.today(), args.known_at or datetime.now(UTC), args.by)
    if args.out is not None:
        from telusur.rounds.sheets.balance_sheet import write_balance

        if args.out.suffix.lower() != ".xlsx":
            raise Stop(f"«{args.out.name}» harus berakhiran .xlsx", WRONG_USE)
        write_balance(args.out, figure)
    return Answer(
        figure.as_json(), [_head(figure)], [_grid(figure, args.by)], 0 if figure.whole.unaccounted == 0 else 1
    )


def _head(figure: Any) -> str:
    known = figure.known_at.astimezone(house.zone())
    return (
        f"NERACA {figure.round_name} · edisi {figure.edition_id} per {figure.edition_as_of_on:%d/%m/%Y} · "
        f"aturan {figure.rule} · keadaan {figure.on:%d/%m/%Y} · diketahui {known:%d/%m/%Y %H:%M}"
    )


def _grid(figure: Any, by: str | None) -> Grid:
    from telusur.rounds.rules.codes import Group

    columns = (by or "seluruhnya", "tercatat", "1 aktif", "2 ditemukan lain", "3 belum ditemukan", "4 di luar cakupan",
               "5 belum selesai", "tak terhitung")  # fmt: skip
    rows = [
        (group.name, group.tally.recorded, *(group.tally.group(part) for part in Group), group.tally.unaccounted)
        for group in figure.groups
    ]
    whole = figure.whole
    total = ("Jumlah", whole.recorded, *(whole.group(part) for part in Group), whole.unaccounted)
    bounds = whole.active_bounds()
    foot = (
        f"R = 1+2+3+4+5 di tiap baris. Ditemukan {whole.located}. Aktif antara {_percent(bounds.least)} dan "
        f"{_percent(bounds.most)} (pasti, tanpa andaian). Terselesaikan {_percent(whole.resolution())}."
    )
    if figure.refused_count:
        foot += f" {figure.refused_count} baris ditolak saat impor dan berada di luar neraca."
    if figure.outside_count:
        foot += f" {figure.outside_count} koperasi ditemukan di luar daftar (U)."
    return Grid(columns, [*rows, total] if by else [total], foot=foot)


def _percent(share: Any) -> str:
    return "—" if share.value is None else f"{share.value * 100:.1f} %".replace(".", ",")
