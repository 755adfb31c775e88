"""`telusur notices`: letters and public notices as cases, from the draft to the proposal of dissolution.

Each sub-verb asks or does one thing; `telusur notices VERB --help` explains it. Letters are named by their key (kolom
"surat"), cases by theirs (kolom "perkara").
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telusur.cli import house, notices_paper, notices_steps
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

NAME = "notices"
HELP = "surat dan pengumuman: susun, tanda tangani, kirim, umumkan, keberatan, usulan pembubaran"
STAGES = ("sp1", "sp2", "sp3", "summons", "public_notice", "intent", "proposal")
Run = Callable[[argparse.Namespace], Answer]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The sub-verbs."""
    deeds = parser.add_subparsers(dest="deed", metavar="PERBUATAN", required=True)

    def add(name: str, run: Run, says: str) -> argparse.ArgumentParser:
        made = deeds.add_parser(name, help=says, description=says)
        made.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="jawaban sebagai satu dokumen JSON"
        )
        house.add_by(made)
        made.set_defaults(run_deed=run)
        return made

    listing = add("list", _list, "perkara dan tindak lanjutnya, yang paling mendesak dahulu")
    listing.add_argument("--on", type=house.day, metavar="TANGGAL", help="pada hari (bawaan: hari ini)")
    add("candidates", _candidates, "koperasi yang boleh disurati tetapi belum ada perkaranya")
    show = add("show", _show, "satu perkara: surat, jam dan hitungannya, syarat usulan pembubaran")
    show.add_argument("case", type=int, metavar="PERKARA")
    drafting = add("draft", _draft, "menyusun surat; yang belum boleh disebut alasannya")
    drafting.add_argument("nik_koperasi", nargs="*", metavar="NIK_KOPERASI")
    drafting.add_argument("--stage", required=True, choices=STAGES, metavar="JENIS", help=", ".join(STAGES))
    drafting.add_argument("--all", action="store_true", help="semua calon jenis ini")
    notices_steps.add_steps(add)
    notices_paper.add_paper(add)


def run(args: argparse.Namespace) -> Answer:
    """The sub-verb that was asked."""
    house.enter()
    run_deed: Run = args.run_deed
    return run_deed(args)


def _list(args: argparse.Namespace) -> Answer:
    from telusur.notices.queries import agenda
    from telusur.notices.rules.stages import TRACK_LABELS

    house.actor(args, Deed.READ_NOTICES)
    on = args.on or house.today()
    rows = agenda(on)
    table = [
        (
            str(row.case.pk),
            row.about.name,
            row.about.kelurahan,
            TRACK_LABELS[row.file.track],
            row.next.reason.sentence(),
            f"{row.next.due_on:%d/%m/%Y}" if row.next.due_on else "",
            str(row.next.letter or ""),
        )
        for row in rows
    ]
    waiting = sum(row.next.is_office for row in rows)
    columns = ("perkara", "koperasi", "kelurahan", "jalur", "berikutnya", "batas", "surat")
    grid = Grid(columns, table, title="" if rows else "Belum ada perkara; lihat `telusur notices candidates`.")
    document = {"on": on, "cases": [case_document(row) for row in rows], "waiting": waiting}
    return Answer(document, [f"{len(rows)} perkara, {waiting} menunggu dinas"], [grid])


def case_document(row: Any) -> dict[str, object]:
    """A case of the agenda, JSON-ready."""
    return {
        "case": row.case.pk,
        "cooperative": row.case.cooperative_id,
        "name": row.about.name,
        "nik_koperasi": row.about.nik_koperasi,
        "track": row.file.track.value,
        "ended": row.file.is_ended,
        "next": row.next.kind.value,
        "says": row.next.reason.sentence(),
        "due_on": row.next.due_on,
        "letter": row.next.letter,
    }


def _candidates(args: argparse.Namespace) -> Answer:
    from telusur.notices.queries import candidates
    from telusur.notices.rules.stages import TRACK_LABELS

    house.actor(args, Deed.READ_NOTICES)
    found = candidates(house.today(), datetime.now(UTC))
    rows = [(each.nik_koperasi, each.name, each.kelurahan, TRACK_LABELS[each.track], each.words) for each in found]
    grid = Grid(
        ("NIK koperasi", "koperasi", "kelurahan", "jalur", "dasar"), rows, title="" if rows else "Tidak ada calon."
    )
    document = {
        "candidates": [
            {"nik_koperasi": each.nik_koperasi, "name": each.name, "track": each.track.value, "says": each.words}
            for each in found
        ]
    }
    return Answer(document, [f"{len(found)} koperasi boleh disurati"], [grid])


def _show(args: argparse.Namespace) -> Answer:
    from telusur.laws.queries import current_law
    from telusur.notices.models import NoticeCase
    from telusur.notices.queries import calendar, case_file, guard_case, rows_of
    from telusur.notices.rules.clock import clock_of
    from telusur.notices.rules.guard import conditions
    from telusur.notices.rules.letters import PHASE_LABELS
    from telusur.notices.rules.stages import STAGE_LABELS

    house.actor(args, Deed.READ_NOTICES)
    case = NoticeCase.objects.filter(pk=args.case).first()
    if case is None:
        raise Stop(f"perkara {args.case} tidak ada; lihat `telusur notices list`", WRONG_USE)
    on, file = house.today(), case_file(case)
    law, holidays = current_law(on), calendar()
    rows, lines, letters = [], [], []
    for letter in file.letters:
        clock = clock_of(letter, law, holidays, on)
        due = f"{clock.due_on:%d/%m/%Y}" if clock else ""
        rows.append((str(letter.id), STAGE_LABELS[letter.stage], letter.number, PHASE_LABELS[letter.phase], due))
        working = [reason.sentence() for reason in clock.deadline.working] if clock else []
        lines += [f"{STAGE_LABELS[letter.stage]} {letter.number}: {line}" for line in working]
        letters.append(
            {
                "letter": letter.id,
                "stage": letter.stage.value,
                "number": letter.number,
                "phase": letter.phase.value,
                "due_on": clock.due_on if clock else None,
                "working": working,
                "owed": [f"{place.channel.value}: {place.place}" for place in letter.reach_owed()],
            }
        )
    held = conditions(guard_case(case, file, rows_of([case.cooperative_id], on, datetime.now(UTC))), law, holidays, on)
    asked = [
        ("ya" if not each.lacks else "belum", each.words, "; ".join(lack.reason.sentence() for lack in each.lacks))
        for each in held
    ]
    document = {
        "case": case.pk,
        "track": file.track.value,
        "ended": file.is_ended,
        "letters": letters,
        "objections": [{"objection": each.id, "upheld": each.upheld} for each in file.objections],
        "guard": [
            {
                "words": each.words,
                "met": not each.lacks,
                "lacks": [{"code": lack.reason.code, "says": lack.reason.sentence()} for lack in each.lacks],
                "articles": each.articles,
                "facts": each.facts,
            }
            for each in held
        ],
    }
    grids = [Grid(("surat", "jenis", "nomor", "keadaan", "batas"), rows, title="Surat" if rows else "Belum ada surat.")]
    grids.append(Grid(("terpenuhi", "syarat usulan pembubaran", "yang kurang"), asked, title="Syarat"))
    return Answer(document, lines, grids)


def _draft(args: argparse.Namespace) -> Answer:
    from telusur.notices.actions import Refused, draft
    from telusur.notices.queries import candidates
    from telusur.notices.rules.stages import STAGE_RULES, Stage
    from telusur.register.models import Cooperative

    by, stage = house.actor(args, Deed.DRAFT_NOTICE), Stage(args.stage)
    if bool(args.nik_koperasi) == args.all:
        raise Stop("sebutkan NIK koperasi, atau --all untuk semua calon", WRONG_USE)
    if args.all:
        track = STAGE_RULES[stage].track
        idents = [each.cooperative_id for each in candidates(house.today(), datetime.now(UTC)) if each.track is track]
    else:
        known = dict(Cooperative.objects.filter(nik_koperasi__in=args.nik_koperasi).values_list("nik_koperasi", "id"))
        missing = [number for number in args.nik_koperasi if number not in known]
        if missing:
            raise Stop(f"tidak ada koperasi dengan NIK koperasi «{missing[0]}»", WRONG_USE)
        idents = [known[number] for number in args.nik_koperasi]
    try:
        batch = draft(cooperatives=idents, stage=stage, on=house.today(), by=by)
    except (Refused, ValueError) as error:
        raise Stop(str(error)) from None
    return notices_steps.batch_answer(batch, "disusun")
