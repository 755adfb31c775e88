"""`telusur hold`: what stops a cooperative's code until somebody releases it by name."""

from __future__ import annotations

import argparse

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Stop
from telusur.people.rules import Deed

NAME = "hold"
HELP = "menahan keadaan sebuah koperasi (perkara, koreksi), atau melepas penahanannya"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which cooperative or which hold, why, since when."""
    parser.add_argument("nik_koperasi", metavar="NIK_KOPERASI", nargs="?", default="")
    parser.add_argument("--why", required=True, metavar="KALIMAT", help="alasannya")
    parser.add_argument("--proof", default="", metavar="NOMOR", help="nomor surat, perkara, atau putusan")
    parser.add_argument("--on", type=house.day, metavar="TANGGAL", help="sejak kapan (bawaan: hari ini)")
    parser.add_argument("--note", action="store_true", help="hanya catatan di samping keadaan, tidak menahannya")
    parser.add_argument("--release", type=int, metavar="NOMOR", help="nomor penahanan yang dilepas")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Hold, or release."""
    house.enter()
    from telusur.register.models import Cooperative
    from telusur.rounds.actions import hold_row, release_hold

    by = house.actor(args, Deed.HOLD_ROW)
    on = args.on or house.today()
    if bool(args.release) == bool(args.nik_koperasi):
        raise Stop("sebutkan NIK koperasi yang ditahan, atau --release NOMOR", WRONG_USE)
    try:
        if args.release:
            fact = release_hold(hold=args.release, why=args.why, proof=args.proof, on=on, by=by)
            return Answer({"fact": fact.pk, "releases": args.release}, [f"Penahanan {args.release} dilepas."])
        found = Cooperative.objects.filter(nik_koperasi=args.nik_koperasi).first()
        if found is None:
            raise Stop(f"tidak ada koperasi dengan NIK koperasi «{args.nik_koperasi}»", WRONG_USE)
        fact = hold_row(cooperative=found, why=args.why, proof=args.proof, on=on, by=by, freezes=not args.note)
    except ValueError as error:
        raise Stop(str(error)) from None
    return Answer(
        {"fact": fact.pk, "nik_koperasi": args.nik_koperasi, "freezes": not args.note},
        [
            f"Dicatat dengan nomor {fact.pk}; lepaskan kelak dengan `telusur hold --release {fact.pk} --why … --proof …`."
        ],
    )
