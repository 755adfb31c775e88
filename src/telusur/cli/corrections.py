"""`telusur corrections`: what the ministry is asked to mend, who approved, what was sent, and what became of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from telusur.cli import corrections_registry, corrections_sheets, house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.corrections.queries import ChangeView
    from telusur.register.models import Edition

NAME = "corrections"
HELP = "usulan perbaikan ke register nasional: usul, setujui, lembar, surat, kirim, dan nasibnya"
_STATES = {
    "waiting": ("proposed", "once"), "ready": ("ready",), "sheet": ("on_sheet",), "sent": ("sent",),
    "ended": ("rejected", "withdrawn", "lapsed"),
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which changes or which sheet."""
    parser.add_argument("deed", choices=tuple(_DEEDS), metavar="PERBUATAN", help=", ".join(_DEEDS))
    parser.add_argument("changes", nargs="*", type=int, metavar="USULAN", help="nomor usulan dari `list`")
    parser.add_argument("--all", action="store_true", help="approve: semua yang menunggu akun ini")
    parser.add_argument("--repeats", action="store_true", help="approve: semua usulan ulangan yang menunggu akun ini")
    parser.add_argument("--state", choices=tuple(_STATES), help="list: hanya yang keadaannya begini")
    parser.add_argument("--column", metavar="KOLOM", help="list: hanya kolom ini, misalnya kelurahan")
    parser.add_argument(
        "--scope", metavar="CAKUPAN", help="propose, sheet: daftar nasional cakupan ini, bila ada beberapa"
    )
    parser.add_argument(
        "--on", type=house.day, metavar="TANGGAL", help="keadaan per tanggal, atau tanggal lembar/kirim"
    )
    parser.add_argument("--why", default="", metavar="ALASAN", help="alasan menolak, menarik, atau membatalkan")
    parser.add_argument("--number", default="", metavar="NOMOR", help="nomor lembar dan suratnya")
    parser.add_argument("--to", default="", metavar="TUJUAN", help="sheet: kepada siapa (bawaan: Menteri Koperasi)")
    parser.add_argument(
        "--channel", default="", metavar="CARA", help="send: dikirim dengan apa, misalnya «surat tercatat»"
    )
    parser.add_argument("--proof", default="", metavar="BUKTI", help="send: nomor resi, nama penerima, atau tautan")
    parser.add_argument("--year", type=int, metavar="TAHUN", help="recap: tahunnya")
    parser.add_argument("--out", type=Path, metavar="FILE", help="sheet, fates, fetch: FILE.xlsx; letter: FILE.pdf")
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Do it."""
    house.enter()
    if args.changes and args.deed not in ("approve", "reject", "withdraw", "sheet", "list"):
        raise Stop(f"`telusur corrections {args.deed}` tidak memakai nomor usulan", WRONG_USE)
    try:
        return _DEEDS[args.deed](args)
    except (ValueError, PermissionError) as error:
        raise Stop(str(error)) from None


def edition_of(args: argparse.Namespace) -> Edition:
    """The newest national edition, of the scope that is named."""
    from telusur.corrections.queries import last_national

    found = [each for each in last_national() if args.scope in (None, each.scope)]
    if not found:
        raise Stop("belum ada daftar nasional yang dapat dipakai; jalankan `telusur import FILE`")
    if len(found) > 1:
        scopes = ", ".join(f"«{each.scope}»" for each in found)
        raise Stop(f"ada beberapa daftar nasional ({scopes}); pilih dengan --scope", WRONG_USE)
    return found[0]


def document(view: ChangeView) -> dict[str, object]:
    """A change as JSON."""
    change = view.change
    return {
        "change": change.pk,
        "cooperative": change.cooperative_id,
        "nik_koperasi": change.cooperative.nik_koperasi,
        "name": change.entry.name,
        "column": change.column,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "edition": change.edition_id,
        "voice": change.voice,
        "valid_on": change.valid_on,
        "why": change.reason.sentence(),
        "facts": change.fact_ids,
        "judgements": change.judgement_ids,
        "evidence": change.evidence,
        "state": view.state.value,
        "approved_by": list(view.approvers),
        "repeats": change.repeats_id,
        "sent_before": change.repeats_count,
        "sheet": view.sheet.number if view.sheet else None,
        "sent_on": view.sent_on,
        "fate": view.fate.value if view.fate else None,
        "landed_on": view.fate_row.landed_on if view.fate_row else None,
    }


def grid(views: list[ChangeView], title: str) -> Grid:
    """Changes as a table for people."""
    from telusur.corrections.rules.approval import STATE_LABELS
    from telusur.corrections.rules.fate import FATE_LABELS

    rows = [
        (str(view.change.pk), view.change.entry.name, view.change.label, view.change.before or "(kosong)",
         view.change.after, view.change.reason.sentence(),
         FATE_LABELS[view.fate] if view.fate else STATE_LABELS[view.state], ", ".join(view.approvers),
         f"ulangan ke-{view.change.repeats_count}" if view.is_repeat else "")
        for view in views
    ]  # fmt: skip
    heads = ("usulan", "koperasi", "kolom", "tercatat", "diusulkan", "dasar", "keadaan", "disetujui", "")
    return Grid(heads, rows, title=title)


def _list(args: argparse.Namespace) -> Answer:
    from telusur.corrections.models import Change
    from telusur.corrections.queries import change_views, open_sheets

    house.actor(args, Deed.READ_CORRECTIONS)
    changes = Change.objects.filter(pk__in=args.changes) if args.changes else Change.objects.all()
    if args.column:
        changes = changes.filter(column=args.column)
    views = change_views(changes)
    if args.state:
        views = [view for view in views if view.state.value in _STATES[args.state]]
    counts: dict[str, int] = {}
    for view in views:
        counts[view.state.value] = counts.get(view.state.value, 0) + 1
    sheets = [sheet.number for sheet in open_sheets()]
    lines = [f"Lembar yang belum dikirim: {', '.join(sheets)}"] if sheets else []
    title = "Usulan" if views else "Tidak ada usulan. Bandingkan dengan `telusur corrections propose`."
    return Answer(
        {"count": len(views), "by_state": counts, "open_sheets": sheets, "changes": [document(view) for view in views]},
        lines,
        [grid(views, title)],
    )


def _propose(args: argparse.Namespace) -> Answer:
    from telusur.corrections.actions import propose
    from telusur.corrections.models import Change
    from telusur.corrections.queries import change_views

    by = house.actor(args, Deed.PROPOSE_CORRECTION)
    edition = edition_of(args)
    found = propose(edition=edition, on=args.on or house.today(), by=by, known_at=datetime.now(UTC))
    views = change_views(Change.objects.filter(pk__in=[change.pk for change in found.changes]))
    line = (
        f"Dibandingkan dengan edisi {edition.pk} per {edition.as_of_on:%d/%m/%Y}: {len(found.new)} usulan baru, "
        f"{len(found.repeats)} ulangan, {found.silent} sudah diusulkan atau diputuskan, {found.lapsed} gugur."
    )
    said = {
        "edition": edition.pk,
        "new": len(found.new),
        "repeats": len(found.repeats),
        "silent": found.silent,
        "lapsed": found.lapsed,
        "changes": [document(view) for view in views],
    }
    return Answer(said, [line], [grid(views, "Menunggu dua persetujuan")] if views else [])


def _approve(args: argparse.Namespace) -> Answer:
    from telusur.corrections.actions import approve
    from telusur.corrections.queries import change_views
    from telusur.corrections.rules.approval import ChangeState

    by = house.actor(args, Deed.APPROVE_CORRECTION, second_person=True)
    numbers = list(args.changes)
    if args.all or args.repeats:
        waiting = (ChangeState.PROPOSED, ChangeState.ONCE)
        numbers += [
            view.change.pk
            for view in change_views()
            if view.state in waiting and by not in view.approvers and (args.all or view.is_repeat)
        ]
        if not numbers:
            raise Stop("tidak ada usulan yang menunggu akun ini")
    return _said(approve(numbers=_named(numbers), by=by), "disetujui")


def _reject(args: argparse.Namespace) -> Answer:
    from telusur.corrections.actions import reject

    by = house.actor(args, Deed.APPROVE_CORRECTION)
    return _said(reject(numbers=_named(args.changes), why=args.why, by=by), "ditolak")


def _withdraw(args: argparse.Namespace) -> Answer:
    from telusur.corrections.actions import withdraw

    by = house.actor(args, Deed.APPROVE_CORRECTION)
    return _said(withdraw(numbers=_named(args.changes), why=args.why, by=by), "ditarik")


def _named(numbers: list[int]) -> list[int]:
    if not numbers:
        raise Stop("sebutkan nomor usulan; lihat `telusur corrections list`", WRONG_USE)
    return numbers


def _said(views: list[ChangeView], word: str) -> Answer:
    ready = sum(view.state.value == "ready" for view in views)
    line = f"{len(views)} usulan {word}" + (f"; {ready} siap masuk lembar." if ready else ".")
    return Answer({"count": len(views), "ready": ready, "changes": [document(view) for view in views]}, [line])


def _follow(args: argparse.Namespace) -> Answer:
    from telusur.corrections.actions import follow
    from telusur.corrections.rules.fate import FATE_LABELS

    report = follow(by=house.actor(args, Deed.PROPOSE_CORRECTION))
    said = ", ".join(f"{count} {FATE_LABELS[kind]}" for kind, count in report.counts.items() if count)
    return Answer(
        {
            "followed": report.followed,
            "written": report.written,
            "fates": {kind.value: count for kind, count in report.counts.items()},
        },
        [f"{report.followed} usulan terkirim diikuti: {said}." if said else "Belum ada usulan yang terkirim."],
    )


def _fates(args: argparse.Namespace) -> Answer:
    from telusur.corrections.queries import change_views, corrections_followed
    from telusur.corrections.rules.columns import COLUMN_LABELS
    from telusur.corrections.rules.fate import FATE_LABELS, Fate
    from telusur.corrections.rules.rates import age_days, rate_by_column, rate_by_days

    house.actor(args, Deed.READ_CORRECTIONS)
    followed = corrections_followed(change_views())
    by_column, by_days, on = rate_by_column(followed), rate_by_days(followed), args.on or house.today()
    waiting = [age_days(each, on) for each in followed if each.fate is not Fate.LANDED]
    if args.out is not None:
        return corrections_sheets.fates_sheet(args, on)
    names = [COLUMN_LABELS[line.column] if line.column else "Semua" for line in by_column]
    columns = Grid(
        ("kolom", "terkirim", "terjawab", *(FATE_LABELS[kind] for kind in Fate), "masuk dari yang terjawab"),
        [
            (name, line.sent, line.answered, *(line.counts[kind] for kind in Fate), _share(line.share))
            for name, line in zip(names, by_column, strict=True)
        ],
        title="Nasib usulan menurut kolom" if by_column else "Belum ada usulan yang terkirim.",
        foot="Satu usulan dihitung sekali, berapa kali pun dikirim.",
    )
    days = Grid(
        ("dalam (hari)", "dari", "masuk", "bagian"),
        [(str(line.days), line.base, line.landed, _share(line.share)) for line in by_days if line.base],
        title="Masuk dalam sekian hari sejak pertama dikirim",
    )
    return Answer(
        {
            "sent": len(followed),
            "by_column": [
                {
                    "column": line.column.value if line.column else None,
                    "sent": line.sent,
                    "answered": line.answered,
                    "fates": {kind.value: count for kind, count in line.counts.items()},
                    "landed_share": line.share,
                }
                for line in by_column
            ],
            "by_days": [
                {"days": line.days, "base": line.base, "landed": line.landed, "share": line.share} for line in by_days
            ],
            "oldest_waiting_days": max(waiting, default=None),
        },
        [f"Yang belum masuk paling lama menunggu {max(waiting)} hari."] if waiting else [],
        [columns, *([days] if days.rows else [])],
    )


def _share(share: float | None) -> str:
    return f"{100 * share:.0f} %" if share is not None else "—"


_DEEDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "list": _list,
    "propose": _propose,
    "approve": _approve,
    "reject": _reject,
    "withdraw": _withdraw,
    "sheet": lambda args: corrections_sheets.sheet(args, edition_of),
    "letter": corrections_sheets.letter,
    "send": corrections_sheets.send,
    "discard": corrections_sheets.discard,
    "follow": _follow,
    "fates": _fates,
    "fetch": corrections_registry.fetch,
    "recap": corrections_registry.recap,
}
