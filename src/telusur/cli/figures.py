"""`telusur figures`: figures with permanent links, the head's papers, and whether published parts fit their total."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telusur.cli import house
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Grid, Stop
from telusur.cli.derive import add_moment, round_of
from telusur.people.rules import Deed

if TYPE_CHECKING:
    from telusur.dashboards.kept.queries import Recount
    from telusur.dashboards.models import PinnedFigure

NAME = "figures"
HELP = "angka bertautan tetap: sematkan, tampilkan, daftar, lembar pers, laporan bulanan, periksa angka berita"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which figure, for which moment."""
    parser.add_argument("deed", choices=tuple(_DEEDS), metavar="PERBUATAN", help=", ".join(_DEEDS))
    parser.add_argument("words", nargs="*", metavar="UKURAN|KUNCI", help="pin: ukuran, misalnya active; show: kuncinya")
    parser.add_argument("--area", default="", metavar="KODE", help="pin: kelurahan atau kecamatan ini saja")
    parser.add_argument("--recount", action="store_true", help="show: hitung ulang, seberapa panjang pun daftarnya")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="show: FILE.png atau FILE.csv; press, monthly: FILE.pdf"
    )
    parser.add_argument("--address", default="/", metavar="ALAMAT", help="alamat situs pada tautan, berakhir dengan /")
    parser.add_argument("--total", default="", metavar="TEKS", help="reconcile: «tercatat lebih dari 600»")
    parser.add_argument(
        "--part", action="append", default=[], metavar="TEKS", help="reconcile: «ditemukan 225»; ulangi"
    )
    parser.add_argument(
        "--share",
        action="append",
        default=[],
        metavar="TEKS",
        help="reconcile: «RAT sekitar 70 % dari ditemukan»; ulangi",
    )
    add_moment(parser)
    house.add_by(parser)


def run(args: argparse.Namespace) -> Answer:
    """Do it."""
    if args.words and args.deed not in ("pin", "show"):
        raise Stop(f"`telusur figures {args.deed}` tidak memakai «{args.words[0]}»", WRONG_USE)
    if args.deed != "reconcile":
        house.enter()
    return _DEEDS[args.deed](args)


def _moment(args: argparse.Namespace) -> tuple[Any, Any, datetime]:
    """The round, the day and the knowledge that are asked; without them those of the newest derivation."""
    from telusur.rounds.queries import latest_derivation

    found = round_of(args)
    derived = latest_derivation(found, args.on)
    if args.known_at is None and derived is not None:
        return found, derived.on, derived.known_at
    now = datetime.now(UTC)
    on, known_at = args.on or house.today(), args.known_at or now
    if on > house.today() or known_at > now:
        raise Stop("saat itu belum tiba; keadaannya belum dapat dihitung", WRONG_USE)
    return found, on, known_at


def _document(kept: PinnedFigure) -> dict[str, object]:
    figure = kept.as_figure()
    stamp = figure.stamp
    return {
        "key": kept.key,
        "link": f"/angka/{kept.key}/",
        "measure": figure.measure,
        "name": figure.name,
        "definition": figure.definition,
        "area": figure.area_code,
        "area_name": figure.area_name,
        "numerator": figure.numerator,
        "high": figure.high,
        "denominator": figure.denominator,
        "numerator_codes": figure.numerator_codes,
        "denominator_codes": figure.denominator_codes,
        "codes": {code: count for code, _, count in figure.codes},
        "on": stamp.on,
        "known_at": stamp.known_at,
        "source": stamp.source,
        "rule": stamp.rule,
        "law": stamp.law,
        "policy": stamp.policy,
        "text_sha256": kept.text_sha256,
        "pinned_at": kept.pinned_at,
    }


def _grid(kept: list[PinnedFigure], title: str = "") -> Grid:
    rows = []
    for each in kept:
        figure = each.as_figure()
        rows.append((each.key, figure.name, figure.area_name, figure.value(), f"{figure.stamp.on:%d/%m/%Y}"))
    return Grid(
        ("kunci", "angka", "wilayah", "nilai", "keadaan"), rows, title if rows else "belum ada angka yang disematkan"
    )


def _pin(args: argparse.Namespace) -> Answer:
    from telusur.dashboards.rules.discreet import FigureRefused
    from telusur.dashboards.rules.measures import HEADLINE, MEASURES
    from telusur.dashboards.rules.office import OFFICE
    from telusur.dashboards.rules.programme import KELURAHAN, PROGRAMME
    from telusur.dashboards.rules.standings import (
        DUTY,
        ESTIMATES,
        OUTSIDE,
        STANDINGS,
        is_beside,
        law_tried,
        policy_tried,
    )
    from telusur.dashboards.rules.village import LISTED, TRADED

    estimates = (said[0] for said in ESTIMATES.values())
    known = (*MEASURES, *STANDINGS, DUTY, OUTSIDE, *estimates, *PROGRAMME, *KELURAHAN, *LISTED, *TRADED, *OFFICE)
    tried = [word for word in args.words if is_beside(word) or law_tried(word) or policy_tried(word)]
    strange = [word for word in args.words if word not in known and word not in tried]
    if strange:
        more = (
            "active_by_PENGERTIAN, inactive_by_PENGERTIAN, running_located, running_active, move_PENGERTIAN_all, "
            "law_PASAL=NILAI_all"
        )
        raise Stop(f"ukuran «{strange[0]}» tidak dikenal; ada {', '.join(known)}, {more}", WRONG_USE)
    by, kept = house.actor(args, Deed.PIN_FIGURE), []
    for word in args.words or HEADLINE:
        try:
            kept.append(_pinned(args, word, by))
        except KeyError:
            raise Stop(_nothing(word, args.area), WRONG_USE) from None
        except FigureRefused as error:
            raise Stop(str(error)) from None
    return Answer({"pinned": [_document(each) for each in kept]}, [], [_grid(kept, "Disematkan")])


def _pinned(args: argparse.Namespace, measure: str, by: str) -> PinnedFigure:
    """One figure. Raises KeyError where there is none such."""
    from telusur.dashboards.actions import pin_asked
    from telusur.dashboards.kept.asked import Asked, stands_on_a_round

    if stands_on_a_round(measure):
        return pin_asked(Asked(measure, args.area, *_moment(args)), by=by, address=args.address)
    now = datetime.now(UTC)
    on, known_at = args.on or house.today(), args.known_at or now
    if on > house.today() or known_at > now:
        raise Stop("saat itu belum tiba; keadaannya belum dapat dihitung", WRONG_USE)
    return pin_asked(Asked(measure, args.area, None, on, known_at), by=by, address=args.address)


def _nothing(measure: str, area: str) -> str:
    if area:
        return (
            f"ukuran «{measure}» di wilayah «{area}» tidak ada: tulis kode kelurahan atau kecamatan yang ada di daftar; "
            "kedudukan, RAT, perkiraan, dan pengertian dihitung untuk seluruh daftar, kkmp_own_… dan own_… untuk satu "
            "kelurahan"
        )
    return f"ukuran «{measure}» tidak ada isinya pada saat itu, atau perlu --area KODE (kkmp_own_…, own_…)"


def _list(args: argparse.Namespace) -> Answer:
    from telusur.dashboards.kept.queries import pinned_list

    kept = pinned_list(200)
    return Answer({"pinned": [_document(each) for each in kept]}, [], [_grid(kept)])


def _show(args: argparse.Namespace) -> Answer:
    from telusur.dashboards.kept.queries import pinned, recount
    from telusur.dashboards.queries import COUNT_LIMIT
    from telusur.dashboards.sheets.cards import figure_csv

    if len(args.words) != 1:
        raise Stop("sebutkan satu kunci, misalnya `telusur figures show b9pdpa5hs2`", WRONG_USE)
    kept = pinned(args.words[0])
    if kept is None:
        raise Stop(f"tidak ada angka dengan kunci «{args.words[0]}»; lihat `telusur figures list`")
    figure = kept.as_figure()
    if args.out is not None:
        written: Mapping[str, Callable[[], bytes]] = {
            ".png": lambda: bytes(kept.picture),
            ".csv": lambda: figure_csv(kept.key, figure),
        }
        if args.out.suffix.lower() not in written:
            raise Stop(f"«{args.out.name}» harus berakhiran .png atau .csv", WRONG_USE)
        args.out.write_bytes(written[args.out.suffix.lower()]())
    again = recount(figure, most=None if args.recount else COUNT_LIMIT)
    lines = [
        f"{figure.name}, {figure.area_name}: {figure.value()}",
        figure.citation(f"/angka/{kept.key}/"),
        _again(again),
    ]
    document = _document(kept) | {
        "recount": None if again.figure is None else again.figure.numerator,
        "same": again.is_same if again.figure is not None else None,
    }
    return Answer(document, lines, [], DATA_SAYS_NO if again.figure is not None and not again.is_same else DONE)


def _again(again: Recount) -> str:
    if again.figure is None:
        return "Dihitung ulang: tidak di sini; pakai --recount bila daftarnya panjang."
    if again.is_same:
        return f"Dihitung ulang dengan aturan hari ini dan yang diketahui saat itu: sama, {again.figure.value()}."
    return f"Dihitung ulang dengan aturan hari ini dan yang diketahui saat itu: BERBEDA, {again.figure.value()}."


def _paper(args: argparse.Namespace) -> Answer:
    from telusur.dashboards.sheets.papers import paper

    if args.out is None or args.out.suffix.lower() != ".pdf":
        raise Stop("sebutkan berkasnya dengan --out FILE.pdf", WRONG_USE)
    by = house.actor(args, Deed.PIN_FIGURE)
    found, on, known_at = _moment(args)
    asked = args.on is not None or args.known_at is not None
    try:
        content = paper(
            args.deed, found, on, known_at, by=by, made_at=datetime.now(UTC), is_asked=asked, address=args.address
        )
    except ValueError as error:
        raise Stop(str(error)) from None
    args.out.write_bytes(content)
    document = {"file": str(args.out), "bytes": len(content), "on": on, "known_at": known_at}
    return Answer(document, [f"{args.out} ditulis, keadaan {on:%d/%m/%Y}"])


def _reconcile(args: argparse.Namespace) -> Answer:
    from telusur.dashboards.rules.reconcile import Weight, read_claim, read_share, reconcile

    def read(words: str, reader: Callable[[str], Any], example: str) -> Any:
        found = reader(words)
        if found is None:
            raise Stop(f"«{words}» tidak terbaca; tulis seperti «{example}»", WRONG_USE)
        return found

    total = read(args.total, read_claim, "tercatat lebih dari 600") if args.total else None
    parts = [read(each, read_claim, "ditemukan 225") for each in args.part]
    shares = [read(each, read_share, "RAT sekitar 70 % dari ditemukan") for each in args.share]
    findings = reconcile(total, parts, shares)
    if not findings:
        raise Stop(
            "tidak ada yang dapat diperiksa: perlu --total dan --part, atau --share dan sedikitnya satu angka",
            WRONG_USE,
        )
    wrong = any(each.weight in (Weight.GAP, Weight.CLASH) for each in findings)
    document = {
        "findings": [
            {"weight": each.weight.value, **each.reason.as_json(), "text": each.reason.sentence()} for each in findings
        ],
        "fits": not wrong,
    }
    return Answer(document, [each.reason.sentence() for each in findings], [], DATA_SAYS_NO if wrong else DONE)


_DEEDS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "pin": _pin,
    "show": _show,
    "list": _list,
    "press": _paper,
    "monthly": _paper,
    "reconcile": _reconcile,
}
