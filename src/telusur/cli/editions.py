"""`telusur editions`: list them; `accept` or `reject` one that is held."""

from __future__ import annotations

import argparse

from telusur.cli import house
from telusur.cli.answer import Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "editions"
HELP = "daftar edisi; memutuskan edisi yang ditahan (accept, reject)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without words it lists."""
    parser.add_argument("decision", nargs="?", choices=("accept", "reject"))
    parser.add_argument("edition", nargs="?", type=int, metavar="NOMOR")
    parser.add_argument("--why", default="", help="alasan keputusan")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, or decide."""
    house.enter()
    from telusur.corrections.actions import follow
    from telusur.register.actions import decide_edition
    from telusur.register.models import Edition
    from telusur.register.queries import edition_list

    if args.decision:
        edition = Edition.objects.filter(pk=args.edition).first()
        if edition is None:
            raise Stop(f"edisi {args.edition} tidak ada; lihat `telusur editions`", 2)
        by = house.actor(args, Deed.ACCEPT_EDITION, second_person=True)
        try:
            decision = decide_edition(edition=edition, accepted=args.decision == "accept", why=args.why, by=by)
        except (ValueError, PermissionError) as error:
            raise Stop(str(error)) from None
        follow(by=by)
        word = "diterima" if decision.accepted else "ditolak"
        return Answer({"edition": edition.pk, "accepted": decision.accepted}, [f"Edisi {edition.pk} {word}."])
    rows = edition_list()
    return Answer(
        {"editions": [row._asdict() for row in rows]},
        grids=[
            Grid(
                (
                    "edisi",
                    "sumber",
                    "cakupan",
                    "per",
                    "baris",
                    "diterima",
                    "ditolak",
                    "catatan",
                    "hilang",
                    "keadaan",
                    "berkas",
                ),
                [
                    (
                        str(row.edition),
                        row.source,
                        row.scope,
                        f"{row.as_of_on:%d/%m/%Y}",
                        row.rows_in,
                        row.accepted,
                        row.refused,
                        row.warnings,
                        row.absent,
                        row.state,
                        row.file,
                    )
                    for row in rows
                ],
                title="Edisi" if rows else "Belum ada edisi. Mulai dengan `telusur import FILE`.",
            )
        ],
    )
