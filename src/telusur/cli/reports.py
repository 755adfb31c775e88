"""`telusur reports`: boards' reports: written down at the counter, shown, decided, linked, printed, tidied."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telusur.cli import house, reports_paper
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "reports"
HELP = "laporan pengurus: daftar, tulis di loket, lihat, telepon, terima, sahkan, kembalikan, hubungkan, rapikan"
_VERBS = (
    "list", "form", "write", "show", "accept", "confirm", "send-back", "ask-visit", "call", "link", "receipt", "erase",
    "tidy",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which report."""
    parser.add_argument("act", nargs="?", default="list", choices=_VERBS, metavar="|".join(_VERBS))
    parser.add_argument(
        "number", nargs="?", metavar="NOMOR", help="nomor tanda terima, misalnya LP-2025-00001; write: FILE.toml"
    )
    parser.add_argument("--why", default="", metavar="ALASAN", help="alasan; wajib untuk send-back dan ask-visit")
    parser.add_argument(
        "--from", dest="number_from", choices=("registry", "visit", "letter", "report"), default="registry"
    )
    parser.add_argument("--outcome", choices=("confirmed", "denied", "no_answer"), default="confirmed")
    parser.add_argument(
        "--form", choices=("report", "objection"), default="report", help="form: laporan atau keberatan"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="form: FILE.toml; receipt: FILE.pdf")
    parser.add_argument("--nik-koperasi", metavar="NIK_KOPERASI", help="link: koperasi yang dimaksud laporan itu")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, show or move one on."""
    house.enter()
    if args.act == "list":
        house.actor(args, Deed.READ_REPORTS)
        return _list()
    if args.act in _WITHOUT_NUMBER:
        return _WITHOUT_NUMBER[args.act](args)
    if not args.number:
        raise Stop("sebutkan nomor laporannya; lihat `telusur reports`", WRONG_USE)
    if args.act == "show":
        house.actor(args, Deed.READ_REPORTS)
        return _show(args.number)
    if args.act == "receipt":
        house.actor(args, Deed.READ_REPORTS)
        return reports_paper.receipt(args, _found(args.number).report)
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
        "minutes": [reason.sentence() for reason in found.minutes],
        "needs_second": found.needs_second,
        "standing_before": found.before.standing.value if found.before else None,
        "standing_after": found.after.standing.value if found.after else None,
        "code_before": found.before.code.value if found.before else None,
        "code_after": found.after.code.value if found.after else None,
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
    from telusur.selfreport.writers.erasing import erase_people

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
    elif args.act == "link":
        actions.link(report=report, cooperative=_named(args.nik_koperasi), by=by, on=on)
    elif args.act == "erase":
        erase_people(report=report, why=args.why, by=by)
    else:
        call = CallMade(on, NumberFrom(args.number_from), CallOutcome(args.outcome))
        actions.record_call(report=report, call=call, note=args.why, by=by, on=on)


def _named(number: str | None) -> Any:
    from telusur.register.models import Cooperative

    found = Cooperative.objects.filter(nik_koperasi=number).first() if number else None
    if found is None:
        raise Stop(f"tidak ada koperasi dengan NIK koperasi «{number or ''}»; sebutkan --nik-koperasi", WRONG_USE)
    return found


def _tidy(args: argparse.Namespace) -> Answer:
    """Drop what nobody finished and what need not be kept any longer, as docs/privacy.md promises."""
    from telusur.laws.queries import current_law
    from telusur.selfreport.rules.keeping import kept_since
    from telusur.selfreport.writers.erasing import drop_old_drafts, erase_old_people

    by, now = house.actor(args, Deed.ACCEPT_REPORT), datetime.now(UTC)
    kept = kept_since(current_law(house.today()), now)
    drafts = drop_old_drafts(before=kept.drafts_before_at, by=by)
    names = erase_old_people(before=kept.names_before_at, by=by)
    line = (
        f"{drafts} draf yang tidak disentuh {kept.draft_days} hari dibuang; nama di {names} laporan yang selesai lebih dari "
        f"{kept.name_days} hari dihapus."
    )
    return Answer({"drafts": drafts, "names": names}, [line])


_WITHOUT_NUMBER: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "form": reports_paper.write_form,
    "write": reports_paper.write_report,
    "tidy": _tidy,
}
