"""`telusur kkmp financing`, `governance`, `withdraw`: what a loan asks and its terms; books and supervisors; taking back."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.cli.kkmp_programme import note_of, recorded, refusing, rows_of
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.merah_putih.actions import Terms

__all__ = ["DEEDS", "add_deeds"]

_HELP = {
    "financing": "enam syarat, musyawarah, persetujuan wali kota, dan syarat pinjaman; dengan --bank: catat",
    "governance": "catat pembukuan, RAT, dan pengawas",
    "withdraw": "tarik satu catatan, dengan alasannya",
}
_SEEN = {"ya": True, "tidak": False}
_LOOKED = ("books", "meeting", "supervisor")
_SUMS = {
    "amount": "plafon, rupiah",
    "operating": "untuk belanja operasional, rupiah",
    "months": "jangka waktu, bulan",
    "grace": "masa tenggang, bulan",
}


def add_deeds(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The sub-verbs of this file below `telusur kkmp`."""
    for name, words in _HELP.items():
        deed = deeds.add_parser(name, help=words, description=words)
        if name != "withdraw":
            deed.add_argument("area", nargs="?", default="", metavar="WILAYAH", help="kode kelurahan")
        deed.add_argument("--json", action="store_true", help="jawaban sebagai satu dokumen JSON")
        deed.add_argument("--on", type=house.day, metavar="TANGGAL", help="keadaan per tanggal, atau hari kejadiannya")
        deed.add_argument("--known-at", type=house.instant, metavar="SAAT", help="seperti diketahui pada saat itu")
        house.add_by(deed)
        if name == "withdraw":
            deed.add_argument("--kind", default="", metavar="JENIS", help="formation, stage, members, …")
            deed.add_argument("--number", type=int, metavar="CATATAN", help="nomor catatannya")
            deed.add_argument("--why", default="", metavar="SEBAB", help="mengapa ditarik")
            continue
        deed.add_argument("--proof", default="", metavar="BUKTI", help="dokumen, nomor, siapa yang melihat")
        deed.add_argument("--mends", type=int, metavar="CATATAN", help="menggantikan catatan bernomor ini")
        if name == "governance":
            for each, words in zip(_LOOKED, ("pembukuan", "RAT tahun buku terakhir", "pengawas"), strict=True):
                deed.add_argument(f"--{each}", choices=sorted(_SEEN), help=f"{words}: ya atau tidak, bila dilihat")
        else:
            deed.add_argument("--bank", default="", metavar="BANK", help="bank pemberi pinjaman")
            deed.add_argument("--rate", default="6", metavar="PERSEN", help="bunga setahun (bawaan: 6)")
            for each, words in _SUMS.items():
                deed.add_argument(f"--{each}", type=int, default=0, metavar="JUMLAH", help=words)


def _terms(args: argparse.Namespace) -> Terms:
    from telusur.merah_putih.actions import Terms

    try:
        rate = Decimal(args.rate.replace(",", "."))
    except InvalidOperation:
        raise Stop(f"bunga «{args.rate}» bukan angka; tulis misalnya 6 atau 5,5", WRONG_USE) from None
    if not 0 <= rate < 100 or not 0 <= min(args.months, args.grace) <= max(args.months, args.grace) <= 32_000:
        raise Stop("bunga dari 0 sampai 100 persen; jangka waktu dan tenggang dalam bulan", WRONG_USE)
    return Terms(args.bank[:80], args.amount, args.operating, rate, args.months, args.grace)


def _financing(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import record_financing

    if args.bank:
        return recorded(record_financing(note_of(args), terms=_terms(args)).pk, "Pembiayaan")
    return _asked(args)


def _asked(args: argparse.Namespace) -> Answer:
    """What the loan still lacks, and its terms against the law of the day."""
    from telusur.laws.queries import current_law
    from telusur.merah_putih.rules.financing import lacking_for_financing, terms_beyond
    from telusur.merah_putih.rules.stages import STAGE_LABELS, STATE_LABELS

    row = next((each for each in rows_of(args) if each.kelurahan_code == args.area), None)
    if row is None:
        raise Stop(f"kelurahan {args.area or '(kosong)'} tidak ada dalam program", WRONG_USE)
    law, terms = current_law(args.on or house.today()), row.terms
    asked = [*row.readiness.gates, row.readiness.meeting, row.readiness.approval]
    lacking = [reason.sentence() for reason in lacking_for_financing(row.steps)]
    beyond = [reason.sentence() for reason in terms_beyond(terms, law)] if terms else []
    cells = [
        (STAGE_LABELS[step.stage], STATE_LABELS[step.state], step.claim.checked_by if step.claim else "")
        for step in asked
    ]
    told = None
    lines = [f"{row.kelurahan_name}: syarat {row.readiness.gates_met}/6."]
    if terms is not None:
        told = {
            "bank": terms.bank,
            "amount_rupiah": terms.amount_rupiah,
            "operating_rupiah": terms.operating_rupiah,
            "rate_percent": terms.rate_percent,
            "month_count": terms.month_count,
            "grace_month_count": terms.grace_month_count,
            "on": terms.said.on,
        }
        lines.append(
            f"{terms.bank}: Rp {terms.amount_rupiah:_}, {terms.rate_percent:g} % setahun, {terms.month_count} bulan, "
            f"tenggang {terms.grace_month_count} bulan.".replace("_", ".")
        )
    lines += [f"{each}." for each in beyond]
    document = {
        "kelurahan": row.kelurahan_code,
        "may_borrow": row.readiness.may_borrow,
        "lacking": lacking,
        "terms": told,
        "beyond": beyond,
    }
    return Answer(document, lines, [Grid(("syarat", "keadaan", "diperiksa"), cells, title="Pembiayaan, PMK 49/2025")])


def _governance(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import record_governance

    books, meeting, supervisor = (_SEEN.get(getattr(args, each) or "") for each in _LOOKED)
    row = record_governance(note_of(args), keeps_books=books, held_meeting=meeting, has_supervisor=supervisor)
    return recorded(row.pk, "Tata kelola")


def _withdraw(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.actions import withdraw
    from telusur.merah_putih.programme.models import KINDS

    if args.kind not in KINDS or args.number is None:
        raise Stop(f"sebutkan --number CATATAN dan --kind, salah satu dari {', '.join(KINDS)}", WRONG_USE)
    by = house.actor(args, Deed.RECORD_PROGRAMME)
    row = withdraw(kind=args.kind, number=args.number, why=args.why, by=by)
    return Answer({"id": row.pk, "withdrawn": args.number}, [f"Catatan {args.number} ditarik; jejaknya tetap ada."])


DEEDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "financing": refusing(_financing),
    "governance": refusing(_governance),
    "withdraw": refusing(_withdraw),
}
