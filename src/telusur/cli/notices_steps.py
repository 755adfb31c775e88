"""The steps of `telusur notices`: sign, send, what came back, put up, stop, object, decide, harm, propose."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

__all__ = ["add_steps", "batch_answer", "notice_named"]

Run = Callable[[argparse.Namespace], Answer]
Add = Callable[[str, Run, str], argparse.ArgumentParser]
_SENDING, _PUBLISHING = ("post", "courier", "hand", "email"), ("board", "newspaper", "website", "social")
_HARM = {"savings": "member_savings", "liabilities": "liabilities", "aid": "aid", "assets": "assets"}


def add_steps(add: Add) -> None:
    """Their sub-verbs."""
    signing = add("sign", _sign, "menandatangani konsep; nomor diberikan saat itu")
    signing.add_argument("letters", nargs="*", type=int, metavar="SURAT")
    signing.add_argument("--all", action="store_true", help="semua konsep yang menunggu, kecuali usulan pembubaran")
    _step(add("send", _send, "mencatat surat terkirim"), _SENDING)
    _step(add("received", _received, "mencatat surat diterima; batas waktu dihitung sejak itu"), _SENDING)
    _step(add("returned", _returned, "mencatat surat kembali, tidak tersampaikan"), _SENDING)
    _step(add("publish", _publish, "mencatat pengumuman terpasang, dengan buktinya"), _PUBLISHING)
    for name, says in (
        ("suspend", "menghentikan sementara jam sebuah perkara"),
        ("resume", "melanjutkan jam sebuah perkara"),
        ("withdraw", "menghentikan perkara yang tidak diperlukan lagi"),
        ("retract", "mencabut perkara yang keliru"),
    ):
        turning = add(name, _turn, says)
        turning.add_argument("case", type=int, metavar="PERKARA")
        turning.add_argument("--why", required=True, metavar="ALASAN")
    objecting = add("object", _object, "mencatat keberatan atas sebuah surat")
    objecting.add_argument("letter", type=int, metavar="SURAT")
    objecting.add_argument("--says", required=True, metavar="ISI", help="apa yang dikeberatkan")
    objecting.add_argument("--receipt", required=True, metavar="NOMOR", help="nomor tanda terima yang diberikan")
    objecting.add_argument("--on", type=house.day, metavar="TANGGAL", help="diterima pada (bawaan: hari ini)")
    deciding = add("decide", _decide, "memutuskan keberatan")
    deciding.add_argument("receipt", metavar="NOMOR", help="nomor tanda terima keberatan")
    deciding.add_argument("verdict", choices=("upheld", "dismissed"))
    deciding.add_argument("--why", required=True, metavar="ALASAN")
    harming = add("harm", _harm, "pemeriksaan kerugian anggota dan pihak lain")
    harming.add_argument("nik_koperasi", metavar="NIK_KOPERASI")
    for option, words in (
        ("savings", "simpanan anggota"),
        ("liabilities", "kewajiban"),
        ("aid", "bantuan"),
        ("assets", "aset"),
    ):
        harming.add_argument(f"--{option}", required=True, metavar="none|exists|unknown[:KETERANGAN]", help=words)
    proposing = add("propose", _propose, "menandatangani usulan pembubaran; perlu dua orang, dan semua syarat")
    proposing.add_argument("letter", type=int, metavar="SURAT")


def _step(parser: argparse.ArgumentParser, channels: tuple[str, ...]) -> None:
    parser.add_argument("letter", type=int, metavar="SURAT")
    parser.add_argument("--channel", required=True, choices=channels, metavar="SALURAN", help=", ".join(channels))
    parser.add_argument("--place", required=True, metavar="TEMPAT", help="alamat, papan, surat kabar, atau tautan")
    parser.add_argument("--proof", default="", metavar="BUKTI", help="nomor resi, terbitan dan tanggalnya, tautan")
    parser.add_argument("--file", type=Path, metavar="BERKAS", help="foto atau pindaian bukti (JPEG, PNG, PDF)")
    parser.add_argument("--on", type=house.day, metavar="TANGGAL", help="terjadi pada (bawaan: hari ini)")


def notice_named(number: int) -> Any:
    """The letter of that key. Stops where there is none."""
    from telusur.notices.models import Notice

    found = Notice.objects.filter(pk=number).select_related("case__cooperative").first()
    if found is None:
        raise Stop(f"surat {number} tidak ada; lihat `telusur notices list`", WRONG_USE)
    return found


def _case(number: int) -> Any:
    from telusur.notices.models import NoticeCase

    found = NoticeCase.objects.filter(pk=number).first()
    if found is None:
        raise Stop(f"perkara {number} tidak ada; lihat `telusur notices list`", WRONG_USE)
    return found


def batch_answer(batch: Any, done: str) -> Answer:
    """What came of many at once; status 1 where something was refused."""
    from telusur.notices.models import Notice
    from telusur.register.models import Cooperative

    made = list(
        Notice.objects.filter(pk__in=[notice.pk for notice in batch.done]).select_related("given").order_by("pk")
    )
    rows = [
        (
            str(each.pk),
            each.stage,
            str(each.content["about"]["name"]),
            each.given.number if hasattr(each, "given") else "",
        )
        for each in made
    ]
    numbers = dict(
        Cooperative.objects.filter(pk__in=[ident for ident, _ in batch.refused]).values_list("pk", "nik_koperasi")
    )
    refused = [
        (numbers.get(ident) or "-", "; ".join(why.sentence() for why in reasons)) for ident, reasons in batch.refused
    ]
    document = {
        "done": [
            {"letter": each.pk, "stage": each.stage, "number": row[3]} for each, row in zip(made, rows, strict=True)
        ],
        "refused": [
            {
                "nik_koperasi": numbers.get(ident),
                "reasons": [{"code": why.code, "says": why.sentence()} for why in reasons],
            }
            for ident, reasons in batch.refused
        ],
    }
    grids = [Grid(("surat", "jenis", "koperasi", "nomor"), rows)] if rows else []
    if refused:
        grids.append(Grid(("NIK koperasi", "alasan"), refused[:50], title="Belum boleh"))
    lines = [f"{len(made)} surat {done}, {len(refused)} belum boleh"]
    return Answer(document, lines, grids, DATA_SAYS_NO if refused else DONE)


def _sign(args: argparse.Namespace) -> Answer:
    from telusur.notices.actions import sign
    from telusur.notices.queries import waiting_drafts

    by = house.actor(args, Deed.SIGN_NOTICE, second_person=True)
    if bool(args.letters) == args.all:
        raise Stop("sebutkan surat yang ditandatangani, atau --all", WRONG_USE)
    waiting = [each for each in waiting_drafts() if each.stage != "proposal"]
    notices = waiting if args.all else [notice_named(number) for number in args.letters]
    return batch_answer(sign(notices=notices, on=house.today(), by=by), "ditandatangani")


def _proof(args: argparse.Namespace) -> Any:
    from telusur.notices.actions import Proof
    from telusur.notices.proofs.store import keep

    if args.file is None:
        return Proof(args.proof)
    try:
        return Proof(args.proof, keep(args.file.read_bytes(), args.file.name))
    except ValueError as error:
        raise Stop(str(error)) from None


def _taken(args: argparse.Namespace, verb: str) -> Answer:
    from telusur.notices import actions
    from telusur.notices.rules.stages import EVENT_LABELS, Channel, EventKind

    by, notice = house.actor(args, Deed.HANDLE_NOTICE), notice_named(args.letter)
    try:
        event = getattr(actions, verb)(
            notice=notice,
            channel=Channel(args.channel),
            place=args.place,
            proof=_proof(args),
            on=args.on or house.today(),
            by=by,
        )
    except actions.Refused as error:
        raise Stop(str(error)) from None
    working = [said["says"].format_map(said["values"]) for said in event.working]
    lines = [f"Surat {notice.pk} {EVENT_LABELS[EventKind(event.kind)]} {event.on:%d/%m/%Y}."]
    if event.due_on:
        lines += [f"Batas waktunya {event.due_on:%d/%m/%Y}:", *(f"  {line}" for line in working)]
    return Answer(
        {"letter": notice.pk, "event": event.kind, "on": event.on, "due_on": event.due_on, "working": working}, lines
    )


def _send(args: argparse.Namespace) -> Answer:
    return _taken(args, "send")


def _received(args: argparse.Namespace) -> Answer:
    return _taken(args, "record_receipt")


def _returned(args: argparse.Namespace) -> Answer:
    return _taken(args, "record_return")


def _publish(args: argparse.Namespace) -> Answer:
    return _taken(args, "publish")


def _turn(args: argparse.Namespace) -> Answer:
    from telusur.notices import actions
    from telusur.notices.queries import case_file

    by, case = house.actor(args, Deed.STOP_NOTICE, second_person=True), _case(args.case)
    try:
        events = getattr(actions, args.deed)(case=case, why=args.why, on=house.today(), by=by)
    except actions.Refused as error:
        raise Stop(str(error)) from None
    owed = [place for letter in case_file(case).letters for place in letter.reach_owed()]
    lines = [f"Perkara {case.pk}: {len(events)} surat berubah keadaan."]
    if owed:
        lines.append("Umumkan juga di: " + "; ".join(f"{place.channel.value} {place.place}" for place in owed))
    document = {"case": case.pk, "event": events[-1].kind, "letters": [event.notice_id for event in events]}
    return Answer(document | {"owed": [f"{place.channel.value}: {place.place}" for place in owed]}, lines)


def _object(args: argparse.Namespace) -> Answer:
    from telusur.notices import actions

    by, notice = house.actor(args, Deed.HANDLE_NOTICE), notice_named(args.letter)
    try:
        row = actions.object(notice=notice, says=args.says, receipt=args.receipt, on=args.on or house.today(), by=by)
    except actions.Refused as error:
        raise Stop(str(error)) from None
    lines = [f"Keberatan {row.receipt} dicatat; perkara {notice.case_id} ditahan sampai diputuskan."]
    return Answer({"objection": row.pk, "receipt": row.receipt, "case": notice.case_id}, lines)


def _decide(args: argparse.Namespace) -> Answer:
    from telusur.notices import actions
    from telusur.notices.models import NoticeObjection

    by = house.actor(args, Deed.DECIDE_OBJECTION, second_person=True)
    row = NoticeObjection.objects.filter(receipt=args.receipt).first()
    if row is None:
        raise Stop(f"keberatan «{args.receipt}» tidak ada", WRONG_USE)
    upheld = args.verdict == "upheld"
    try:
        actions.decide_objection(objection=row, upheld=upheld, why=args.why, on=house.today(), by=by)
    except actions.Refused as error:
        raise Stop(str(error)) from None
    said = "diterima; semua surat perkara ini dicabut" if upheld else "ditolak; perkara dapat diteruskan"
    return Answer({"objection": row.pk, "upheld": upheld, "case": row.case_id}, [f"Keberatan {row.receipt} {said}."])


def _harm(args: argparse.Namespace) -> Answer:
    from telusur.notices import actions
    from telusur.notices.rules.guard import HarmItem, Held
    from telusur.register.models import Cooperative

    by = house.actor(args, Deed.CHECK_HARM)
    found = Cooperative.objects.filter(nik_koperasi=args.nik_koperasi).first()
    if found is None:
        raise Stop(f"tidak ada koperasi dengan NIK koperasi «{args.nik_koperasi}»", WRONG_USE)
    items = {}
    for option, name in _HARM.items():
        state, _, note = getattr(args, option).partition(":")
        if state not in {held.value for held in Held}:
            raise Stop(f"--{option} «{state}»: tulis none, exists, atau unknown, lalu :KETERANGAN", WRONG_USE)
        items[name] = HarmItem(Held(state), note.strip())
    try:
        fact = actions.check_harm(cooperative=found.pk, items=items, on=house.today(), by=by)
    except actions.Refused as error:
        raise Stop(str(error)) from None
    return Answer({"fact": fact, "nik_koperasi": args.nik_koperasi}, ["Pemeriksaan kerugian dicatat."])


def _propose(args: argparse.Namespace) -> Answer:
    from telusur.notices import actions
    from telusur.notices.queries import case_file

    by, notice = house.actor(args, Deed.SIGN_NOTICE, second_person=True), notice_named(args.letter)
    try:
        actions.propose(notice=notice, on=house.today(), by=by)
    except actions.Refused as error:
        rows = [(reason.code, reason.sentence()) for reason in error.reasons]
        document = {"proposed": False, "lacks": [{"code": code, "says": says} for code, says in rows]}
        return Answer(document, ["Belum dapat diusulkan."], [Grid(("", "yang kurang"), rows)], DATA_SAYS_NO)
    letter = next(each for each in case_file(notice.case).letters if each.id == notice.pk)
    if not letter.is_signed:
        return Answer({"proposed": False, "signed_by": letter.signers}, ["Satu tanda tangan; perlu satu orang lagi."])
    document = {"proposed": True, "signed_by": letter.signers, "number": letter.number, "case": notice.case_id}
    return Answer(document, [f"Usulan pembubaran {letter.number} ditandatangani dua orang."])
