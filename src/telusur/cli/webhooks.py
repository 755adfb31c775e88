"""`telusur webhooks`: the systems that are told of events: add, rotate, try, end; send what is due; the log; replay."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable
from pathlib import Path

from telusur.api.rules.events import EventKind
from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.webhooks_sending import Counts, keep_sending, send_due, with_parent
from telusur.people.rules import Deed

NAME = "webhooks"
HELP = "kabar untuk sistem lain: daftar; add, rotate, try, end; send mengirim yang jatuh tempo; log; replay"
_DEEDS = ("add", "rotate", "try", "end", "send", "log", "replay")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without words it lists the endpoints."""
    parser.add_argument("deed", nargs="?", choices=_DEEDS)
    parser.add_argument("which", nargs="?", metavar="ALAMAT|ID|NOMOR")
    parser.add_argument("--name", default="", metavar="NAMA", help="sistem yang menerima")
    parser.add_argument(
        "--kind", action="append", default=[], choices=[kind.value for kind in EventKind if kind is not EventKind.PING]
    )
    parser.add_argument("--why", default="", metavar="ALASAN", help="alasan mengakhiri")
    parser.add_argument(
        "--every", type=int, metavar="DETIK", help="send: terus mengirim, melihat lagi tiap sekian detik"
    )
    parser.add_argument("--beside", type=int, help=argparse.SUPPRESS)
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """List, or what the word says."""
    folder = house.enter()
    if args.deed is None:
        return _list()
    if args.deed == "send":
        return _send(folder, args.every, args.beside)
    if args.deed == "log":
        return _log()
    by = house.actor(args, Deed.KEEP_WEBHOOKS)
    if not args.which:
        raise Stop("sebutkan alamat, ID titik, atau nomor kirimannya", WRONG_USE)
    deeds: dict[str, Callable[[argparse.Namespace, str], Answer]] = {
        "add": _add,
        "rotate": _rotate,
        "try": _try,
        "end": _end,
        "replay": _replay,
    }
    try:
        return deeds[args.deed](args, by)
    except ValueError as error:
        raise Stop(str(error)) from None


def _ident(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Stop(f"«{text}» bukan ID titik; lihat `telusur webhooks`", WRONG_USE) from None


def _list() -> Answer:
    from telusur.api.queries import endpoints

    found = [
        {
            "id": str(each.pk),
            "name": each.label,
            "address": each.address,
            "kinds": each.kinds,
            "ended": each.ended_why or None,
        }
        for each in endpoints()
    ]
    rows = [
        (str(each["id"]), str(each["name"]), str(each["address"]), ", ".join(each["kinds"]) or "semua",
         str(each["ended"] or "menerima"))
        for each in found
    ]  # fmt: skip
    title = "Titik penerima" if rows else "Belum ada titik penerima."
    return Answer({"endpoints": found}, grids=[Grid(("id", "sistem", "alamat", "kabar", "keadaan"), rows, title=title)])


def _add(args: argparse.Namespace, by: str) -> Answer:
    from django.conf import settings

    from telusur.api.actions import add_endpoint

    kinds = [kind for kind in EventKind if kind.value in args.kind]
    endpoint, secret = add_endpoint(
        address=args.which, label=args.name, kinds=kinds, by=by, localhost=settings.WEBHOOKS_TO_LOCALHOST
    )
    return Answer(
        {"id": str(endpoint.pk), "secret": secret},
        [
            f"{endpoint.label} menerima kabar: {endpoint.pk}",
            secret,
            "Salin rahasianya sekarang; tidak ditampilkan lagi.",
        ],
    )


def _rotate(args: argparse.Namespace, by: str) -> Answer:
    from telusur.api.actions import rotate_secret

    secret = rotate_secret(endpoint=_ident(args.which), by=by)
    return Answer({"secret": secret}, [secret, "Rahasia lama masih menandatangani selama 24 jam."])


def _try(args: argparse.Namespace, by: str) -> Answer:
    from telusur.api.actions import try_endpoint

    event = try_endpoint(endpoint=_ident(args.which), by=by)
    return Answer({"event": str(event.pk)}, ["Kabar uji coba menunggu dikirim: `telusur webhooks send`."])


def _end(args: argparse.Namespace, by: str) -> Answer:
    from telusur.api.actions import end_endpoint

    found = end_endpoint(endpoint=_ident(args.which), why=args.why, by=by)
    return Answer({"id": str(found.pk), "ended": True}, [f"{found.label} tidak lagi menerima kabar."])


def _replay(args: argparse.Namespace, by: str) -> Answer:
    from telusur.api.actions import replay

    if not args.which.isdecimal():
        raise Stop(f"«{args.which}» bukan nomor kiriman; lihat `telusur webhooks log`", WRONG_USE)
    found = replay(delivery=int(args.which), by=by)
    return Answer({"delivery": found.pk}, [f"Kiriman {found.pk} menunggu dikirim lagi."])


def _send(folder: Path, every: int | None, beside: int | None) -> Answer:
    """Once: all that is due. With --every: until stopped; one of several sends, and one that dies loses nothing."""
    counts = Counts()
    if every:
        goes_on = with_parent(beside) if beside is not None else lambda: True
        counts = keep_sending(folder, every, goes_on=goes_on)
    else:
        send_due(counts)
    return Answer(
        {"events": counts.events, "delivered": counts.delivered, "failed": counts.failed},
        [
            f"{counts.events} kabar baru; {counts.delivered} terkirim, "
            f"{counts.failed} belum diterima dan dicoba lagi menurut jadwal."
        ],
    )


def _log() -> Answer:
    from telusur.api.queries import deliveries

    found = list(deliveries()[:100])
    rows = [
        (each.pk, each.event.kind, each.endpoint.label, each.state, each.attempt_count,
         ", ".join(str(tried.status_number or tried.fault) for tried in each.attempts.all()))
        for each in found
    ]  # fmt: skip
    names = ("delivery", "kind", "endpoint", "state", "attempts", "answers")
    return Answer(
        {"deliveries": [dict(zip(names, row, strict=True)) for row in rows]},
        grids=[
            Grid(
                ("nomor", "kabar", "titik", "keadaan", "percobaan", "jawaban"),
                rows,
                title="Kiriman" if rows else "Belum ada kiriman.",
            )
        ],
    )
