"""The papers of `telusur notices`: letters to print, the dossier, the public list, templates and the pattern of numbers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Stop
from telusur.cli.notices_steps import notice_named
from telusur.people.rules import Deed

__all__ = ["add_paper"]

Run = Callable[[argparse.Namespace], Answer]
Add = Callable[[str, Run, str], argparse.ArgumentParser]
_FORMATS = ("csv", "json", "atom", "ics")


def add_paper(add: Add) -> None:
    """Their sub-verbs."""
    printing = add("print", _print, "surat sebagai PDF/A, satu berkas setiap kelurahan")
    printing.add_argument("letters", nargs="*", type=int, metavar="SURAT", help="bawaan: semua yang ditandatangani")
    printing.add_argument("--stage", metavar="JENIS", help="hanya jenis ini")
    printing.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    _address(printing)
    dossier = add("dossier", _dossier, "berkas perkara: semua bukti, sidik, dan pasal dalam satu PDF")
    dossier.add_argument("case", type=int, metavar="PERKARA")
    dossier.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    dossier.add_argument("--on", type=house.day, metavar="TANGGAL", help="pada hari (bawaan: hari ini)")
    dossier.add_argument(
        "--known-at", dest="known_at", type=house.instant, metavar="SAAT", help="sejauh diketahui pada saat itu"
    )
    public = add("public", _public, "daftar pengumuman untuk umum")
    public.add_argument("--format", choices=_FORMATS, default="csv", help="csv, json, atom, atau ics (bawaan csv)")
    public.add_argument("--out", type=Path, required=True, metavar="FILE")
    public.add_argument("--on", type=house.day, metavar="TANGGAL", help="pada hari (bawaan: hari ini)")
    _address(public)
    template = add("template", _template, "teks sebuah jenis surat; dengan --file diganti")
    template.add_argument("stage", metavar="JENIS")
    template.add_argument("--file", type=Path, metavar="FILE.txt", help="baris pertama perihal, lalu isi")
    numbering = add("numbering", _numbering, "pola nomor surat; dengan --pattern diganti")
    numbering.add_argument("--pattern", metavar="POLA", help="misalnya {urut:3}/{kode}/DISKOP/{bulan}/{tahun}")
    numbering.add_argument("--per-stage", action="store_true", help="setiap jenis surat bernomor sendiri")


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--address", default="http://127.0.0.1:8000/", metavar="URL", help="alamat Telusur untuk kode QR dan tautan"
    )


class _Progress:
    """How many letters are done, on the terminal's second stream."""

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r\x1b[K{done} dari {total} surat{end}")
            sys.stderr.flush()


def _print(args: argparse.Namespace) -> Answer:
    from telusur.notices.models import Notice
    from telusur.notices.sheets.letters import letters_by_kelurahan

    house.actor(args, Deed.READ_NOTICES)
    chosen: Any = Notice.objects.filter(given__isnull=False).select_related("given").order_by("given__id")
    if args.letters:
        chosen = Notice.objects.filter(pk__in=[notice_named(number).pk for number in args.letters]).order_by("pk")
    if args.stage:
        chosen = chosen.filter(stage=args.stage)
    notices = list(chosen)
    if not notices:
        raise Stop("tidak ada surat untuk dicetak")
    try:
        paths = letters_by_kelurahan(notices, args.out, args.address.rstrip("/") + "/", _Progress())
    except ValueError as error:
        raise Stop(str(error)) from None
    document = {"letters": len(notices), "files": [path.name for path in paths]}
    return Answer(document, [f"{len(notices)} surat dalam {len(paths)} berkas di {args.out.name}/"])


def _dossier(args: argparse.Namespace) -> Answer:
    from telusur.notices.models import NoticeCase
    from telusur.notices.sheets.dossier import dossier_pdf
    from telusur.selfreport.uploads.filed import papers_of

    house.actor(args, Deed.READ_NOTICES)
    case = NoticeCase.objects.filter(pk=args.case).first()
    if case is None:
        raise Stop(f"perkara {args.case} tidak ada; lihat `telusur notices list`", WRONG_USE)
    try:
        known_at = args.known_at or datetime.now(UTC)
        content = dossier_pdf(case, args.on or house.today(), known_at, papers_of(case.cooperative_id, known_at))
    except ValueError as error:
        raise Stop(str(error)) from None
    args.out.write_bytes(content)
    return Answer({"case": case.pk, "file": str(args.out), "bytes": len(content)}, [f"Berkas perkara: {args.out.name}"])


def _public(args: argparse.Namespace) -> Answer:
    from telusur.notices.queries import office
    from telusur.notices.sheets import public_rows

    house.actor(args, Deed.LOOK_UP)
    on, address = args.on or house.today(), args.address.rstrip("/") + "/"
    rows = public_rows.public_list(on)
    content = {
        "csv": lambda: public_rows.as_csv(rows, address).encode(),
        "json": lambda: public_rows.as_json(rows, address, on),
        "atom": lambda: public_rows.as_atom(rows, address, office().name).encode(),
        "ics": lambda: public_rows.as_calendar(rows, address, office().name).encode(),
    }[args.format]()
    args.out.write_bytes(content)
    return Answer({"on": on, "notices": len(rows), "file": str(args.out)}, [f"{len(rows)} pengumuman: {args.out.name}"])


def _template(args: argparse.Namespace) -> Answer:
    from telusur.notices import actions
    from telusur.notices.queries import letter_text
    from telusur.notices.rules.stages import Stage

    if args.stage not in set(Stage):
        raise Stop(f"jenis «{args.stage}» tidak dikenal; yang ada: {', '.join(Stage)}", WRONG_USE)
    stage = Stage(args.stage)
    if args.file is not None:
        by = house.actor(args, Deed.EDIT_TEMPLATE)
        subject, _, body = args.file.read_text(encoding="utf-8").partition("\n")
        try:
            actions.edit_template(stage=stage, subject=subject, body=body, by=by)
        except actions.Refused as error:
            raise Stop(f"{args.file.name}: {error}") from None
    else:
        house.actor(args, Deed.READ_NOTICES)
    version, text = letter_text(stage)
    number = version.number if version else 0
    return Answer({"stage": stage.value, "version": number, **text._asdict()}, [text.subject, "", text.body])


def _numbering(args: argparse.Namespace) -> Answer:
    from telusur.notices import actions
    from telusur.notices.queries import scheme
    from telusur.notices.rules.stages import Stage

    if args.pattern is not None:
        by = house.actor(args, Deed.EDIT_TEMPLATE)
        try:
            actions.set_scheme(pattern=args.pattern, per_stage=args.per_stage, by=by)
        except actions.Refused as error:
            raise Stop(str(error)) from None
    else:
        house.actor(args, Deed.READ_NOTICES)
    now = scheme()
    sample = now.number(1, Stage.PUBLIC_NOTICE, house.today())
    return Answer(
        {"pattern": now.pattern, "per_stage": now.per_stage, "sample": sample}, [f"{now.pattern}   → {sample}"]
    )
