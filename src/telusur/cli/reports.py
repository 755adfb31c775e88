"""`telusur reports`: boards' reports: list, show, accept, confirm, send back, ask for a visit, record a call."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "reports"
HELP = "laporan pengurus: daftar, lihat, terima, sahkan, kembalikan, minta kunjungan, catat telepon"
_VERBS = ("list", "show", "accept", "confirm", "send-back", "ask-visit", "call")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which report."""
    parser.add_argument("act", nargs="?", default="list", choices=_VERBS, metavar="|".join(_VERBS))
    parser.add_argument("number", nargs="?", metavar="NOMOR", help="nomor tanda terima, misalnya LP-2025-00001")
    parser.add_argument("--why", default="", metavar="ALASAN", help="alasan; wajib untuk send-back dan ask-visit")
    parser.add_argument(
        "--from", dest="number_from", choices=("registry", "visit", "letter", "report"), default="registry"
    )
    parser.add_argument("--outcome", choices=("confirmed", "denied", "no_answer"), default="confirmed")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, show or move one on."""
    house.enter()
    if args.act == "list":
        house.actor(args, Deed.READ_REPORTS)
        return _list()
    if not args.number:
        raise Stop("sebutkan nomor laporannya; lihat `telusur reports`", WRONG_USE)
    if args.act == "show":
        house.actor(args, Deed.READ_REPORTS)
        return _show(args.number)
    deed = Deed.CONFIRM_REPORT if args.act == "confirm" else Deed.ACCEPT_REPORT
    by = house.actor(args, deed, second_person=args.act == "confirm")
    try:
        _move(args, by)
    except (ValueError, PermissionError) as error:
        raise Stop(str(error)) from None
    return _show(args.number)


def _found(number: str) -> Any:
    from telusur.selfreport.queries import report_by_number, review

    report = report_by_number(number)
    found = review(report, house.today(), datetime.now(UTC)) if report else None
    if found is None:
        raise Stop(f"laporan «{number}» tidak ada; lihat `telusur reports`", WRONG_USE)
    return found


def _text(said: Any) -> str:
    return "" if said is None else str(said.value)


def _list() -> Answer:
    from telusur.selfreport.queries import LISTS, counts, desk_list, waiting

    held = counts()
    rows = [
        (name, str(line.report.number), line.name, line.kelurahan)
        for name in LISTS
        for line in waiting(list(desk_list(name)))
    ]
    document = {
        "counts": held,
        "reports": [{"list": a, "number": b, "name": c, "kelurahan": d} for a, b, c, d in rows],
    }
    title = "Laporan pengurus" if rows else "Belum ada laporan pengurus."
    return Answer(document, [], [Grid(("daftar", "nomor", "koperasi", "kelurahan"), rows, title=title)])


def _show(number: str) -> Answer:
    found = _found(number)
    rows = [
        (line.field, _text(line.registry), _text(line.visit), _text(line.board), str(line.state.value))
        for line in found.lines
    ]
    document = {
        "number": found.report.number,
        "state": found.report.state,
        "form": found.report.form,
        "cooperative": str(found.report.cooperative_id or ""),
        "authority": found.authority.value,
        "lacking": found.lacking.sentence() if found.lacking else "",
        "needs_second": found.needs_second,
        "code_before": found.before.value if found.before else None,
        "code_after": found.after.value if found.after else None,
        "kinds": list(found.kinds),
        "lines": [{"field": a, "registry": b, "visit": c, "board": d, "state": e} for a, b, c, d, e in rows],
    }
    lines = [f"{found.report.number}: {found.report.state}"]
    if found.lacking:
        lines.append(found.lacking.sentence())
    return Answer(document, lines, [Grid(("bagian", "registri", "kunjungan", "pengurus", "kesesuaian"), rows)])


def _move(args: argparse.Namespace, by: str) -> None:
    from telusur.selfreport import actions
    from telusur.selfreport.rules.flow import CallMade, CallOutcome, NumberFrom

    found = _found(args.number)
    report, seen, on = found.report, found.submission.number, house.today()
    if args.act == "accept":
        actions.accept(report=report, seen=seen, by=by, on=on, why=args.why)
    elif args.act == "confirm":
        actions.confirm(report=report, seen=seen, by=by, on=on, why=args.why)
    elif args.act == "send-back":
        actions.send_back(report=report, seen=seen, why=args.why, by=by, on=on)
    elif args.act == "ask-visit":
        actions.ask_visit(report=report, seen=seen, why=args.why, by=by, on=on)
    else:
        call = CallMade(on, NumberFrom(args.number_from), CallOutcome(args.outcome))
        actions.record_call(report=report, call=call, note=args.why, by=by, on=on)
