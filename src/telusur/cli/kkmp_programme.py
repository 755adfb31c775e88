"""`telusur kkmp`: the village cooperatives: every kelurahan's row, steps and their check, members, capital."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.merah_putih.actions import Note
    from telusur.merah_putih.queries import ProgrammeRow
    from telusur.merah_putih.rules.readiness import PartLine

__all__ = ["DEEDS", "add_deeds", "document", "note_of", "recorded", "refusing", "rows_of"]

_HELP = {
    "list": "semua kelurahan: tahap, syarat, anggota, kesiapan",
    "show": "satu kelurahan: tahap dengan buktinya, bagian kesiapan",
    "enrol": "masukkan semua kelurahan satu kota ke program",
    "form": "catat pembentukan: baru, pengembangan, revitalisasi",
    "stage": "catat tahap dengan buktinya, atau periksa catatan orang lain",
    "members": "catat jumlah anggota, atau hitung daftar lalu lupakan",
    "denominator": "catat jumlah kepala keluarga, jiwa, atau jiwa dewasa",
    "capital": "catat simpanan pokok dan wajib",
}


def add_deeds(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The sub-verbs of this file below `telusur kkmp`."""
    for name, words in _HELP.items():
        deed = deeds.add_parser(name, help=words, description=words)
        deed.add_argument("--json", action="store_true", help="jawaban sebagai satu dokumen JSON")
        deed.add_argument("--on", type=house.day, metavar="TANGGAL", help="keadaan per tanggal, atau hari kejadiannya")
        deed.add_argument("--known-at", type=house.instant, metavar="SAAT", help="seperti diketahui pada saat itu")
        if name != "list":
            words = "kode kota" if name == "enrol" else "kode kelurahan"
            deed.add_argument("area", nargs="?", default="", metavar="WILAYAH", help=words)
        house.add_by(deed)
        if name in ("form", "stage", "members", "denominator", "capital"):
            deed.add_argument("--proof", default="", metavar="BUKTI", help="dokumen, nomor, siapa yang melihat")
            deed.add_argument("--mends", type=int, metavar="CATATAN", help="menggantikan catatan bernomor ini")
        if name in ("members", "denominator", "capital"):
            deed.add_argument("--count", type=int, metavar="JUMLAH", help="banyaknya")
        _own(deed, name)


def _own(deed: argparse.ArgumentParser, name: str) -> None:
    """What one sub-verb alone takes."""
    if name == "stage":
        deed.add_argument("--stage", default="", metavar="TAHAP", help="misalnya deed, legal_entity, nib")
        deed.add_argument("--number", default="", metavar="NOMOR", help="nomor akta atau keputusan")
        deed.add_argument("--file", type=Path, metavar="FILE", help="foto atau PDF buktinya")
        deed.add_argument("--check", type=int, metavar="CATATAN", help="periksa catatan tahap bernomor ini")
        deed.add_argument("--wrong", default="", metavar="SEBAB", help="dengan --check: buktinya tidak benar, karena")
    elif name == "form":
        deed.add_argument("--way", default="", metavar="CARA", help="new, developed, revived")
        deed.add_argument("--name", default="", metavar="NAMA", help="nama koperasi")
        deed.add_argument("--from", dest="origin", default="", metavar="KOPERASI", help="id koperasi asal")
    elif name == "members":
        deed.add_argument("--source", default="", metavar="ASAL", help="board, simkopdes, visit")
        deed.add_argument("--list", dest="lists", type=Path, action="append", default=[], metavar="FILE",
                          help="hitung daftar di dalam memori; boleh berulang")  # fmt: skip
    elif name == "denominator":
        deed.add_argument("--kind", default="", metavar="JENIS", help="households, residents, adults")
        deed.add_argument("--source", default="", metavar="ASAL", help="sumber angkanya")
    elif name == "capital":
        for each, words in (("principal", "pokok"), ("mandatory", "wajib")):
            deed.add_argument(f"--{each}", type=int, nargs=2, metavar=("HARUS", "DIBAYAR"), help=f"simpanan {words}")


def rows_of(args: argparse.Namespace) -> list[ProgrammeRow]:
    """Every kelurahan's row on the asked day."""
    from telusur.merah_putih.queries import rows

    house.actor(args, Deed.READ_PROGRAMME)
    return rows(args.on or house.today(), args.known_at or datetime.now(UTC))


def document(row: ProgrammeRow) -> dict[str, object]:
    """One row as JSON: the contract of `--json`."""
    return {
        "kelurahan": row.kelurahan_code,
        "name": row.kelurahan_name,
        "cooperative": row.name or None,
        "way": row.way.value if row.way else None,
        "continues": str(row.cooperative_id) if row.cooperative_id else None,
        "stage": row.stage.value if row.stage else None,
        "steps": {step.stage.value: step.state.value for step in row.steps},
        "gates": {step.stage.value: step.is_reached for step in row.readiness.gates},
        "may_borrow": row.readiness.may_borrow,
        "members": row.members.member_count if row.members else None,
        "members_on": row.members.said.on if row.members else None,
        "targets": [
            {
                "kind": line.kind.value,
                "denominator": line.denominator.total_count,
                "denominator_on": line.denominator.said.on,
                "source": line.denominator.source,
                "percent": line.percent,
                "share": line.share,
                "wanted": line.wanted,
                "lacking": line.lacking,
            }
            for line in row.targets
        ],
        "capital_paid_share": row.capital.paid_share if row.capital else None,
        "capital_per_member_rupiah": row.capital.per_member_rupiah if row.capital else None,
        "score": [row.readiness.least, row.readiness.most],
        "parts": {part.part.value: [part.least, part.most] for part in row.readiness.parts},
        "age_days": row.age_days,
    }


def _list(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.rules.readiness import PART_SHORT, WEIGHTS
    from telusur.merah_putih.rules.stages import STAGE_LABELS

    found = rows_of(args)
    cells = [
        (
            row.kelurahan_code,
            row.kelurahan_name,
            STAGE_LABELS[row.stage] if row.stage else "—",
            f"{row.readiness.gates_met}/6",
            str(row.members.member_count) if row.members else "—",
            f"{row.readiness.least:g}–{row.readiness.most:g}",
            f"{row.age_days} hari" if row.age_days is not None else "—",
        )
        for row in found
    ]
    grid = Grid(
        ("kode", "kelurahan", "tahap", "syarat", "anggota", "kesiapan", "umur data"),
        cells,
        title=f"{len(found)} kelurahan" if found else "Belum ada kelurahan; mulai dengan `telusur kkmp enrol`.",
        foot="Kesiapan: selang; yang tidak diketahui kosong sampai penuh.",
    )
    parts = Grid(
        ("kelurahan", *(f"{words} /{WEIGHTS[part]}" for part, words in PART_SHORT.items())),
        [(row.kelurahan_name, *map(_span, row.readiness.parts)) for row in found],
        title="Kesiapan menurut bagiannya",
        foot="?: tidak diketahui, atau terlalu tua untuk dinilai.",
    )
    return Answer({"rows": [document(row) for row in found]}, grids=[grid, parts] if found else [grid])


def _span(line: PartLine) -> str:
    points = f"{line.least:.0f}" if line.least == line.most else f"{line.least:.0f}–{line.most:.0f}"
    return points if line.is_known else f"{points} ?"


def _show(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.rules.readiness import PART_LABELS
    from telusur.merah_putih.rules.stages import STAGE_LABELS, STATE_LABELS, asked_by

    row = next((each for each in rows_of(args) if each.kelurahan_code == args.area), None)
    if row is None:
        raise Stop(f"kelurahan {args.area or '(kosong)'} tidak ada dalam program", WRONG_USE)
    steps = [
        (
            STAGE_LABELS[step.stage],
            STATE_LABELS[step.state],
            f"{step.claim.said.on:%d/%m/%Y}" if step.claim else "",
            str(step.claim.said.id) if step.claim else "",
            step.claim.proof if step.claim else "",
        )
        for step in row.steps
    ]
    parts = [
        (
            PART_LABELS[part.part],
            f"{part.least:.1f}–{part.most:.1f}",
            str(part.weight),
            f"{part.on:%d/%m/%Y}" if part.on else "",
            "" if part.is_known else "terlalu tua, dianggap tidak diketahui" if part.is_stale else "tidak diketahui",
        )
        for part in row.readiness.parts
    ]
    following = row.next_step
    lines = [f"{row.kelurahan_name}: {row.name or 'koperasi belum dibentuk'}"]
    if following:
        lines.append(f"Berikutnya: {asked_by(following).sentence()}.")
    grids = [
        Grid(("tahap", "keadaan", "tanggal", "catatan", "bukti"), steps, title="Tahap"),
        Grid(("bagian", "nilai", "dari", "per", ""), parts,
             title=f"Kesiapan {row.readiness.least:g}–{row.readiness.most:g}, syarat {row.readiness.gates_met}/6"),
    ]  # fmt: skip
    return Answer(document(row), lines, grids)


def _enrol(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import enrol

    count = enrol(regency_code=args.area, by=house.actor(args, Deed.ENROL_PROGRAMME))
    return Answer({"new": count}, [f"{count} kelurahan baru masuk program."])


def note_of(args: argparse.Namespace) -> Note:
    """What every statement says, from the options."""
    from telusur.merah_putih.actions import Note

    by, today = house.actor(args, Deed.RECORD_PROGRAMME), house.today()
    return Note(args.area, args.on or today, args.proof, by, today, args.mends)


def recorded(number: int, words: str) -> Answer:
    """What a verb that records answers: the statement's number."""
    return Answer({"id": number}, [f"{words} tercatat sebagai catatan {number}."])


def _stage(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import check_stage, record_stage
    from telusur.merah_putih.rules.stages import Stage

    if args.check is not None:
        by = house.actor(args, Deed.CHECK_PROGRAMME, second_person=True)
        check_stage(number=args.check, is_right=not args.wrong, why=args.wrong, by=by)
        return Answer({"id": args.check, "is_right": not args.wrong}, [f"Catatan {args.check} diperiksa."])
    if args.stage not in {stage.value for stage in Stage}:
        raise Stop(f"tahap «{args.stage}» tidak ada; pilih {', '.join(Stage)}", WRONG_USE)
    try:
        file = args.file.read_bytes() if args.file is not None else None
    except OSError as error:
        raise Stop(f"{args.file}: berkas tidak dapat dibaca ({error.strerror}); periksa nama dan izinnya") from None
    row = record_stage(note_of(args), stage=Stage(args.stage), number=args.number, file=file)
    return recorded(row.pk, "Tahap")


def _form(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import record_formation
    from telusur.merah_putih.rules.stages import Way

    if args.way not in {way.value for way in Way}:
        raise Stop(f"cara «{args.way}» tidak ada; pilih {', '.join(Way)}", WRONG_USE)
    try:
        origin = uuid.UUID(args.origin) if args.origin else None
    except ValueError:
        raise Stop(f"«{args.origin}» bukan id koperasi", WRONG_USE) from None
    row = record_formation(note_of(args), way=Way(args.way), name=args.name, cooperative_id=origin)
    return recorded(row.pk, "Pembentukan")


def _count(args: argparse.Namespace) -> int:
    if args.count is None:
        raise Stop("sebutkan banyaknya dengan --count", WRONG_USE)
    return int(args.count)


def _members(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import record_members
    from telusur.merah_putih.rules.members import MemberSource

    if args.lists:
        return _counted(args)
    if args.source not in {each.value for each in MemberSource} - {"list"}:
        raise Stop("sebutkan asalnya dengan --source board, simkopdes, atau visit; atau --list FILE", WRONG_USE)
    return recorded(record_members(note_of(args), source=MemberSource(args.source), count=_count(args)).pk, "Anggota")


def _counted(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import count_member_lists
    from telusur.merah_putih.programme.member_files import read_member_file

    places = {row.kelurahan_name: row.kelurahan_code for row in rows_of(args)}
    note, found = note_of(args), dict[str, list[tuple[int, str]]]()
    for path in args.lists:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Stop(f"{path}: berkas tidak dapat dibaca ({error.strerror}); periksa nama dan izinnya") from None
        for code, cells in read_member_file(content, places, args.area, path.name).items():
            found.setdefault(code, []).extend(cells)
    counted = count_member_lists(
        lists=found, on=note.on, proof=args.proof or "daftar anggota, dihitung", by=note.by, today=note.today_on
    )
    names = {code: name for name, code in places.items()}
    rows = [
        (names[code], each.listed, each.members, each.repeated, each.refused) for code, each in counted.lists.items()
    ]
    said = {
        "lists": {
            code: {"listed": each.listed, "members": each.members, "repeated": each.repeated, "refused": each.refused}
            for code, each in counted.lists.items()
        },
        "shared": [{"first": one, "second": two, "count": count} for (one, two), count in counted.shared.items()],
    }
    shared = [
        f"{count} orang di dua daftar: {names[one]} dan {names[two]}." for (one, two), count in counted.shared.items()
    ]
    grid = Grid(("kelurahan", "baris", "anggota", "ganda", "bukan nomor"), rows, title="Terhitung; nomornya dilupakan")
    return Answer(said, shared, [grid])


def _denominator(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import record_denominator
    from telusur.merah_putih.rules.members import DenominatorKind

    if args.kind not in {each.value for each in DenominatorKind}:
        raise Stop(f"jenis «{args.kind}» tidak ada; pilih {', '.join(DenominatorKind)}", WRONG_USE)
    kind = DenominatorKind(args.kind)
    return recorded(record_denominator(note_of(args), kind=kind, total=_count(args), source=args.source).pk, "Penyebut")


def _capital(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import record_capital

    if args.principal is None or args.mandatory is None:
        raise Stop("sebutkan --principal HARUS DIBAYAR dan --mandatory HARUS DIBAYAR", WRONG_USE)
    principal, mandatory = tuple(args.principal), tuple(args.mandatory)
    row = record_capital(
        note_of(args),
        members=_count(args),
        principal=(principal[0], principal[1]),
        mandatory=(mandatory[0], mandatory[1]),
    )
    return recorded(row.pk, "Simpanan")


def refusing(deed: Callable[[argparse.Namespace], Answer]) -> Callable[[argparse.Namespace], Answer]:
    """The deed, its refusal as one sentence."""

    def done(args: argparse.Namespace) -> Answer:
        try:
            return deed(args)
        except ValueError as error:
            raise Stop(str(error)) from None

    return done


DEEDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "list": refusing(_list),
    "show": refusing(_show),
    "enrol": refusing(_enrol),
    "form": refusing(_form),
    "stage": refusing(_stage),
    "members": refusing(_members),
    "denominator": refusing(_denominator),
    "capital": refusing(_capital),
}
