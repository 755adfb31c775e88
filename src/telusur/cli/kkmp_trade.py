"""`telusur kkmp stock|surplus|units|partners|training|mentors`: trade, training and mentoring of village cooperatives."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from telusur.cli import house
from telusur.cli.answer import WRONG_USE, Answer, Grid, Stop
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.merah_putih.rules.staples import Availability
    from telusur.merah_putih.trade.queries import Board

__all__ = ["DEEDS", "add_deeds"]

_HELP = {
    "stock": "delapan bahan pokok: ketersediaan dengan selangnya, hari cukup, titik pesan, kosong, harga",
    "surplus": "kelebihan satu kelurahan yang kurang di kelurahan lain",
    "units": "unit dan jam buka: dijanjikan dan ditepati",
    "partners": "mitra: perjanjian, barang, waktu tunggu, margin",
    "training": "pelatihan: sesi, kehadiran, sertifikat, yang belum",
    "mentors": "siapa mendampingi siapa: tercatat dan disarankan; --mentor A --mentee B --topics … mencatat",
}


def add_deeds(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The sub-verbs of this file below `telusur kkmp`."""
    for name, words in _HELP.items():
        deed = deeds.add_parser(name, help=words, description=words)
        deed.add_argument("--json", action="store_true", help="jawaban sebagai satu dokumen JSON")
        deed.add_argument("--on", type=house.day, metavar="TANGGAL", help="keadaan pada hari ini (bawaan: hari ini)")
        deed.add_argument("--known-at", type=house.instant, metavar="SAAT", help="seperti diketahui pada saat itu")
        deed.add_argument("--kelurahan", metavar="KODE", help="satu kelurahan saja")
        if name == "mentors":
            house.add_by(deed)
            deed.add_argument("--mentor", metavar="KODE", help="kelurahan yang mendampingi")
            deed.add_argument("--mentee", metavar="KODE", help="kelurahan yang didampingi")
            deed.add_argument(
                "--topics", nargs="+", default=[], metavar="HAL", help="members hours staples supply training"
            )


def _moment(args: argparse.Namespace) -> tuple[date, datetime]:
    return args.on or house.today(), args.known_at or datetime.now(UTC)


def _boards(args: argparse.Namespace, *, all_of_them: bool = False) -> list[Board]:
    from telusur.merah_putih.trade.queries import boards

    on, known_at = _moment(args)
    found = list(boards(on, known_at))
    if not found:
        raise Stop("belum ada kota; impor satu edisi dahulu")
    if args.kelurahan and args.kelurahan not in {board.area.code for board in found}:
        raise Stop(f"kelurahan «{args.kelurahan}» tidak ada di kota ini; lihat `telusur areas`", WRONG_USE)
    return [board for board in found if all_of_them or not args.kelurahan or board.area.code == args.kelurahan]


def _interval(of: Availability) -> str:
    if of.share is None:
        return "belum diperiksa"
    return f"{of.in_stock}/{of.checked} ({100 * of.low:.0f}–{100 * of.high:.0f} %)"


def _number(value: float | None) -> str:
    return "—" if value is None else "∞" if math.isinf(value) else f"{value:.1f}".replace(".", ",")


def _finite(value: float | None) -> float | None:
    return None if value is None or math.isinf(value) else value


def _stock_document(found: list[Board], on: date, window: int) -> dict[str, object]:
    from telusur.merah_putih.rules.staples import STAPLES

    return {
        "on": on.isoformat(),
        "window_days": window,
        "kelurahan": [
            {
                "code": board.area.code,
                "name": board.area.name,
                "checked_on": board.checked_on.isoformat() if board.checked_on else None,
                "availability": asdict(board.availability),
                "staples": [
                    {
                        "staple": row.staple.value,
                        "on_hand": row.last.on_hand if row.last else None,
                        "unit": STAPLES[row.staple].unit,
                        "availability": asdict(row.availability),
                        "cover_days": _finite(row.shelf.outlook.cover_days) if row.shelf else None,
                        "reorder_at": row.shelf.outlook.reorder_at if row.shelf else None,
                        "must_order": row.shelf.outlook.must_order if row.shelf else None,
                        "stock_outs": len(row.gaps),
                        "price_percent": row.price.percent if row.price else None,
                        "price_rupiah": row.last.price_rupiah if row.last else None,
                        "reference_on": row.price.reference.valid_on.isoformat() if row.price else None,
                    }
                    for row in board.staples
                ],
            }
            for board in found
        ],
    }


def _stock(args: argparse.Namespace) -> Answer:
    from telusur.laws.queries import current_law
    from telusur.merah_putih.rules.staples import STAPLES, WINDOW_ARTICLE

    found = _boards(args)
    window = current_law(*_moment(args)).value(WINDOW_ARTICLE)
    document = _stock_document(found, _moment(args)[0], window)
    foot = f"Ketersediaan: pemeriksaan yang menemukan barang / pemeriksaan, {window} hari; selang 95 % eksak."
    if len(found) > 1:
        rows = [
            (board.area.name, f"{board.checked_on:%d/%m/%Y}" if board.checked_on else "—", _interval(board.availability),
             sum(1 for row in board.staples if row.shelf and row.shelf.outlook.must_order is True),
             sum(len(row.gaps) for row in board.staples))
            for board in found
        ]  # fmt: skip
        grid = Grid(("kelurahan", "diperiksa", "ketersediaan", "harus pesan", "kali kosong"), rows, "Bahan pokok", foot)
    else:
        rows_one = [
            (STAPLES[row.staple].label, _number(row.last.on_hand if row.last else None), STAPLES[row.staple].unit,
             _interval(row.availability), _number(row.shelf.outlook.cover_days if row.shelf else None),
             _number(row.shelf.outlook.reorder_at if row.shelf else None), len(row.gaps),
             f"{row.price.percent:+.1f} %".replace(".", ",") if row.price else "—")
            for board in found for row in board.staples
        ]  # fmt: skip
        heads = (
            "bahan",
            "ada",
            "satuan",
            "ketersediaan",
            "cukup (hari)",
            "titik pesan",
            "kali kosong",
            "harga thd acuan",
        )
        grid = Grid(heads, rows_one, f"Bahan pokok {found[0].area.name}", foot)
    return Answer(document, (), [grid])


def _surplus(args: argparse.Namespace) -> Answer:
    from telusur.laws.queries import current_law
    from telusur.merah_putih.rules.staples import STAPLES
    from telusur.merah_putih.rules.surplus import FRESH_ARTICLE, offers

    found, law = _boards(args, all_of_them=True), current_law(*_moment(args))
    names = {board.area.code: board.area.name for board in found}
    made = [
        each
        for each in offers([board.shelves for board in found], law.on, law)
        if not args.kelurahan or args.kelurahan in (each.giver, each.taker)
    ]
    rows = [
        (STAPLES[each.staple].label, names[each.giver], names[each.taker],
         _number(each.quantity) if each.quantity is not None else f"sampai {_number(each.spare)}", STAPLES[each.staple].unit)
        for each in made
    ]  # fmt: skip
    title = "Kelebihan dan kekurangan" if rows else "Tidak ada kelebihan yang cocok dengan kekurangan lain."
    fresh = law.value(FRESH_ARTICLE)
    foot = f"Hanya pemeriksaan paling lama {fresh} hari. Barang yang sama dapat tampil beberapa kali: ini tawaran."
    grid = Grid(("bahan", "berlebih", "kurang", "jumlah", "satuan"), rows, title, foot)
    return Answer(
        {"count": len(made), "offers": [{**asdict(each), "staple": each.staple.value} for each in made]}, (), [grid]
    )


def _units(args: argparse.Namespace) -> Answer:
    found = _boards(args)
    rows = [
        (board.area.name, row.label if row.is_running else f"{row.label} (tidak berjalan)", row.hours or "—",
         f"{row.kept.kept}/{row.kept.looked} ({100 * row.kept.low:.0f}–{100 * row.kept.high:.0f} %)"
         if row.kept.looked else "belum dilihat")
        for board in found for row in board.units
    ]  # fmt: skip
    said = [
        {"code": board.area.code, "name": board.area.name,
         "units": [{"kind": row.kind.value, "label": row.label, "is_running": row.is_running, "hours": row.hours,
                    "promised_hours": row.kept.hours, "kept": row.kept.kept, "looked": row.kept.looked,
                    "low": row.kept.low, "high": row.kept.high} for row in board.units]}
        for board in found
    ]  # fmt: skip
    foot = "Ditepati: saat dilihat dalam jam yang dijanjikan, berapa kali buka; selang 95 % eksak."
    title = "Unit" if rows else "Belum ada unit yang dicatat."
    return Answer(
        {"kelurahan": said}, (), [Grid(("kelurahan", "unit", "jam dijanjikan", "ditepati"), rows, title, foot)]
    )


def _partners(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.rules.partners import PARTNER_LABELS, STATE_LABELS

    found = [(board, row) for board in _boards(args) for row in board.partners]
    rows = [
        (board.area.name, row.agreement.partner, PARTNER_LABELS[row.agreement.kind], row.agreement.product,
         row.agreement.number or "—", STATE_LABELS[row.state], _number(row.agreement.lead_day_count),
         _number(row.agreement.margin_percent))
        for board, row in found
    ]  # fmt: skip
    said = [
        {"code": board.area.code, "partner": row.agreement.partner, "kind": row.agreement.kind.value,
         "product": row.agreement.product, "number": row.agreement.number, "state": row.state.value,
         "why": row.why.sentence(), "lead_day_count": row.agreement.lead_day_count,
         "margin_percent": row.agreement.margin_percent}
        for board, row in found
    ]  # fmt: skip
    heads = ("kelurahan", "mitra", "golongan", "barang", "perjanjian", "keadaan", "tunggu (hari)", "margin %")
    return Answer(
        {"count": len(said), "partners": said}, (), [Grid(heads, rows, "Mitra" if rows else "Belum ada mitra.")]
    )


def _training(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.rules.training import MODULE_LABELS, SEAT_LABELS, lacking_by_module
    from telusur.merah_putih.trade.queries import sessions

    found = _boards(args)
    held = sessions(*_moment(args))
    names = {board.area.code: board.area.name for board in found}
    lacking = lacking_by_module([each for board in found for each in board.training])
    rows = [
        (
            MODULE_LABELS[module],
            len(found) - len(codes),
            len(codes),
            ", ".join(names[code] for code in codes[:8]) or "—",
        )
        for module, codes in lacking.items()
    ]
    grids = [Grid(("modul", "sudah", "belum", "yang belum (sampai delapan)"), rows, "Modul dan pengurus")]
    if args.kelurahan:
        mine = [
            (MODULE_LABELS[each.module], ", ".join(SEAT_LABELS[seat] for seat in each.attended) or "—",
             ", ".join(SEAT_LABELS[seat] for seat in each.lacking) or "lengkap")
            for each in found[0].training
        ]  # fmt: skip
        grids = [Grid(("modul", "sudah ikut", "belum"), mine, f"Pelatihan pengurus {found[0].area.name}")]
    document = {
        "sessions": [
            {"module": each.module, "held_on": each.held_on.isoformat(), "hours": each.hour_count,
             "attended": getattr(each, "attended_count", 0), "certified": getattr(each, "certified_count", 0)}
            for each in held
        ],
        "lacking": {module.value: list(codes) for module, codes in lacking.items()},
    }  # fmt: skip
    return Answer(document, [f"{len(held)} sesi pelatihan dicatat."], grids)


def _mentors(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.queries import mentor_profiles
    from telusur.merah_putih.rules.mentors import TOPIC_LABELS, suggest
    from telusur.merah_putih.trade.queries import mentor_links

    if args.mentor or args.mentee:
        return _record_mentor(args)
    found = _boards(args, all_of_them=True)
    names = {board.area.code: board.area.name for board in found}
    links = mentor_links(*_moment(args))
    made = suggest(mentor_profiles(*_moment(args)), [link.as_pair() for link in links])
    pairs = [("tercatat", names.get(link.mentor_code, link.mentor_code), names.get(link.mentee_code, link.mentee_code),
              ", ".join(TOPIC_LABELS[topic] for topic in link.as_topics())) for link in links]  # fmt: skip
    pairs += [("disarankan", names[each.mentor], names[each.mentee],
               ", ".join(TOPIC_LABELS[topic] for topic in each.topics)) for each in made]  # fmt: skip
    document = {
        "recorded": [{"mentor": link.mentor_code, "mentee": link.mentee_code, "topics": link.topics} for link in links],
        "suggested": [
            {"mentor": each.mentor, "mentee": each.mentee, "topics": [topic.value for topic in each.topics],
             "gain": round(each.gain, 3)} for each in made
        ],
    }  # fmt: skip
    title = "Pendampingan" if pairs else "Belum ada pendampingan, dan belum cukup data untuk menyarankannya."
    return Answer(document, (), [Grid(("", "pendamping", "didampingi", "dalam hal"), pairs, title)])


def _record_mentor(args: argparse.Namespace) -> Answer:
    from telusur.merah_putih.rules.mentors import Topic
    from telusur.merah_putih.trade.actions import TradeRefused, record_mentor

    by = house.actor(args, Deed.KEEP_TRADE)
    if not args.mentor or not args.mentee:
        raise Stop("sebutkan keduanya: --mentor KODE --mentee KODE", WRONG_USE)
    try:
        topics = [Topic(each) for each in args.topics]
    except ValueError:
        raise Stop(f"hal pendampingan tidak dikenal; pilih dari {' '.join(Topic)}", WRONG_USE) from None
    try:
        link = record_mentor(mentor=args.mentor, mentee=args.mentee, topics=topics, on=_moment(args)[0], by=by)
    except TradeRefused as refused:
        raise Stop(refused.reason.sentence()) from None
    return Answer({"mentor": link.mentor_code, "mentee": link.mentee_code, "topics": link.topics}, ["Dicatat."])


DEEDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "stock": _stock,
    "surplus": _surplus,
    "units": _units,
    "partners": _partners,
    "training": _training,
    "mentors": _mentors,
}
