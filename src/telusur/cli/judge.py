"""`telusur judge`: the pairs that wait, and what a person says of one: same, different, unsure, undo."""

from __future__ import annotations

import argparse
from typing import Any

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "judge"
HELP = "menilai pasangan usulan: sama, beda, atau ragu; tanpa PASANGAN: daftar yang menunggu"
_VERDICTS = {
    "same": "same", "different": "different", "unsure": "unsure", "sama": "same", "beda": "different", "ragu": "unsure",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which pair, and what is said of it."""
    parser.add_argument("pair", nargs="?", type=int, metavar="PASANGAN", help="nomor pasangan dari daftar")
    parser.add_argument("verdict", nargs="?", choices=sorted(_VERDICTS), metavar="same|different|unsure")
    parser.add_argument("--why", default="", metavar="ALASAN", help="alasan; wajib bila dua nomor berbeda dinilai sama")
    parser.add_argument("--keep", choices=("left", "right"), help="sisi yang dipertahankan bila sama")
    parser.add_argument("--undo", action="store_true", help="menarik penilaian terakhir akun ini")
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help="banyaknya pasangan yang didaftar (bawaan 20)"
    )
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, show, judge or undo."""
    house.enter()
    if args.undo:
        if args.pair is not None:
            raise Stop("--undo menarik penilaian terakhir; jangan sebut pasangan", WRONG_USE)
        return _undo(house.actor(args, Deed.JUDGE))
    if args.pair is None:
        return _queue(house.actor(args, Deed.READ_MATCHING), args.limit)
    by = house.actor(args, Deed.READ_MATCHING if args.verdict is None else Deed.JUDGE)
    return _show(args.pair, by) if args.verdict is None else _judge(args, by)


def _queue(by: str, limit: int) -> Answer:
    from telusur.matching.queries import alarms, disputes, progress_of, queue

    done = progress_of(by)
    items = queue(by=by, limit=max(limit, 0))
    moved, disputed = len(alarms()), len(disputes())
    lines = [f"{done.decided_count} pasangan sudah dinilai, {done.open_count} menunggu"]
    if done.left_seconds is not None and done.open_count:
        lines[0] += f"; dengan kecepatan Anda kira-kira {max(done.left_seconds / 60, 1):.0f} menit lagi"
    if moved:
        lines.append(f"PERHATIAN: data di bawah {moved} penilaian telah berubah")
    if disputed:
        lines.append(f"{disputed} pasangan dinilai berbeda oleh dua orang")
    rows = [
        (str(item.proposal.pk), item.proposal.left_name, item.proposal.right_name,
         f"{item.proposal.probability:.3f}", f"{item.proposal.value:.2f}", item.held_by and "sedang ditangani",
         "; ".join(reason.sentence() for reason in item.proposal.guard_reasons()))
        for item in items
    ]  # fmt: skip
    title = "Menunggu, yang paling berguna dahulu" if rows else "Tidak ada pasangan yang menunggu."
    grid = Grid(("pasangan", "kiri", "kanan", "peluang", "nilai", "", "perlu orang karena"), rows, title=title)
    document = {
        "decided": done.decided_count,
        "waiting": done.open_count,
        "median_seconds": done.median_seconds,
        "left_seconds": done.left_seconds,
        "facts_moved": moved,
        "disputed": disputed,
        "pairs": [_document(item.proposal) | {"held": bool(item.held_by), "facts_moved": item.moved} for item in items],
    }
    return Answer(document, lines, [grid])


def _document(proposal: Any) -> dict[str, object]:
    return {
        "pair": proposal.pk,
        "left": proposal.left_subject,
        "right": proposal.right_subject,
        "left_name": proposal.left_name,
        "right_name": proposal.right_name,
        "probability": proposal.probability,
        "weight": proposal.weight,
        "value": proposal.value,
        "guards": [reason.sentence() for reason in proposal.guard_reasons()],
    }


def _view(number: int, by: str) -> Any:
    from telusur.matching.queries import pair_view

    view = pair_view(number, by)
    if view is None:
        raise Stop(f"pasangan {number} tidak ada; lihat `telusur judge`", WRONG_USE)
    return view


def _show(number: int, by: str) -> Answer:
    from telusur.matching.rules.judgement import VERDICT_NAMES

    view = _view(number, by)
    fields = dict.fromkeys((*view.left.values, *view.right.values))
    sides = Grid(
        ("", "kiri", "kanan"),
        [(name, view.left.values.get(name, ""), view.right.values.get(name, "")) for name in fields],
        title=f"Pasangan {number}: peluang {view.proposal.probability:.3f}",
    )
    third = view.proposal.third_bits()
    score = [("awal", f"{view.proposal.prior_bits - third:+.1f}", "")]
    score += [(name, f"{bits:+.1f}", why.sentence()) for name, bits, why in view.proposal.line_reasons()]
    if third:
        score.append(("baris ketiga", f"{third:+.1f}", "baris ketiga berbicara untuknya"))
    lines = [f"Perlu orang: {reason.sentence()}" for reason in view.proposal.guard_reasons()]
    if view.standing is not None:
        said = VERDICT_NAMES[view.standing.verdict] if view.standing.verdict else "dua penilaian yang berbeda"
        lines.append(f"Penilaian sekarang: {said} ({', '.join(view.standing.people)})")
    lines += [f"Berubah sejak dinilai: {move.field}: «{move.before}» → «{move.after}»" for move in view.moves]
    document = _document(view.proposal) | {
        "left_values": view.left.values,
        "right_values": view.right.values,
        "lines": [
            {"field": name, "bits": bits, "says": why.sentence()} for name, bits, why in view.proposal.line_reasons()
        ],
        "verdict": view.standing.verdict if view.standing else None,
        "moves": [move._asdict() for move in view.moves],
    }
    return Answer(document, lines, [sides, Grid(("bobot", "bit", "mengapa"), score)])


def _judge(args: argparse.Namespace, by: str) -> Answer:
    from telusur.matching.actions import judge

    view = _view(args.pair, by)
    proposal = view.proposal
    kept = {"left": proposal.left_subject, "right": proposal.right_subject}.get(args.keep, "")
    try:
        said = judge(
            proposal=proposal, verdict=_VERDICTS[args.verdict], by=by, why=args.why, survivor=kept, seen=view.digests
        )
    except ValueError as error:
        raise Stop(str(error)) from None
    document = _document(proposal) | {"judgement": said.pk, "verdict": said.verdict, "why": said.why, "by": by}
    return Answer(document, [_sentence(proposal, said.verdict), "Menarik kembali: telusur judge --undo"])


def _sentence(proposal: Any, verdict: str) -> str:
    from telusur.matching.rules.judgement import VERDICT_NAMES, Verdict

    return f"«{proposal.left_name}» dan «{proposal.right_name}»: {VERDICT_NAMES[Verdict(verdict)]}."


def _undo(by: str) -> Answer:
    from telusur.matching.actions import undo_last

    row = undo_last(by=by)
    if row is None or row.withdraws is None:
        raise Stop("tidak ada penilaian akun ini yang dapat ditarik")
    document = {"withdrawn": row.withdraws.pk, "verdict": row.withdraws.verdict, "left": row.left_subject,
                "right": row.right_subject, "by": by}  # fmt: skip
    return Answer(document, [f"Penilaian «{row.withdraws.verdict}» atas {row.pair_key} ditarik."])
