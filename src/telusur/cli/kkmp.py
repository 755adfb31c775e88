"""`telusur kkmp …`: the programme of village cooperatives."""

from __future__ import annotations

import argparse

from telusur.cli import house, kkmp_programme, kkmp_terms, kkmp_trade
from telusur.cli.answer import Answer

NAME = "kkmp"
HELP = "koperasi kelurahan Merah Putih: tahap, anggota, simpanan, pembiayaan, bahan pokok, unit, mitra, pelatihan"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every sub-verb reads; those that record say so."""
    deeds = parser.add_subparsers(dest="deed", metavar="APA", required=True)
    kkmp_programme.add_deeds(deeds)
    kkmp_terms.add_deeds(deeds)
    kkmp_trade.add_deeds(deeds)


def run(args: argparse.Namespace) -> Answer:
    """Run the sub-verb."""
    house.enter()
    return {**kkmp_programme.DEEDS, **kkmp_terms.DEEDS, **kkmp_trade.DEEDS}[args.deed](args)
