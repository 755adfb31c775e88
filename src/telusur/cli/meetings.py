"""`telusur meetings`: who has proven the RAT, who is late, which letter is due, and the rate with its base."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from telusur.cli import house
from telusur.cli.answer import Answer, Grid
from telusur.cli.derive import add_moment, round_of

NAME = "meetings"
HELP = "kewajiban RAT: batas menurut jenis koperasi, surat yang jatuh tempo, dan capaiannya dengan dasarnya"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For when; only those that are due a letter."""
    parser.add_argument("--letters", action="store_true", help="hanya yang jatuh tempo disurati")
    add_moment(parser)


def run(args: argparse.Namespace) -> Answer:
    """The duty of the last closed book year, cooperative by cooperative."""
    house.enter()
    from telusur.standing.queries import duty_rows
    from telusur.standing.rules.rates import BASE_LABELS, meeting_rates
    from telusur.standing.rules.verdict import MEETING_LABELS, MeetingState

    on, known_at = args.on or house.today(), args.known_at or datetime.now(UTC)
    round_ = round_of(args)
    every = list(duty_rows(round_, on, known_at))
    found = [row for row in every if row.can_owe]
    year = on.year - 1
    states = Counter(duty.state for row in found for duty in row.verdict.institution.years if duty.year == year)
    letters = Counter(row.letter.stage for row in found if row.letter)
    rates = meeting_rates(row.verdict.outcome for row in every)
    shown = [row for row in found if row.letter or not args.letters]
    return Answer(
        {
            "on": on,
            "for_book_year": year,
            "states": {state.value: states[state] for state in MeetingState if states[state]},
            "letters": dict(sorted(letters.items())),
            "meeting_rates": [{"of": rate.base.value, "held": rate.held, "count": rate.count} for rate in rates],
            "rows": [_document(row, year) for row in shown],
        },
        [
            f"{round_.name}: RAT tahun buku {year} per {on:%d/%m/%Y}; {sum(letters.values())} koperasi jatuh tempo disurati."
        ],
        [
            Grid(
                ("RAT", "koperasi"), [(MEETING_LABELS[state], states[state]) for state in MeetingState if states[state]]
            ),
            Grid(("terbukti", "dari", "dasar"), [(rate.held, rate.count, BASE_LABELS[rate.base]) for rate in rates]),
            Grid(
                ("koperasi", "batas", "keadaan", "surat"),
                [_row(row, year) for row in shown if row.letter],
                title="Surat yang jatuh tempo" if letters else "Tidak ada surat yang jatuh tempo.",
            ),
        ],
    )


def _duty(row: Any, year: int) -> Any:
    return next(duty for duty in row.verdict.institution.years if duty.year == year)


def _document(row: Any, year: int) -> dict[str, object]:
    duty = _duty(row, year)
    return {
        "cooperative": row.line.cooperative_id.hex,
        "name": row.line.name,
        "state": duty.state.value,
        "due_on": duty.due_on,
        "overdue_on": duty.overdue_on,
        "held_on": duty.held_on,
        "letter": row.letter.stage if row.letter else None,
    }


def _row(row: Any, year: int) -> tuple[str, ...]:
    from telusur.standing.rules.letters import STAGE_LABELS
    from telusur.standing.rules.verdict import MEETING_LABELS

    duty = _duty(row, year)
    return (
        row.line.name,
        f"{duty.due_on:%d/%m/%Y}",
        MEETING_LABELS[duty.state],
        STAGE_LABELS.get(row.letter.stage, row.letter.stage),
    )
