"""`telusur derive`: give every row of the round its one code, with reasons."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

from telusur.cli import house
from telusur.cli.answer import Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "derive"
HELP = "menurunkan keadaan tiap koperasi dari bukti, dengan alasan"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The day, the knowledge, and the round."""
    add_moment(parser)
    house.add_by(parser)


def add_moment(parser: argparse.ArgumentParser) -> None:
    """The options of every verb that can be asked about the past."""
    parser.add_argument("--on", type=house.day, metavar="TANGGAL", help="keadaan pada tanggal (bawaan: hari ini)")
    parser.add_argument(
        "--known-at", dest="known_at", type=house.instant, metavar="SAAT", help="sejauh diketahui pada saat itu"
    )
    parser.add_argument("--round", dest="round_name", metavar="NAMA", help="putaran (bawaan: yang terbuka)")


def round_of(args: argparse.Namespace) -> Any:
    """The round that is meant; stops when there is none."""
    from telusur.rounds.models import Round
    from telusur.rounds.queries import current_round

    found = Round.objects.filter(name=args.round_name).first() if args.round_name else current_round()
    if found is None:
        raise Stop("belum ada putaran; buka dengan `telusur round open --name NAMA`")
    return found


def run(args: argparse.Namespace) -> Answer:
    """Derive and store."""
    house.enter()
    from django.db.models import Count

    from telusur.dashboards.queries import keep_answers
    from telusur.laws.queries import policy_named
    from telusur.rounds.actions import derive
    from telusur.rounds.queries import balance_by
    from telusur.rounds.rules.codes import label
    from telusur.standing.actions import derive_all
    from telusur.standing.rules.verdict import STANDING_LABELS, Standing

    by = house.actor(args, Deed.DERIVE)
    found = round_of(args)
    on = args.on or house.today()
    known_at = args.known_at or datetime.now(UTC)
    derivation = derive(round_=found, on=on, known_at=known_at, by=by)
    run = derive_all(round_=found, on=on, known_at=known_at, by=by)
    keep_answers(found, on, known_at)
    counted = run.rows.values_list("outcome").annotate(count=Count("id"))
    standings = {each: dict(counted).get(each.value, 0) for each in Standing}
    (whole,) = balance_by(derivation, None)
    codes = whole.tally.codes
    return Answer(
        {
            "on": on,
            "law": run.law,
            "policy": run.policy,
            "count": whole.tally.accounted,
            "by_code": {str(code.value): count for code, count in codes.items()},
            "by_standing": {each.value: count for each, count in standings.items() if count},
            "rule": derivation.rule_version,
            "required_attempts": found.required_attempts,
            "derivation": derivation.pk,
            "run": run.pk,
            "known_at": derivation.known_at,
        },
        [
            f"{found.name}: {whole.tally.accounted} baris pada {on:%d/%m/%Y} menurut aturan {derivation.rule_version}, "
            f"hukum {run.law}, pengertian «{policy_named(run.policy).name}»"
        ],
        [
            Grid(("kode", "baris"), [(label(code), count) for code, count in codes.items()]),
            Grid(("keadaan", "baris"), [(STANDING_LABELS[each], count) for each, count in standings.items() if count]),
        ],
    )
