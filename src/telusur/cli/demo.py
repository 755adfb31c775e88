"""`telusur demo`: fill the data folder with an invented city; `--rows N --file FILE` writes an edition of any size."""

from __future__ import annotations

import argparse
from pathlib import Path

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop

NAME = "demo"
HELP = "kota contoh rekaan yang mengisi semua layar; atau edisi rekaan berukuran bebas (--rows --file)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without options the demo city is loaded."""
    parser.add_argument("--rows", type=int, metavar="N", help="tulis edisi rekaan sebanyak N baris")
    parser.add_argument("--file", type=Path, metavar="FILE", help="ke mana (.csv atau .xlsx)")
    parser.add_argument(
        "--next", type=Path, metavar="FILE", help="juga edisi berikutnya, dengan perubahan yang diketahui"
    )
    parser.add_argument("--seed", type=int, default=2025, help="benih acak; sama benih, sama berkas")


def run(args: argparse.Namespace) -> Answer:
    """Write files, or load the city."""
    if args.rows is not None or args.file is not None or args.next is not None:
        return _write(args)
    return _load(args.seed)


def _write(args: argparse.Namespace) -> Answer:
    from telusur.demo.demo import AS_OF
    from telusur.demo.edition import make_edition
    from telusur.demo.files import write_edition, write_truth
    from telusur.demo.next_edition import make_next_edition

    if args.file is None or args.rows is None or args.rows < 1:
        raise Stop("edisi rekaan perlu --rows N (paling sedikit 1) dan --file FILE", WRONG_USE)
    document: dict[str, object] = {"file": str(args.file), "rows": args.rows, "seed": args.seed}
    lines = []
    try:
        rows = make_edition(args.seed, args.rows, as_of=AS_OF)
        if args.next is None:
            write_edition(args.file, rows)
        else:
            kept = list(rows)
            write_edition(args.file, kept)
            following, truth = make_next_edition(kept, args.seed)
            write_edition(args.next, following)
            truth_path = args.next.with_name(args.next.name + ".kebenaran.json")
            write_truth(truth_path, truth)
            document |= {"next": str(args.next), "truth": str(truth_path), "changes": truth.counts()}
            lines.append(f"Edisi berikutnya: {args.next}; perubahannya: {truth_path}")
    except ValueError as error:
        raise Stop(str(error), WRONG_USE) from None
    return Answer(document, [f"{args.rows} baris rekaan ditulis ke {args.file}", *lines])


def _load(seed: int) -> Answer:
    house.enter()
    from telusur.demo.demo import make_demo
    from telusur.demo.loading import PASSWORD, PEOPLE, load_demo
    from telusur.people.rules import ROLE_NAMES

    try:
        loaded = load_demo(make_demo(seed), today=house.today())
    except ValueError as error:
        raise Stop(str(error)) from None
    people = [(ROLE_NAMES[role], username, PASSWORD) for username, _, role in PEOPLE]
    document = {
        "edition": loaded.edition.pk,
        "rows": loaded.edition.accepted_count,
        "round": loaded.round_.name,
        "visits": loaded.visits,
        "outside": loaded.outside,
        "people": [{"role": a, "username": b, "password": c} for a, b, c in people],
    }
    lines = [
        f"Kota Contoh (rekaan) dimuat: {loaded.edition.accepted_count} koperasi, {loaded.visits} kunjungan, "
        f"putaran «{loaded.round_.name}»."
    ]
    return Answer(document, lines, [Grid(("peran", "akun", "kata sandi"), people, title="Masuk sebagai")])
