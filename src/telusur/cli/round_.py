"""`telusur round open|close|list`: a round of tracing over a frozen edition."""

from __future__ import annotations

import argparse

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "round"
HELP = "membuka, menutup, atau mendaftar putaran penelusuran"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which round."""
    parser.add_argument("deed", choices=("open", "close", "list"))
    parser.add_argument("--name", metavar="NAMA", help="nama putaran, misalnya «Penelusuran 2025»")
    parser.add_argument("--edition", type=int, metavar="NOMOR", help="edisi yang dibekukan (bawaan: yang terbaru)")
    parser.add_argument(
        "--attempts", type=int, metavar="N", help="kunjungan wajib pada hari berbeda (bawaan: ketentuan dinas)"
    )
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Open, close, list."""
    house.enter()
    from telusur.rounds.models import Round

    if args.deed == "list":
        rounds = Round.objects.select_related("edition")
        return Answer(
            {"rounds": [_document(item) for item in rounds]},
            grids=[
                Grid(
                    ("putaran", "edisi", "baris", "dibuka", "ditutup"),
                    [
                        (
                            item.name,
                            str(item.edition_id),
                            item.row_count,
                            f"{item.opened_at:%d/%m/%Y}",
                            f"{item.closed_at:%d/%m/%Y}" if item.closed_at else "masih terbuka",
                        )
                        for item in rounds
                    ],
                    title="Putaran" if rounds else "Belum ada putaran. Buka dengan `telusur round open --name NAMA`.",
                )
            ],
        )
    return _open(args) if args.deed == "open" else _close(args)


def _document(item: object) -> dict[str, object]:
    from telusur.rounds.models import Round

    assert isinstance(item, Round)
    return {
        "round": item.pk,
        "name": item.name,
        "edition": item.edition_id,
        "rows": item.row_count,
        "required_attempts": item.required_attempts,
        "open": item.closed_at is None,
    }


def _open(args: argparse.Namespace) -> Answer:
    from telusur.register.models import Edition
    from telusur.register.queries import latest_edition
    from telusur.rounds.actions import open_round

    by = house.actor(args, Deed.OPEN_ROUND)
    if not args.name:
        raise Stop("sebutkan nama putaran dengan --name", WRONG_USE)
    if args.attempts is not None and args.attempts < 1:
        raise Stop("--attempts paling sedikit 1", WRONG_USE)
    edition = Edition.objects.filter(pk=args.edition).first() if args.edition else latest_edition()
    if edition is None:
        raise Stop("belum ada edisi yang dapat dipakai; jalankan `telusur import FILE`")
    try:
        opened = open_round(name=args.name, edition=edition, by=by, required_attempts=args.attempts)
    except ValueError as error:
        raise Stop(str(error)) from None
    return Answer(
        _document(opened),
        [
            f"Putaran «{opened.name}» dibuka atas edisi {edition.pk} ({edition.scope}, per {edition.as_of_on:%d/%m/%Y}): "
            f"{opened.row_count} baris dibekukan."
        ],
    )


def _close(args: argparse.Namespace) -> Answer:
    from telusur.rounds.actions import close_round
    from telusur.rounds.models import Round

    by = house.actor(args, Deed.CLOSE_ROUND)
    rounds = Round.objects.filter(name=args.name) if args.name else Round.objects.filter(closed_at__isnull=True)
    found = rounds.first()
    if found is None:
        raise Stop("putaran itu tidak ada; lihat `telusur round list`", WRONG_USE)
    try:
        closed = close_round(round_=found, by=by)
    except ValueError as error:
        raise Stop(str(error)) from None
    return Answer(_document(closed), [f"Putaran «{closed.name}» ditutup."])
