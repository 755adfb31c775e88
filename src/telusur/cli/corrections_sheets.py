"""The part of `telusur corrections` that speaks of sheets: make and write one, its letter, its sending, its end."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Stop
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.corrections.models import ChangeSheet
    from telusur.register.models import Edition

__all__ = ["discard", "fates_sheet", "letter", "send", "sheet"]


def _number(args: argparse.Namespace) -> str:
    if not args.number:
        raise Stop("sebutkan nomor lembar dengan --number", WRONG_USE)
    return str(args.number)


def _out(args: argparse.Namespace, ending: str) -> Path:
    if args.out is None or args.out.suffix.lower() != ending:
        raise Stop(f"sebutkan --out FILE{ending}", WRONG_USE)
    return Path(args.out)


def _found(number: str) -> ChangeSheet:
    from telusur.corrections.models import ChangeSheet

    found = ChangeSheet.objects.select_related("edition").filter(number=number).first()
    if found is None:
        raise Stop(f"lembar «{number}» tidak ada; lihat `telusur corrections list`", WRONG_USE)
    return found


def fates_sheet(args: argparse.Namespace, on: date) -> Answer:
    """What became of every correction that was sent, as a sheet."""
    from telusur.corrections.sheets.fates_sheet import write_fates

    out = _out(args, ".xlsx")
    count = write_fates(out, on)
    return Answer({"file": str(out), "followed": count}, [f"{count} usulan yang terkirim, dengan nasibnya: {out.name}"])


def sheet(args: argparse.Namespace, edition_of: Callable[[argparse.Namespace], Edition]) -> Answer:
    """Make a sheet of what is ready and write it; one that was made already is written again, the same bytes."""
    from telusur.corrections.actions import make_sheet
    from telusur.corrections.models import ChangeSheet
    from telusur.corrections.sheets.change_sheet import write_changes
    from telusur.corrections.sheets.words import ADDRESSEE

    by = house.actor(args, Deed.SEND_CORRECTION)
    out, number = _out(args, ".xlsx"), " ".join(_number(args).split())
    made = ChangeSheet.objects.select_related("edition").filter(number=number).first()
    is_new = made is None
    if made is None:
        made = make_sheet(
            edition=edition_of(args),
            number=number,
            addressee=args.to or ADDRESSEE,
            on=args.on or house.today(),
            by=by,
            numbers=args.changes or None,
        )
    elif args.changes:
        raise Stop(f"lembar «{number}» sudah ada dan isinya tetap; pakai nomor lain untuk usulan lain", WRONG_USE)
    count = write_changes(out, made)
    document = {"sheet": number, "new": is_new, "changes": count, "sha256": made.content_hash, "file": str(out)}
    verb = "dibuat" if is_new else "ditulis lagi"
    return Answer(
        document, [f"Lembar «{number}» {verb}: {count} perubahan, {out}. Sidik isi {made.content_hash[:16]}…"]
    )


def letter(args: argparse.Namespace) -> Answer:
    """Write the letter of a sheet."""
    from django.conf import settings

    from telusur.corrections.sheets.letter import letter_pdf

    house.actor(args, Deed.READ_CORRECTIONS)
    out, found = _out(args, ".pdf"), _found(_number(args))
    out.write_bytes(letter_pdf(found, settings.OFFICE_NAME, settings.OFFICE_CONTACT))
    return Answer({"sheet": found.number, "file": str(out)}, [f"Surat «{found.number}» ditulis: {out}."])


def send(args: argparse.Namespace) -> Answer:
    """Record that a sheet was sent."""
    from telusur.corrections.actions import send_sheet

    by = house.actor(args, Deed.SEND_CORRECTION)
    end = send_sheet(
        number=_number(args),
        on=args.on or house.today(),
        channel=args.channel,
        proof=args.proof,
        by=by,
        today=house.today(),
    )
    count = end.sheet.lines.count()
    document = {"sheet": end.sheet.number, "on": end.on, "channel": end.channel, "by": by, "changes": count}
    return Answer(
        document,
        [
            f"Lembar «{end.sheet.number}» terkirim {end.on:%d/%m/%Y} ({end.channel}): {count} perubahan diikuti sejak itu."
        ],
    )


def discard(args: argparse.Namespace) -> Answer:
    """Give a sheet up that was not sent."""
    from telusur.corrections.actions import discard_sheet

    by = house.actor(args, Deed.SEND_CORRECTION)
    end = discard_sheet(number=_number(args), why=args.why, by=by, on=house.today())
    return Answer(
        {"sheet": end.sheet.number, "why": end.why}, [f"Lembar «{end.sheet.number}» dibatalkan; usulannya gugur."]
    )
